import type { Steps } from "../../model/api.ts";
import { splitCoordinate } from "../../model/coordinate.ts";
import { LockstepError } from "../../model/error.ts";
import { textOf, type Obj } from "../../model/json.ts";
import type { Change } from "../../model/kind.ts";
import { valueAt } from "../../model/pointer.ts";
import { createdId } from "../../model/unclear-write.ts";

const USERNAME = "/properties/trunk_sip_authentication_credentials_username";
const PASSWORD = "/properties/trunk_sip_authentication_credentials_password";

/** A new trunk that logs in to its carrier needs the password to do so; an update leaves the one that is there. */
export function secretsOfTrunk(verb: "create" | "update", wanted: Obj): readonly string[] {
  return verb === "create" && textOf(valueAt(wanted, USERNAME)) !== "" ? [PASSWORD] : [];
}

/**
 * Creates a trunk.
 * @throws LockstepError `secret-missing` for a trunk that logs in to its carrier without a password to do so
 */
export function* createTrunk({ coordinate, body, wanted, secrets }: Change): Steps<string> {
  if (secretsOfTrunk("create", wanted).some((path) => !secrets.has(path))) {
    throw new LockstepError(
      "secret-missing",
      `${coordinate} logs in to its carrier, and no organisation tells its password`,
      `Add to "secrets" in lockstep.yaml: {kind: trunk, name: "${splitCoordinate(coordinate).key}", path: ${PASSWORD}, value: env:NAME}.`,
      { coordinate, path: PASSWORD },
    );
  }
  return yield* createdId({ op: "POST /api/v2/telephony/providers/edges/trunkbasesettings", body });
}
