import type { App } from "../../model/app.ts";
import type { Config } from "../../model/config.ts";
import type { OrgConnection } from "../../model/ports.ts";
import { readGrants } from "../../canonical/grants.ts";
import { runSteps } from "../../canonical/run-steps.ts";
import { LOCK_PERMISSIONS, lookAtLock } from "../../importers/lock/look-at-lock.ts";
import { attempt, failed, ok, warning, type Check } from "./check.ts";

const NAME = "standby lock";

const PERMISSION_HINT =
  "Add them to a role of the OAuth client of the standby, for all divisions; docs/security.md lists them.";

/** Can the standby be locked, and is it at this moment? Reads only. */
export async function lockCheck({ workspace, clock }: App, client: OrgConnection): Promise<Check> {
  const { use } = workspace.config.lock;
  if (use === "off")
    return warning(NAME, "Is switched off", "Set `lock.use` to `if-permitted` if more than one machine may write.");
  const looked = await attempt(NAME, async () => ({
    grants: await runSteps(client, "grants", readGrants()),
    seen: await runSteps(client, "lock", lookAtLock(clock.now() + (client.clockSkewMs() ?? 0))),
  }));
  if ("check" in looked) return warning(NAME, `Cannot be told: ${looked.check.message}`, looked.check.hint ?? "");
  const { grants, seen } = looked.value;
  const missing = LOCK_PERMISSIONS.filter((permission) => grants(permission).scope === "none");
  if (missing.length > 0) return impossible(use, `Cannot be taken without ${missing.join(", ")}`, PERMISSION_HINT);
  if (seen.state === "foreign")
    return impossible(
      use,
      `Cannot be taken: ${seen.reason}`,
      "Rename that table, or leave the standby to one machine at a time.",
    );
  if (seen.state === "free") return ok(NAME, "Can be taken");
  return warning(
    NAME,
    `Is held by ${seen.holder}`,
    "Nothing to do while that run goes on; a lock that is left behind is taken over.",
  );
}

/** Without the lock the standby is written with a warning, unless it is required. */
function impossible(use: Config["lock"]["use"], message: string, hint: string): Check {
  return use === "required" ? failed(NAME, "lock-unavailable", message, hint) : warning(NAME, message, hint);
}
