import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { defined } from "../model/defined.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Blocked } from "../model/obstacles.ts";
import {
  gainedValues,
  LEFT_OUT,
  rangesInUse,
  takenValues,
  touches,
  withoutValues,
  holdings,
} from "../importers/claims.ts";
import type { Draft } from "../importers/needs.ts";
import type { DesiredOrg } from "./desired-org.ts";

/** What values that can have one holder at a time mean for a program, which deletes after everything else. */
export interface ClaimedValues {
  /** What cannot be written or deleted in this update. */
  readonly blocked: readonly Blocked[];
  /** Objects that go, as far as they may stay until the next update: without the values that others take. */
  readonly leaving: ReadonlyMap<Coordinate, Obj>;
  /** Objects that go, and stay until the next update as they are. */
  readonly kept: readonly Coordinate[];
}

const WITH_LEAVE = "the source does not have that object: --prune with --allow protected deletes it";

const AFTERWARDS =
  "this update deletes that object, after everything else: run the same command again, which ends what this one began";

/**
 * Values that desired objects take from objects that the program does not want. Where those stay, the value is taken. Where
 * they go, they first give up what is in a list of theirs and are deleted by the next update; a range is only free when its
 * object is gone, so that the next update takes it.
 */
export function claimedValues(wanted: DesiredOrg): ClaimedValues {
  const { desired, renamed, kinds, inventory } = wanted;
  const pruned = new Set(wanted.pruned);
  const drafts = [...desired].flatMap(([coordinate, object]) => draftOf(wanted, coordinate, object));
  const going = [...inventory.current].filter(([coordinate]) => pruned.has(coordinate));
  const deletes = going.flatMap(([coordinate, object]) => draftOf(wanted, coordinate, undefined, object));
  const staying = [...inventory.current].filter(([at]) => !pruned.has(at) && !wanted.leftOut.has(at));
  const leftOut = new Map([...inventory.current].filter(([at]) => wanted.leftOut.has(at)));
  const isProtected = ([coordinate]: readonly [Coordinate, Obj]): boolean => {
    const kind = kinds.get(splitCoordinate(coordinate).kind);
    return kind !== undefined && wanted.protects(kind);
  };
  const rules = { kinds, desired, renamed };
  const inUse = rangesInUse([...drafts, ...deletes], { kinds, current: byNewNames(wanted) });
  const leaving = new Map(deletes.flatMap((draft) => leavingObject(draft, drafts)));
  const ranges = new Map(going.filter(([coordinate]) => !leaving.has(coordinate)));
  return {
    blocked: [
      ...takenValues(drafts, { ...rules, current: new Map(staying.filter((entry) => !isProtected(entry))) }),
      ...takenValues(drafts, { ...rules, current: new Map(staying.filter(isProtected)) }, WITH_LEAVE),
      ...takenValues(drafts, { ...rules, current: leftOut }, LEFT_OUT),
      ...takenValues(drafts, { ...rules, current: ranges }, AFTERWARDS),
      ...inUse,
    ],
    leaving,
    kept: [
      ...inUse.map(({ coordinate }) => coordinate),
      // What goes may refer to anything else that goes.
      ...(leaving.size === 0 ? [] : wanted.pruned.filter((at) => !leaving.has(at) && !ranges.has(at))),
    ],
  };
}

/** What an object that goes is until then, where another one takes a value in its lists. */
function leavingObject({ kind, difference }: Draft, drafts: readonly Draft[]): [Coordinate, Obj][] {
  const { coordinate, current = {} } = difference;
  const claimed = drafts
    .filter((draft) => draft.kind === kind)
    .flatMap((draft) => gainedValues(kind, draft.difference.current, draft.difference.wanted));
  if (!touches(holdings(kind, current), claimed)) return [];
  const left = withoutValues(kind, current, holdings(kind, current));
  return touches(holdings(kind, left), claimed) ? [] : [[coordinate, left]];
}

/** What becomes of an object, where values with one holder matter. */
function draftOf(
  { kinds, inventory, renamed }: DesiredOrg,
  coordinate: Coordinate,
  object: Obj | undefined,
  present?: Obj,
): Draft[] {
  const kind = kinds.get(splitCoordinate(coordinate).kind);
  if (kind === undefined || !hasValues(kind)) return [];
  const current = present ?? inventory.current.get(renamed.get(coordinate) ?? coordinate);
  const action = object === undefined ? "delete" : current === undefined ? "create" : "update";
  return [{ kind, difference: defined({ coordinate, action, edits: [], wanted: object, current }) }];
}

function hasValues({ unique, within }: Kind): boolean {
  return unique !== undefined || within !== undefined;
}

/** What is there, by the names that it gets. */
function byNewNames({ inventory, renamed }: DesiredOrg): ReadonlyMap<Coordinate, Obj> {
  const names = new Map([...renamed].map(([to, from]) => [from, to]));
  return new Map([...inventory.current].map(([at, object]) => [names.get(at) ?? at, object]));
}
