import { defined } from "../model/defined.ts";
import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import { textOf, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { pointerCovers, objectWith } from "../model/pointer.ts";
import type { DriftChange, Edit } from "../model/report.ts";
import { arrayForm, setForm } from "../canonical/set-form.ts";
import { relinkObject } from "../canonical/relink.ts";
import { objectEdits, wholeObject } from "./edits.ts";

/** What is compared: the desired state and the standby, both in canonical form and with the same selection. */
export interface Comparison {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly desired: ReadonlyMap<Coordinate, Obj>;
  readonly current: ReadonlyMap<Coordinate, Obj>;
  /** Is a difference at this pointer of the object ignored by configuration? */
  readonly ignored: (coordinate: Coordinate, path: string) => boolean;
  /** Desired coordinate → the coordinate that the standby still has, for objects that have another name than they should. */
  readonly renamed: ReadonlyMap<Coordinate, Coordinate>;
}

/** One difference with both sides in full: what a plan needs and a report leaves out. */
export interface Difference extends DriftChange {
  readonly current?: Obj;
  /** The desired object, with what is ignored kept as the standby has it. */
  readonly wanted?: Obj;
}

/** Every difference, by coordinate. Pure: the same input gives the same output. */
export function compare(comparison: Comparison): Difference[] {
  const moved = new Map([...comparison.renamed].map(([after, before]) => [before, after]));
  const differences: Difference[] = [];
  for (const [coordinate, desired] of comparison.desired) {
    const from = comparison.renamed.get(coordinate);
    // An object that goes by another name from now on is not this one, though it still has its name.
    const isOther = from === undefined && moved.has(coordinate);
    const current = isOther ? undefined : comparison.current.get(from ?? coordinate);
    const difference =
      current === undefined
        ? {
            coordinate,
            action: "create" as const,
            edits: wholeObject(kindOf(comparison, coordinate), desired, "after"),
            wanted: desired,
          }
        : compareObject(comparison, coordinate, desired, { current, from, moved });
    if (difference !== undefined) differences.push(difference);
  }
  for (const [coordinate, current] of comparison.current) {
    if (comparison.desired.has(coordinate) || moved.has(coordinate)) continue;
    differences.push({
      coordinate,
      action: "delete",
      edits: wholeObject(kindOf(comparison, coordinate), current, "before"),
      current,
    });
  }
  return differences.sort((a, b) => (a.coordinate < b.coordinate ? -1 : 1));
}

function kindOf(comparison: Comparison, coordinate: Coordinate): Kind | undefined {
  return comparison.kinds.get(splitCoordinate(coordinate).kind);
}

/** An object of the standby. */
interface Found {
  readonly current: Obj;
  /** Its coordinate, when it has another name than it should. */
  readonly from: Coordinate | undefined;
  /** Coordinate in the standby → the one that it is going to have, for all objects whose name changed. */
  readonly moved: ReadonlyMap<Coordinate, Coordinate>;
}

function compareObject(
  comparison: Comparison,
  coordinate: Coordinate,
  desired: Obj,
  { current, from, moved }: Found,
): Difference | undefined {
  const kind = kindOf(comparison, coordinate);
  if (kind === undefined || desired === current) return undefined;
  // What refers to a renamed object still refers to the same object: that is no difference.
  const shown = moved.size === 0 ? current : relinkObject(kind, current, (at) => moved.get(at) ?? at);
  const isIgnored = (path: string): boolean => comparison.ignored(coordinate, path);
  const { edits, ignored, wanted } = aboutObject(coordinate, () => {
    const asRead = unignoredEdits(kind, shown, desired, isIgnored);
    const renamed = moved.size === 0 || asRead.edits.length === 0 ? undefined : textWithNewNames(kind, shown, moved);
    if (renamed === undefined) return asRead;
    const asNamed = unignoredEdits(kind, renamed, desired, isIgnored);
    return asNamed.edits.length < asRead.edits.length ? asNamed : asRead;
  });
  if (edits.length === 0 && from === undefined) return undefined;
  return defined({
    coordinate,
    action: from === undefined ? "update" : "rename",
    edits,
    ignored: ignored || undefined,
    from,
    current,
    wanted,
  });
}

/**
 * The object with the new names in its text, where Architect puts them by itself: a reference gets them, a literal that happens
 * to be a name does not. Undefined for objects without text.
 */
function textWithNewNames(kind: Kind, object: Obj, moved: ReadonlyMap<Coordinate, Coordinate>): Obj | undefined {
  const { content } = kind;
  const text = content === undefined ? undefined : object[content.at];
  if (content === undefined || typeof text !== "string") return undefined;
  const nameFor = (named: string, name: string): string | undefined => {
    const next = moved.get(coordinateOf(named, name));
    return next === undefined ? undefined : splitCoordinate(next).key;
  };
  return { ...object, [content.at]: content.rename(text, nameFor).text };
}

/** What turns one object into another, but for what is ignored. */
export interface UnignoredEdits {
  readonly edits: readonly Edit[];
  /** How many differences are ignored. */
  readonly ignored: number;
  /** The desired object, with what is ignored kept as the current one has it. */
  readonly wanted: Obj;
}

/**
 * The edits between two objects of a kind, but for those at pointers that are ignored.
 * @throws LockstepError when a text that differs cannot be read
 */
export function unignoredEdits(
  kind: Kind,
  current: Obj,
  desired: Obj,
  isIgnored: (path: string) => boolean,
): UnignoredEdits {
  const all = objectEdits(kind, current, desired);
  const ignored = all.filter((edit) => isIgnored(edit.path));
  if (ignored.length === 0) return { edits: all, ignored: 0, wanted: desired };
  const edits = all.filter((edit) => !isIgnored(edit.path));
  return { edits, ignored: ignored.length, wanted: withIgnored(kind, desired, current, ignored) };
}

/** The desired object with what is ignored put back to what the standby has. */
function withIgnored(kind: Kind, desired: Obj, current: Obj, ignored: readonly Edit[]): Obj {
  const kept = ignored.reduce(
    (object, edit) => keepCurrent(kind, object, current, edit),
    setForm(kind, desired, current),
  );
  return arrayForm(kind, kept);
}

function keepCurrent(kind: Kind, wanted: Obj, current: Obj, edit: Edit): Obj {
  const { content } = kind;
  if (content !== undefined && pointerCovers(`/${content.at}`, edit.path)) {
    const text = textOf(wanted[content.at]);
    return { ...wanted, [content.at]: keepContent(content, text, edit, current[content.at] ?? text) };
  }
  return objectWith(wanted, edit.path, edit.before);
}

/** An ignored difference inside a text is put back value by value; where it has no counterpart the whole text stays. */
function keepContent(content: NonNullable<Kind["content"]>, text: string, edit: Edit, currentText: Json): Json {
  if (edit.before === undefined) return currentText;
  try {
    return content.override(text, edit.path.slice(content.at.length + 1), edit.before);
  } catch (error) {
    if (error instanceof LockstepError) return currentText;
    throw error;
  }
}

function aboutObject<Result>(coordinate: Coordinate, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof LockstepError) || error.place.coordinate !== undefined) throw error;
    throw error.reworded({ place: { coordinate } });
  }
}
