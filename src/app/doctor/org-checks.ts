import type { Kind } from "../../model/kind.ts";
import { KINDS } from "../../kinds/index.ts";
import type { OrgConnection } from "../../model/ports.ts";
import { AUDIT_PERMISSION } from "../../canonical/read-audit.ts";
import { readGrants, type Grants } from "../../canonical/grants.ts";
import { runSteps } from "../../canonical/run-steps.ts";
import { plural } from "../../report/plain.ts";
import { printable } from "../../model/printable.ts";
import type { Side } from "../../model/side.ts";
import { attempt, failed, ok, warning, type Check } from "./check.ts";

/** Everything that can be said about one organisation after logging in to it. */
export async function orgChecks(side: Side, client: OrgConnection, pinned: boolean): Promise<Check[]> {
  return [
    ok(`${side} login`, `${printable(client.org.name)} (${client.org.id}) at ${client.region}`),
    pinned
      ? ok(`${side} identity`, "Is the organisation of orgId")
      : warning(
          `${side} identity`,
          "Is not pinned",
          `Run \`lockstep doctor --pin\`, which adds orgId: ${client.org.id} to orgs.${side}.`,
        ),
    ...(await permissionChecks(side, client)),
    budgetCheck(side, client),
    clockCheck(side, client),
  ];
}

async function permissionChecks(side: Side, client: OrgConnection): Promise<Check[]> {
  const name = `${side} permissions`;
  const read = await attempt(name, () => runSteps(client, "grants", readGrants()));
  if ("check" in read) {
    return [
      warning(
        name,
        `Cannot be read: ${read.check.message}`,
        "Compare the role with the permissions of `lockstep kinds --format json`.",
      ),
    ];
  }
  const gaps = [...KINDS.values()].flatMap((kind) => kindGaps(side, kind, read.value));
  const excess = side === "primary" ? excessCheck(read.value) : [];
  const reading = side === "primary" ? "reading" : "reading and writing";
  return [
    ...(gaps.length > 0 ? gaps : [ok(name, `All that ${reading} ${KINDS.size} kinds takes`)]),
    ...auditCheck(side, read.value),
    ...excess,
  ];
}

/** Without the audit log everything is read each time: slower, and no less right. */
function auditCheck(side: Side, grants: Grants): Check[] {
  if (grants(AUDIT_PERMISSION).scope !== "none") return [];
  return [
    warning(
      `${side} audit log`,
      `${AUDIT_PERMISSION} is not granted, so each reading sends many more requests`,
      `Add it to a role of the OAuth client of the ${side}, or set read.audit to off.`,
    ),
  ];
}

/** What the login of the primary may do beyond what any command needs of it. */
function excessCheck(grants: Grants): Check[] {
  const read = new Set([...KINDS.values()].flatMap(({ permissions }) => permissions.read));
  const write = new Set([...KINDS.values()].flatMap(({ permissions }) => permissions.write));
  const excess = [...write].filter((permission) => !read.has(permission) && grants(permission).scope !== "none");
  const [first] = excess;
  if (first === undefined) return [];
  const more = excess.length === 1 ? "" : ` and ${plural(excess.length - 1, "permission")} more to write`;
  return [
    warning(
      "primary least privilege",
      `The OAuth client has ${first}${more}, which lockstep never uses`,
      "Give orgs.primary a client that may only read; the stack of the primary has a write credential of its own.",
    ),
  ];
}

function kindGaps(side: Side, kind: Kind, grants: Grants): Check[] {
  const needed = side === "primary" ? kind.permissions.read : [...kind.permissions.read, ...kind.permissions.write];
  return [...new Set(needed)].flatMap((permission): Check[] => {
    const reach = grants(permission);
    const name = `${side} permissions: ${kind.name}`;
    if (reach.scope === "none") {
      const hint = `Add ${permission} to a role of the OAuth client of the ${side}, for all divisions.`;
      return [failed(name, "permission-missing", `${permission} is not granted`, hint)];
    }
    if (reach.scope === "all") return [];
    const message = `${permission} is granted in ${reach.divisions.map(printable).join(", ")} only`;
    return [failed(name, "narrow-grant", message, "Grant the role for all divisions.")];
  });
}

function budgetCheck(side: Side, client: OrgConnection): Check {
  const budget = client.budget();
  const name = `${side} rate limit`;
  if (budget === undefined)
    return warning(name, "Is not told by the answers", "Nothing to do; waits follow Retry-After.");
  const left = budget.allowed - budget.used;
  const message = `${left} of ${budget.allowed} requests left in this minute`;
  return left * 5 < budget.allowed
    ? warning(name, message, "Something else uses this OAuth client; give lockstep one of its own.")
    : ok(name, message);
}

/** Clocks further apart than this make dates in reports misleading. */
const SKEW_MS = 30_000;

function clockCheck(side: Side, client: OrgConnection): Check {
  const skew = client.clockSkewMs();
  const name = `${side} clock`;
  if (skew === undefined) return warning(name, "The answers carry no date", "Nothing to do.");
  const seconds = Math.round(skew / 1000);
  return Math.abs(skew) > SKEW_MS
    ? warning(name, `The servers' clock is ${seconds} s ahead of this machine's`, "Set this machine's clock (NTP).")
    : ok(name, `Within ${Math.max(1, Math.abs(seconds))} s of this machine's`);
}
