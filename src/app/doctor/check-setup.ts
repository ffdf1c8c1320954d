import { join } from "node:path";
import type { App } from "../../model/app.ts";
import type { OrgConnection } from "../../model/ports.ts";
import { printable } from "../../model/printable.ts";
import { SIDES, type Side } from "../../model/side.ts";
import { snapshotDirectory } from "../read-side.ts";
import { attempt, failed, ok, type Check } from "./check.ts";
import { lockCheck } from "./lock-check.ts";
import { orgChecks } from "./org-checks.ts";
import { secretFilesCheck } from "./secret-files.ts";
import { primaryStackCheck } from "./stack-check.ts";

/**
 * Looks for everything that would stop the other use cases: logins, permissions, rate limits, clocks, directories, and a stack
 * of the primary that was left open. What it finds is in the checks; nothing is written but a probe of each directory.
 * @throws LockstepError `interrupted`
 */
export async function checkSetup(app: App): Promise<Check[]> {
  const { workspace, files } = app;
  const checks: Check[] = [ok("configuration", workspace.file)];
  const connections = new Map<Side, OrgConnection>();
  try {
    for (const side of SIDES) {
      const login = await attempt(`${side} login`, () => app.connect(side, "read-only"));
      if ("check" in login) checks.push(withoutSide(login.check, side));
      else {
        connections.set(side, login.value);
        checks.push(...(await orgChecks(side, login.value, workspace.config.orgs[side].orgId !== undefined)));
      }
    }
    const standby = connections.get("standby");
    return [
      ...checks,
      ...pairCheck(connections),
      ...(standby === undefined ? [] : [await lockCheck(app, standby)]),
      ...(await directoryChecks(app)),
      ...(await placeholderCheck(app)),
      ...(await secretFilesCheck(app)),
      ...(await primaryStackCheck(files, workspace.directory)),
    ];
  } finally {
    for (const connection of connections.values()) connection.close();
  }
}

/** The name of the check says which organisation it is about. */
function withoutSide(check: Check, side: Side): Check {
  return { ...check, message: check.message.replace(`${side}: `, "") };
}

function pairCheck(connections: ReadonlyMap<Side, OrgConnection>): Check[] {
  const [primary, standby] = SIDES.map((side) => connections.get(side));
  if (primary === undefined || standby === undefined) return [];
  if (primary.org.id !== standby.org.id) return [ok("two organisations", "Primary and standby differ")];
  const hint = "Use the standby's own OAuth client in orgs.standby.";
  return [failed("two organisations", "same-org", `Both logins lead to ${printable(primary.org.name)}`, hint)];
}

/** The key of the placeholders has to be there before anything is read. */
async function placeholderCheck(app: App): Promise<Check[]> {
  if (app.workspace.config.include.secrets === "values") return [];
  const name = "key of placeholders";
  const found = await attempt(name, () => app.placeholders());
  if ("check" in found) return [found.check];
  return [ok(name, `Placeholders have the key ${found.value?.keyId ?? ""}`)];
}

async function directoryChecks(app: App): Promise<Check[]> {
  const directories = {
    "state directory": join(app.workspace.directory, ".lockstep", "journal"),
    "snapshot of the primary": snapshotDirectory(app, "primary"),
    "snapshot of the standby": snapshotDirectory(app, "standby"),
  };
  return Promise.all(
    Object.entries(directories).map(async ([name, path]) => {
      const writable = await attempt(name, () => app.files.assertWritable(path));
      return "check" in writable ? writable.check : ok(name, `${path} can be written`);
    }),
  );
}
