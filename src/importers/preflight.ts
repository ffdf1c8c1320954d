import { defined } from "../model/defined.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { GuardError, LockstepError } from "../model/error.ts";
import { groupBy } from "../model/group-by.ts";
import { textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { placeholderKeys } from "../model/placeholders.ts";
import type { Operation, Plan } from "../model/plan.ts";
import { objectEdits } from "../drift/edits.ts";
import { parentReference } from "../canonical/references.ts";
import { digestJson } from "../canonical/digest.ts";
import type { Journal } from "./journal.ts";
import { editedBy, listOnce, readTouched, type ListReader, type TouchedObject } from "./read-touched.ts";
import { untilSeen } from "./until-seen.ts";
import { coordinateIn, readTarget, remember, type Target, type TargetObject } from "./target.ts";

/** What is left of a plan: operations that are done already, and the objects as they are now. */
export interface Preflight {
  /** Operation id → id of its object, for operations that need nothing more. */
  readonly done: ReadonlyMap<string, string>;
  /** Coordinate → the object as it is now. */
  readonly present: ReadonlyMap<Coordinate, TargetObject>;
}

/**
 * Reads what the plan touches and compares it with what the plan was made from, before anything is written.
 * @throws GuardError `moved-target` naming every object that is neither as planned nor already as wanted
 */
export async function preflight(target: Target, plan: Plan, journal: Journal): Promise<Preflight> {
  const present = new Map<Coordinate, TargetObject>();
  for (const { id, coordinate } of plan.operations) {
    const made = journal.entries.get(id)?.id ?? "";
    if (made !== "") remember(target, coordinate, made);
  }
  const listed = listOnce(target);
  await readExisting(target, plan, present, listed);
  await findCreated(target, plan, present, listed);
  await awaitCreated(target, plan, present, journal);
  const done = new Map<string, string>();
  const moved: Coordinate[] = [];
  for (const [coordinate, operations] of byCoordinate(plan.operations)) {
    const verdict = judge(target, operations, present.get(coordinate), { journal, plan });
    if (verdict === "moved") moved.push(coordinate);
    else
      for (const operation of verdict) done.set(operation.id, target.ids.get(coordinate) ?? operation.targetId ?? "");
  }
  if (moved.length > 0) {
    assertMadeWithPlaceholders(plan, moved, present);
    throw movedTarget(moved);
  }
  return { done, present };
}

async function readExisting(
  target: Target,
  plan: Plan,
  present: Map<Coordinate, TargetObject>,
  listed: ListReader,
): Promise<void> {
  const existing = plan.operations.filter((operation) => operation.targetId !== undefined && operation.phase !== 2);
  const creating = new Set(plan.operations.filter(({ action }) => action === "create").map(kindName));
  const operationsOf = byCoordinate(plan.operations);
  await Promise.all(
    [...groupBy(existing, kindName)].map(async ([name, operations]) => {
      const kind = target.kinds.get(name);
      if (kind === undefined) return;
      const objects = operations.map((operation) => soughtFor(operation, operationsOf.get(operation.coordinate) ?? []));
      const found = await readTouched(target, { kind, objects, isListed: creating.has(name) }, listed);
      for (const operation of operations) {
        const object = found.get(operation.targetId ?? "");
        if (object !== undefined) present.set(operation.coordinate, object);
      }
    }),
  );
}

/** What to read of an operation's object. @param all the operations about the same object */
export function soughtFor(operation: Operation, all: readonly Operation[]): TouchedObject {
  const { action, coordinate, from, targetId, before, after, revisions } = operation;
  const edited = editedBy(all);
  return defined({
    id: targetId ?? "",
    coordinate: from ?? coordinate,
    like: after ?? before ?? {},
    // The revisions of a restore are those of what it restores.
    before: action === "restore" ? after : before,
    revisions,
    edited,
  });
}

function kindName({ coordinate }: Operation): string {
  return splitCoordinate(coordinate).kind;
}

/** Objects that the plan creates may exist by now: made by an earlier run of it, or by somebody else. */
async function findCreated(
  target: Target,
  plan: Plan,
  present: Map<Coordinate, TargetObject>,
  listed: ListReader,
): Promise<void> {
  const created = plan.operations.filter((operation) => operation.action === "create");
  // What is renamed first, or deleted, may still have the name that the new object is to get.
  const others = new Set(plan.operations.flatMap(({ targetId }) => targetId ?? []));
  await Promise.all(
    [...groupBy(created, kindName)].map(async ([name, operations]) => {
      const kind = target.kinds.get(name);
      if (kind === undefined) return;
      const wanted = new Set(operations.map((operation) => operation.coordinate));
      for (const entity of await listed(kind)) {
        const coordinate = coordinateIn(target, kind, entity);
        const id = textOf(entity["id"]);
        if (!wanted.has(coordinate) || others.has(id) || kept(kind, entity) !== true) continue;
        remember(target, coordinate, id);
        const like = operations.findLast((operation) => operation.coordinate === coordinate)?.after;
        const object = await readTarget(target, { kind, coordinate, id }, like);
        if (object !== undefined) present.set(coordinate, object);
      }
    }),
  );
}

/**
 * What the journal says was created is there, though lists do not show it yet. Where the organisation takes a second object of
 * the same name, what was begun may be there too: it is looked for until lists must show it, so that nothing is made twice.
 */
async function awaitCreated(
  target: Target,
  plan: Plan,
  present: Map<Coordinate, TargetObject>,
  journal: Journal,
): Promise<void> {
  await Promise.all(
    plan.operations.map(async (operation) => {
      const { coordinate, action, after } = operation;
      const entry = journal.entries.get(operation.id);
      const kind = target.kinds.get(kindName(operation));
      if (action !== "create" || entry === undefined || kind === undefined || present.has(coordinate)) return;
      if (entry.id !== "") {
        const found = await untilSeen(
          target.api,
          kind.name,
          () => readTarget(target, { kind, coordinate, id: entry.id }, after),
          UNTIL_LISTED,
        );
        if (found !== undefined) present.set(coordinate, found);
      } else if (kind.write?.twins === true) {
        const own: Plan = { ...plan, operations: [operation] };
        const look = async (): Promise<TargetObject | undefined> => {
          await findCreated(target, own, present, listOnce(target));
          return present.get(coordinate);
        };
        await untilSeen(target.api, kind.name, look, UNTIL_LISTED);
      }
    }),
  );
}

/** New objects are listed after at most so long (genesys-api §1.7), unless something is wrong. */
const UNTIL_LISTED = [1000, 2000, 2000];

function kept(kind: Kind, entity: Obj): true | string {
  return kind.keep?.(entity) ?? true;
}

/** The operations of one object that are done, or "moved" when the object is neither as planned nor as wanted. */
function judge(
  target: Target,
  operations: readonly Operation[],
  now: TargetObject | undefined,
  { journal, plan }: { readonly journal: Journal; readonly plan: Plan },
): readonly Operation[] | "moved" {
  const [first] = operations;
  const kind = first === undefined ? undefined : target.kinds.get(splitCoordinate(first.coordinate).kind);
  if (first === undefined || kind === undefined) return [];
  const finished = lastMatch(kind, operations, now);
  if (finished >= 0) return operations.slice(0, finished + 1);
  if (isAsPlanned(kind, first, now)) return isDone(journal, first) && first.action === "create" ? "moved" : [];
  if (first.action === "create" && now !== undefined && cameWithParent(kind, first, { journal, plan })) return [];
  const begun = operations.filter((operation) => journal.entries.has(operation.id));
  const unfinished = begun.some((operation) => journal.entries.get(operation.id)?.state === "started");
  return unfinished && now !== undefined ? begun.filter((operation) => isDone(journal, operation)) : "moved";
}

/** The platform makes some objects together with the one that they are in, such as the first route of a site. */
function cameWithParent(
  kind: Kind,
  { coordinate }: Operation,
  { journal, plan }: { readonly journal: Journal; readonly plan: Plan },
): boolean {
  const parent = parentReference(kind, splitCoordinate(coordinate).key);
  return plan.operations.some(
    ({ id, action, coordinate: at }) => action === "create" && at === parent && journal.entries.has(id),
  );
}

function isDone(journal: Journal, operation: Operation): boolean {
  return journal.entries.get(operation.id)?.state === "done";
}

/** Index of the last operation whose result is what the object is now; -1 when none. */
function lastMatch(kind: Kind, operations: readonly Operation[], now: TargetObject | undefined): number {
  for (let at = operations.length - 1; at >= 0; at -= 1) {
    const after = operations[at]?.after;
    if (after === undefined ? now === undefined : now !== undefined && isSame(kind, now.object, after)) return at;
  }
  return -1;
}

function isSame(kind: Kind, now: Obj, after: Obj): boolean {
  return objectEdits(kind, now, after).length === 0;
}

function isAsPlanned(kind: Kind, { targetDigest, before }: Operation, now: TargetObject | undefined): boolean {
  if (targetDigest === undefined) return now === undefined;
  if (now === undefined) return false;
  return digestJson(now.object) === targetDigest || (before !== undefined && isSame(kind, now.object, before));
}

function byCoordinate(operations: readonly Operation[]): Map<Coordinate, Operation[]> {
  return groupBy(operations, (operation) => operation.coordinate);
}

/**
 * Says of a plan that was made before placeholders were switched on what is wrong with it: the secrets that it holds are no longer
 * what the standby is read with.
 * @throws LockstepError `plan-other-key`
 */
function assertMadeWithPlaceholders(
  { operations }: Plan,
  moved: readonly Coordinate[],
  present: ReadonlyMap<Coordinate, TargetObject>,
): void {
  const hasPlaceholders = (object: Obj = {}): boolean => placeholderKeys(object).size > 0;
  const older = moved.find(
    (coordinate) =>
      hasPlaceholders(present.get(coordinate)?.object) &&
      !operations.some((one) => one.coordinate === coordinate && hasPlaceholders(one.before)),
  );
  if (older === undefined) return;
  throw new LockstepError(
    "plan-other-key",
    `The plan has ${older} with its secrets, and this run replaces secrets by placeholders`,
    "Make a new plan, and delete this one: it was made before include.secrets was set to placeholders, and holds secrets.",
    { coordinate: older },
  );
}

function movedTarget(moved: readonly Coordinate[]): GuardError {
  const names = moved.slice(0, 5).join(", ") + (moved.length > 5 ? ` and ${moved.length - 5} more` : "");
  return new GuardError(
    "moved-target",
    `The standby changed after the plan was made: ${names}`,
    "Make a new plan, look at it and apply that one.",
    { coordinate: moved[0] },
  );
}
