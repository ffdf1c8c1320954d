import { LockstepError } from "../model/error.ts";
import { splitCoordinate } from "../model/coordinate.ts";
import { groupBy } from "../model/group-by.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation } from "../model/plan.ts";
import { revisionsOf } from "../canonical/read-object.ts";
import { objectEdits } from "../drift/edits.ts";
import { soughtFor } from "./preflight.ts";
import { listOnce, pagesOf, readTouched, type TouchedObject } from "./read-touched.ts";
import type { Target, TargetObject } from "./target.ts";

/**
 * Writes that may follow each page of a list before that is read again: so many requests are saved that reading again costs a
 * twentieth of the writes, and no object is written long after it was looked at.
 */
const WRITES_PER_PAGE = 20;

/** The objects of one wave as they were when everything was read: coordinate → object. */
type Seen = ReadonlyMap<string, TargetObject>;

/**
 * Reads an object again, right before it is written.
 * @returns it as it is now; the one that was seen where it is gone and was to be deleted anyway
 * @throws LockstepError `version-conflict` when somebody changed it meanwhile
 */
export type LookAgain = (kind: Kind, operation: Operation, seen: TargetObject) => Promise<TargetObject | undefined>;

/**
 * Opens the second reading of the objects that one wave writes. Those that are written next are read together where listing
 * their kind takes fewer requests than they are; each look at an object serves one write.
 * @param operations of the wave, in the order in which they are begun
 * @param seen the objects as they were when everything was read
 */
export function openLookAgain(target: Target, operations: readonly Operation[], seen: Seen): LookAgain {
  const looks = new Map<string, Promise<TargetObject | undefined>>();
  const waiting = new Map(
    [...groupBy(operations.filter(isLookedAtAgain(seen)), kindOf)].map(([kind, those]) => [kind, new Set(those)]),
  );
  const next = (kind: Kind, first: Operation): readonly Operation[] => {
    const pages = pagesOf(target, kind);
    const others = waiting.get(kind.name) ?? new Set();
    // Lanes overtake one another, so that some of those that come before it may not have been read again either.
    others.delete(first);
    const together = [first, ...firstOf(others, pages * WRITES_PER_PAGE - 1)];
    if (together.length <= pages) return [first];
    for (const one of together) others.delete(one);
    return together;
  };
  const look = (kind: Kind, first: Operation): Promise<TargetObject | undefined> => {
    const together = next(kind, first);
    const objects = together.map((one) => soughtAgain(kind, one, seen.get(one.coordinate)));
    const read = readTouched(target, { kind, objects }, listOnce(target));
    for (const one of together.slice(1)) {
      const seenAgain = objectOf(one, read);
      // Who asks for it hears of an error, which may be later, or nobody.
      seenAgain.catch(() => undefined);
      looks.set(one.id, seenAgain);
    }
    return objectOf(first, read);
  };
  return async (kind, operation, before) => {
    const known = looks.get(operation.id);
    looks.delete(operation.id);
    // What kept others from being read need not keep this one.
    const now = await (known?.catch(() => look(kind, operation)) ?? look(kind, operation));
    return unchanged(kind, operation, before, now);
  };
}

function isLookedAtAgain(seen: Seen): (operation: Operation) => boolean {
  return ({ coordinate, targetId, phase }) => phase !== 2 && targetId !== undefined && seen.has(coordinate);
}

function kindOf({ coordinate }: Operation): string {
  return splitCoordinate(coordinate).kind;
}

function firstOf<Value>(values: Iterable<Value>, count: number): Value[] {
  const taken: Value[] = [];
  for (const value of values) {
    if (taken.length >= count) break;
    taken.push(value);
  }
  return taken;
}

async function objectOf(
  { targetId = "" }: Operation,
  read: ReturnType<typeof readTouched>,
): Promise<TargetObject | undefined> {
  return (await read).get(targetId);
}

function soughtAgain(kind: Kind, operation: Operation, seen: TargetObject | undefined): TouchedObject {
  const sought = soughtFor(operation, [operation]);
  return seen === undefined ? sought : { ...sought, before: seen.object, revisions: revisionsOf(kind, seen.entity) };
}

function unchanged(
  kind: Kind,
  { coordinate, action, before }: Operation,
  seen: TargetObject,
  now: TargetObject | undefined,
): TargetObject {
  if (now === undefined && action === "delete") return seen;
  // An earlier operation of the plan may have written the object since: then it is as this one expects it.
  const expected = [seen.object, before ?? seen.object];
  if (now !== undefined && expected.some((known) => objectEdits(kind, known, now.object).length === 0)) return now;
  throw new LockstepError(
    "version-conflict",
    `${coordinate} was ${now === undefined ? "deleted" : "changed"} by somebody while the plan was applied`,
    "Make a new plan, look at it and apply that one.",
    { coordinate },
  );
}
