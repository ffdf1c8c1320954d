import { asIdentified, ask } from "../../../model/answer.ts";
import type { Steps } from "../../../model/api.ts";
import { coordinateOf, splitCoordinate, type Coordinate } from "../../../model/coordinate.ts";
import { GuardError, LockstepError } from "../../../model/error.ts";
import { textOf, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import type { Plan } from "../../../model/plan.ts";
import { runSteps } from "../../../canonical/run-steps.ts";
import { assertComparable } from "../../comparable.ts";
import { assertStandbyIdle } from "../../live-traffic.ts";
import { assertUnpopulated, carriesCallers } from "./access.ts";
import { isNoted } from "./ownership.ts";
import type { Session } from "../rpc/session.ts";

/** What a repository is called where a snapshot has the id of its organisation. */
const REPOSITORY = "repository";

/**
 * What is asked once: is this the right organisation, is now the time, and what was approved?
 * @returns the approved plan; undefined for the standby, which needs none
 * @throws GuardError naming the guard; LockstepError `primary-unknown`, `incomplete-target`
 */
export async function openForWriting(session: Session): Promise<Plan | undefined> {
  if (session.settings.access !== "write") return openPrimary(session);
  assertNotPrimary(session);
  await assertStandbyIdle(session.api, session.settings.allow);
  return undefined;
}

function assertNotPrimary({ settings, org, config }: Session): void {
  const others = [config.orgs.primary.orgId, settings.sourceOrgId].filter(
    (id) => id !== undefined && id !== REPOSITORY,
  );
  if (others.length === 0) {
    throw new LockstepError(
      "primary-unknown",
      "Nothing says which organisation is the primary, so that it could be distinguished from the standby",
      "Set orgs.primary.orgId in lockstep.yaml.",
    );
  }
  for (const id of others) assertComparable({ id: id ?? "", name: org.name }, org);
}

async function openPrimary(session: Session): Promise<Plan | undefined> {
  const { settings, config, baseline } = session;
  if (settings.login?.clientId === config.orgs.primary.clientId) throw sameCredential();
  const plan = await session.approvedPlan();
  if (settings.access === "bootstrap") assertBootstrappable(session);
  for (const coordinate of await platformObjects(session)) session.platform.add(coordinate);
  for (const [coordinate, [sourceId, targetId, digest]] of Object.entries(plan?.equal ?? {})) {
    if (!baseline.entries.has(coordinate)) await baseline.record(coordinate, { sourceId, targetId, digest });
  }
  return plan;
}

/** Only an organisation that carries no callers yet is bootstrapped. @throws GuardError `populated-org` */
function assertBootstrappable(session: Session): void {
  const { kinds, swept, unread, org, target } = session;
  const carries = (name: string): boolean => {
    const kind = kinds.get(name);
    return kind !== undefined && carriesCallers(kind) && !isMadeElsewhere(kind);
  };
  const unseen = [...unread].find(([name]) => carries(name));
  if (unseen !== undefined) throw unseenCallers(org.name, ...unseen);
  const carrying = [...swept.keys()].filter((coordinate) => carries(splitCoordinate(coordinate).kind));
  assertUnpopulated(carrying, (coordinate) => isNoted(session, coordinate, target.ids.get(coordinate)));
}

/** Objects that Genesys Cloud has no operation to create, such as a message recipient, have to be there before everything else. */
function isMadeElsewhere(kind: Kind): boolean {
  return kind.mode === "write" && kind.write?.create === undefined;
}

/**
 * What every new organisation has, as its kinds tell (the Home division, the default site, and what goes with that), and what
 * can only be made elsewhere.
 */
async function platformObjects({ api, swept, kinds, target }: Session): Promise<Coordinate[]> {
  const organization = await runSteps(api, "organization", readOrganization());
  const listed = (name: string): Obj[] =>
    [...swept].flatMap(([coordinate, entity]) => (splitCoordinate(coordinate).kind === name ? [entity] : []));
  return [...kinds.values()].flatMap((kind) => {
    const ids = isMadeElsewhere(kind)
      ? listed(kind.name).map(({ id }) => textOf(id))
      : (kind.given?.(organization, listed) ?? []);
    return ids.flatMap((id) => target.names.get(coordinateOf(kind.name, id)) ?? []);
  });
}

function* readOrganization(): Steps {
  return yield* ask({ op: "GET /api/v2/organizations/me" }, asIdentified);
}

function sameCredential(): GuardError {
  return new GuardError(
    "same-credential",
    "The primary would be written with the credential that every other command reads it with",
    "Give the stack an OAuth client of its own: `pulumi config set lockstep:writeClientId env:NAME` and `lockstep:writeClientSecret`.",
  );
}

function unseenCallers(org: string, kind: string, gap: string): LockstepError {
  return new LockstepError(
    "incomplete-target",
    `Nobody can tell whether ${org} is in use, because its objects of the kind ${kind} could not be listed (${gap})`,
    "Grant what is missing to the write credential of this stack.",
  );
}
