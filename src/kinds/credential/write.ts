import { ask, asObjects } from "../../model/answer.ts";
import type { Steps } from "../../model/api.ts";
import { splitCoordinate } from "../../model/coordinate.ts";
import { LockstepError } from "../../model/error.ts";
import { listOf, textOf, type Obj } from "../../model/json.ts";
import type { Change } from "../../model/kind.ts";
import { formatPointer, parsePointer } from "../../model/pointer.ts";
import { createdId } from "../../model/unclear-write.ts";

/**
 * Creates a credential with the values that the configuration gives for it.
 * @throws LockstepError `secret-missing` naming every field that has no value
 */
export function* createCredential(change: Change): Steps<string> {
  const body = yield* withFields(change);
  return yield* createdId({ op: "POST /api/v2/integrations/credentials", body });
}

/**
 * Replaces a credential. The values are sent again, because a PUT replaces them and answers hide them (genesys-api §4.4).
 * @throws LockstepError `secret-missing` as when it is created
 */
export function* updateCredential(change: Change): Steps<string> {
  const body = yield* withFields(change);
  yield { op: "PUT /api/v2/integrations/credentials/{id}", path: { id: change.id }, body };
  return change.id;
}

function* withFields(change: Change): Steps<Obj> {
  const given = [...change.secrets].flatMap(([pointer, value]): [string, string][] => {
    const [holder, field, ...deeper] = parsePointer(pointer);
    return holder === "credentialFields" && field !== undefined && deeper.length === 0 ? [[field, value]] : [];
  });
  const fields = new Map(given);
  const missing = (yield* requiredFields(textOf(change.wanted["type"]))).filter((field) => !fields.has(field));
  if (missing.length > 0 || fields.size === 0) throw missingSecret(change, missing);
  return { ...change.body, credentialFields: Object.fromEntries(fields) };
}

/** The fields that a type of credential needs; none for types that leave them to the user. */
function* requiredFields(type: string): Steps<string[]> {
  const types = yield* ask({ op: "GET /api/v2/integrations/credentials/types" }, asObjects);
  const found = types.find((candidate) => [candidate["name"], candidate["id"]].includes(type));
  return listOf(found?.["required"]).map((field) => textOf(field));
}

function missingSecret({ coordinate }: Change, missing: readonly string[]): LockstepError {
  const { key } = splitCoordinate(coordinate);
  const paths = (missing.length > 0 ? missing : ["FIELD"]).map((field) => formatPointer(["credentialFields", field]));
  const entries = paths.map((path) => `{kind: credential, name: "${key}", path: ${path}, value: env:NAME}`);
  return new LockstepError(
    "secret-missing",
    `There is no value for ${missing.length > 0 ? missing.join(", ") : "any field"} of ${coordinate}`,
    `Add to "secrets" in lockstep.yaml: ${entries.join(", ")}.`,
    { coordinate, path: paths[0] },
  );
}
