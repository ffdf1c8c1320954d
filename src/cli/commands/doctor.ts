import { join } from "node:path";
import { EXIT } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import type { GenesysClient } from "../../platform/genesys/options.ts";
import { painter } from "../../report/paint.ts";
import { printable } from "../../model/printable.ts";
import { SIDES, type Side } from "../../model/side.ts";
import { plural } from "../../report/plain.ts";
import { wantsColour, type Context } from "../context.ts";
import { attempt, failed, ok, type Check } from "../doctor/check.ts";
import { orgChecks } from "../doctor/org-checks.ts";
import { primaryStackCheck } from "../doctor/stack-check.ts";
import { besideConfig, connectSide, openWorkspace, type CommonOptions, type Workspace } from "../workspace.ts";

/** `lockstep doctor`: everything that would stop the other commands, each with what to do. */
export async function run(context: Context, options: CommonOptions): Promise<number> {
  const workspace = await openWorkspace(context, options);
  const checks: Check[] = [ok("configuration", workspace.file)];
  const clients = new Map<Side, GenesysClient>();
  for (const side of SIDES) {
    const login = await attempt(`${side} login`, () => connectSide(context, workspace, side));
    if ("check" in login) checks.push(withoutSide(login.check, side));
    else {
      clients.set(side, login.value);
      checks.push(...(await orgChecks(side, login.value, workspace.config.orgs[side].orgId !== undefined)));
    }
  }
  checks.push(
    ...pairCheck(clients),
    ...(await directoryChecks(context, workspace)),
    ...(await primaryStackCheck(context.files, workspace.directory)),
  );
  for (const client of clients.values()) client.close();
  const well = checks.every((check) => check.outcome !== "failed");
  context.stdout.write(options.format === "json" ? canonicalJson({ ok: well, checks }) : checksText(checks, context));
  return well ? EXIT.done : EXIT.error;
}

/** The name of the check says which organisation it is about. */
function withoutSide(check: Check, side: Side): Check {
  return { ...check, message: check.message.replace(`${side}: `, "") };
}

function pairCheck(clients: ReadonlyMap<Side, GenesysClient>): Check[] {
  const [primary, standby] = SIDES.map((side) => clients.get(side));
  if (primary === undefined || standby === undefined) return [];
  if (primary.org.id !== standby.org.id) return [ok("two organisations", "primary and standby differ")];
  const hint = "Use the standby's own OAuth client in orgs.standby.";
  return [failed("two organisations", "same-org", `both logins lead to ${printable(primary.org.name)}`, hint)];
}

async function directoryChecks(context: Context, workspace: Workspace): Promise<Check[]> {
  const directories = {
    "state directory": join(workspace.directory, ".lockstep", "journal"),
    "snapshot of the primary": besideConfig(workspace, workspace.config.snapshots.primary),
    "snapshot of the standby": besideConfig(workspace, workspace.config.snapshots.standby),
  };
  return Promise.all(
    Object.entries(directories).map(async ([name, path]) => {
      const writable = await attempt(name, () => context.files.assertWritable(path));
      return "check" in writable ? writable.check : ok(name, `${path} can be written`);
    }),
  );
}

function checksText(checks: readonly Check[], context: Context): string {
  const paint = painter(wantsColour(context.stdout, context.env));
  const sign = { ok: paint("green", "ok  "), warning: paint("yellow", "look"), failed: paint("red", "fail") };
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, outcome, message, hint }) => [
    `${sign[outcome]}  ${name.padEnd(width)}  ${printable(message)}`,
    ...(hint === undefined ? [] : [`      do: ${printable(hint)}`]),
  ]);
  return [...lines, "", verdict(checks)].join("\n") + "\n";
}

function verdict(checks: readonly Check[]): string {
  const count = (outcome: Check["outcome"]): number => checks.filter((check) => check.outcome === outcome).length;
  const [broken, odd] = [count("failed"), count("warning")];
  if (broken > 0) return `${plural(broken, "check")} failed: mend what is marked "fail" and run it again`;
  const advice = odd === 0 ? "" : `, ${plural(odd, "thing")} to look at`;
  return `all is well${advice}; next: lockstep snapshot primary`;
}
