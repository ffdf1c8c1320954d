import type { Answer, Steps } from "../../../model/api.ts";
import { coordinateOf, splitCoordinate, type Coordinate } from "../../../model/coordinate.ts";
import { GuardError, LockstepError } from "../../../model/error.ts";
import { isObj, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import type { Plan } from "../../../model/plan.ts";
import { digestJson } from "../../../canonical/digest.ts";
import { parentReference } from "../../../canonical/references.ts";
import { runSteps } from "../../../canonical/run-steps.ts";
import { assertComparable } from "../../comparable.ts";
import { assertStandbyIdle } from "../../live-traffic.ts";
import { withStateOf } from "../../target.ts";
import {
  assertUnpopulated,
  carriesCallers,
  operationsOf,
  writeRefusal,
  type Ownership,
  type ProposedWrite,
} from "./access.ts";
import type { LiveObject } from "../read/live.ts";
import type { Session } from "../rpc/session.ts";

/** What a repository is called where a snapshot has the id of its organisation. */
const REPOSITORY = "repository";

/** A write that is about to happen. */
export type WriteRequest = Omit<ProposedWrite, "ownership"> & { readonly live?: LiveObject };

/**
 * Decides whether a write may happen; the first one of a session also whether the organisation may be written at all.
 * @throws GuardError naming the guard; LockstepError `primary-read-only`
 */
export async function assertPermitted(session: Session, request: WriteRequest): Promise<void> {
  const plan = await (session.once.opened ??= openForWriting(session).catch((error: unknown) => {
    // What an organisation could not answer may be asked again; a decision stands.
    if (!(error instanceof GuardError)) delete session.once.opened;
    throw error;
  }));
  const { settings, config } = session;
  const { access, prune, allow } = settings;
  const { live: _, ...write } = request;
  const policy = { access, prune, allow, guarded: config.guards.protected, plan };
  const error = writeRefusal(policy, { ...write, ownership: ownershipOf(session, plan, request) });
  if (error !== undefined) throw error;
}

/** What is asked once: is this the right organisation, is now the time, and what was approved? */
async function openForWriting(session: Session): Promise<Plan | undefined> {
  const { settings, org, config, api, kinds, swept } = session;
  if (settings.access === "write") {
    const others = [config.orgs.primary.orgId, settings.sourceOrgId].filter(
      (id) => id !== undefined && id !== REPOSITORY,
    );
    if (others.length === 0) {
      throw new LockstepError(
        "primary-unknown",
        "Nothing says which organisation is the primary, so that it could be told apart from the standby",
        "Set orgs.primary.orgId in lockstep.yaml.",
      );
    }
    for (const id of others) assertComparable({ id: id ?? "", name: org.name, homeDivision: "" }, org);
    await assertStandbyIdle(api, settings.allow);
    return undefined;
  }
  if (settings.login?.clientId === config.orgs.primary.clientId) throw sameCredential();
  const plan = await session.approvedPlan();
  if (settings.access === "bootstrap") {
    const unseen = [...session.unread].find(([name]) => {
      const kind = kinds.get(name);
      return kind !== undefined && carriesCallers(kind);
    });
    if (unseen !== undefined) throw unseenCallers(org.name, ...unseen);
    const carrying = [...swept.keys()].filter((coordinate) => {
      const kind = kinds.get(splitCoordinate(coordinate).kind);
      return kind !== undefined && carriesCallers(kind);
    });
    assertUnpopulated(carrying, (coordinate) => isNoted(session, coordinate, session.target.ids.get(coordinate)));
  }
  for (const coordinate of await platformObjects(session)) session.platform.add(coordinate);
  for (const [coordinate, [sourceId, targetId, digest]] of Object.entries(plan?.equal ?? {})) {
    if (session.baseline.entries.has(coordinate)) continue;
    await session.baseline.record(coordinate, { sourceId, targetId, digest });
  }
  return plan;
}

/** What every new organisation has, as its kinds tell: the Home division, the default site, and what goes with that. */
async function platformObjects({ api, swept, kinds, target }: Session): Promise<Coordinate[]> {
  const organization = await runSteps(api, "organization", readOrganization());
  const listed = (name: string): Obj[] =>
    [...swept].flatMap(([coordinate, entity]) => (splitCoordinate(coordinate).kind === name ? [entity] : []));
  return [...kinds.values()].flatMap((kind) =>
    (kind.given?.(organization, listed) ?? []).flatMap((id) => target.names.get(coordinateOf(kind.name, id)) ?? []),
  );
}

function* readOrganization(): Steps {
  const answer: Answer = yield { op: "GET /api/v2/organizations/me" };
  return isObj(answer.body) ? answer.body : {};
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

function ownershipOf(
  session: Session,
  plan: Plan | undefined,
  { kind, coordinate, live, wanted = {} }: WriteRequest,
): Ownership {
  const before = live?.coordinate ?? coordinate;
  const moved = live !== undefined && hasMoved(session, plan, kind, coordinate, live, wanted);
  if (isOurs(session, before, live?.id)) {
    const changed = live !== undefined && hasChanged(session, kind, before, live, wanted);
    return { owner: "ours", changed, moved, unfinished: session.journal.entries.get(before)?.digest === "" };
  }
  const parent = parentReference(kind, splitCoordinate(before).key);
  const inPlatform = session.platform.has(before) || (parent !== undefined && session.platform.has(parent));
  const inOurs = parent !== undefined && isOurs(session, parent, session.target.ids.get(parent));
  return { owner: inPlatform || inOurs ? "platform" : "foreign", changed: false, moved, unfinished: false };
}

function isOurs(session: Session, coordinate: Coordinate, id: string | undefined): boolean {
  return (
    isNoted(session, coordinate, id) || (id !== undefined && session.baseline.entries.get(coordinate)?.targetId === id)
  );
}

/** Does the journal tell of a write to it? */
function isNoted({ journal }: Session, coordinate: Coordinate, id: string | undefined): boolean {
  const noted = journal.entries.get(coordinate);
  return noted !== undefined && (noted.id === "" || noted.id === id);
}

/**
 * Is it neither as the plan found it nor as one of the plan's writes leaves it? What was last written from here has not moved.
 */
function hasMoved(
  { journal }: Session,
  plan: Plan | undefined,
  kind: Kind,
  coordinate: Coordinate,
  live: LiveObject,
  wanted: Obj,
): boolean {
  const operations = operationsOf(plan, coordinate);
  const found = operations[0]?.before;
  if (found === undefined || journal.entries.get(live.coordinate)?.digest === digestOf(kind, live.object)) return false;
  const now = digestOf(kind, withStateOf(live, wanted));
  const fine = [found, ...operations.flatMap(({ after }) => (after === undefined ? [] : [after]))];
  return !fine.some((state) => digestOf(kind, state) === now);
}

/** A text is another one in every export, so that only its meaning tells; the baseline knows its letters alone. */
function hasChanged(
  { journal, baseline }: Session,
  kind: Kind,
  at: Coordinate,
  live: LiveObject,
  wanted: Obj,
): boolean {
  const noted = journal.entries.get(at)?.digest ?? "";
  if (noted !== "") return noted !== digestOf(kind, live.object);
  const known = baseline.entries.get(at)?.digest;
  return kind.content === undefined && known !== undefined && known !== digestJson(withStateOf(live, wanted));
}

/** Digest of what an object means. */
export function digestOf(kind: Kind, object: Obj): string {
  const { content } = kind;
  const text = content === undefined ? undefined : object[content.at];
  if (content === undefined || typeof text !== "string") return digestJson(object);
  return digestJson({ ...object, [content.at]: content.comparable(text) });
}
