import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { groupBy } from "../model/group-by.ts";
import { isList, listOf, sameJson, textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Blocked } from "../model/obstacles.ts";
import type { Comparison } from "../drift/compare.ts";
import { parentReference } from "../canonical/references.ts";
import type { Draft, Need } from "./needs.ts";

/** A value, or a range of numbers, of which an object is the only holder. */
export interface Holding {
  readonly at: string;
  readonly from: string;
  readonly to: string;
}

/**
 * What drafts need from one another because a value can have one holder at a time: whoever lets go of a value is written before
 * whoever takes it, a range before what is in it, and a name is given up before another object gets it.
 */
export function claimNeeds(drafts: readonly Draft[]): Need[] {
  return [...nameNeeds(drafts), ...valueNeeds(drafts), ...rangeNeeds(drafts)];
}

function nameNeeds(drafts: readonly Draft[]): Need[] {
  const leaving = new Map(drafts.flatMap(({ difference: { from, coordinate } }) => (from ? [[from, coordinate]] : [])));
  return drafts.flatMap(({ difference: { coordinate } }): Need[] => {
    const to = leaving.get(coordinate);
    return to === undefined || to === coordinate ? [] : [{ from: coordinate, to, strength: "hard" }];
  });
}

function valueNeeds(drafts: readonly Draft[]): Need[] {
  const competing = drafts.filter(({ kind }) => kind.unique !== undefined);
  return [...groupBy(competing, scopeOf).values()].flatMap((rivals) => {
    const releasing = rivals
      .map((rival) => ({ rival, released: lost(rival) }))
      .filter(({ released }) => released.length > 0);
    if (releasing.length === 0) return [];
    return rivals.flatMap((claimer) =>
      gained(claimer).flatMap((value) =>
        releasing
          .filter(({ rival, released }) => rival !== claimer && touches([value], released))
          .map(({ rival }): Need => ({ ...between(claimer, rival), strength: "claim", at: value.at })),
      ),
    );
  });
}

/** A range that is new comes before what is in it; one that goes, after everything in it has let go. */
function rangeNeeds(drafts: readonly Draft[]): Need[] {
  const moving = drafts.filter(({ kind, difference }) => kind.unique !== undefined && difference.action !== "update");
  const rangesOf = groupBy(
    moving.map((range) => ({ range, comes: gained(range), goes: lost(range) })),
    ({ range }) => range.kind.name,
  );
  return drafts.flatMap((draft) =>
    (draft.kind.within ?? []).flatMap(({ at, kind }) => {
      const ranges = rangesOf.get(kind) ?? [];
      if (ranges.length === 0) return [];
      const [claimed = [], released = []] = [gained(draft), lost(draft)].map((all) =>
        all.filter((value) => value.at === at),
      );
      // What is in a range before and after it changes in place needs no order.
      const only = (values: readonly Holding[], these: readonly Holding[], others: readonly Holding[]): boolean =>
        values.some((value) => touches([value], these) && !touches([value], others));
      return ranges.flatMap(({ range, comes, goes }): Need[] => [
        ...(only(claimed, comes, goes) ? [{ ...between(draft, range), strength: "hard" } as const] : []),
        ...(only(released, goes, comes) ? [{ ...between(range, draft), strength: "hard" } as const] : []),
      ]);
    }),
  );
}

function between(from: Draft, to: Draft): Pick<Need, "from" | "to"> {
  return { from: from.difference.coordinate, to: to.difference.coordinate };
}

/** Have any of the values and any of the ranges something in common? */
export function touches(values: readonly Holding[] = [], ranges: readonly Holding[] = []): boolean {
  return values.some((value) => ranges.some((range) => meet(value, range)));
}

/** Objects that compete for a value: those of the organisation, or those that are in one object. */
function scopeOf({ kind, difference: { coordinate } }: Draft): string {
  return scopeIn(kind, coordinate);
}

function scopeIn(kind: Kind, coordinate: Coordinate): string {
  const isOfParent = kind.unique?.some(({ per }) => per === "parent") === true;
  return isOfParent ? `${kind.name} in ${parentReference(kind, splitCoordinate(coordinate).key) ?? ""}` : kind.name;
}

function gained({ kind, difference: { current, wanted } }: Draft): Holding[] {
  return gainedValues(kind, current, wanted);
}

/** What an object gets that it does not hold yet. */
export function gainedValues(kind: Kind, current: Obj | undefined, wanted: Obj | undefined): Holding[] {
  return without(holdings(kind, wanted), holdings(kind, current));
}

/** An object after it has let go of values in its lists. A range is what its object is, so that it cannot be let go of. */
export function withoutValues({ unique = [] }: Kind, object: Obj, values: readonly Holding[]): Obj {
  return unique.reduce((carry, { at }) => {
    const held = carry[at];
    if (!isList(held)) return carry;
    const goes = (item: string): boolean =>
      values.some((value) => value.at === at && meet({ at, from: item, to: item }, value));
    return { ...carry, [at]: held.filter((item) => !goes(textOf(item))) };
  }, object);
}

function lost({ kind, difference: { current, wanted } }: Draft): Holding[] {
  return without(holdings(kind, current), holdings(kind, wanted));
}

function without(some: readonly Holding[], others: readonly Holding[]): Holding[] {
  return some.filter((one) => !others.some((other) => sameJson({ ...one }, { ...other })));
}

/** The values of which an object is the only holder. */
export function holdings({ unique = [] }: Kind, object: Obj = {}): Holding[] {
  return unique.flatMap(({ at, to }) =>
    valuesAt(object, at).map((value) => ({ at, from: value, to: to === undefined ? value : textOf(object[to]) })),
  );
}

/** The texts that a property holds, one or many. */
export function valuesAt(object: Obj, at: string): string[] {
  const value = object[at];
  return (typeof value === "string" ? [value] : listOf(value).map((item) => textOf(item))).filter(
    (text) => text !== "",
  );
}

/** Have two values, or ranges of numbers, anything in common? */
function meet(one: Holding, other: Holding): boolean {
  if (one.from === other.from) return true;
  const [a, b, c, d] = [one.from, one.to, other.from, other.to].map(numberIn);
  return a !== undefined && b !== undefined && c !== undefined && d !== undefined && a <= d && c <= b;
}

function numberIn(text: string): bigint | undefined {
  return /^\+?[0-9]{1,30}$/.test(text) ? BigInt(text.replace("+", "")) : undefined;
}

/** Of an object that is not compared: what the configuration, or what was asked for, leaves out. */
export const LEFT_OUT =
  "that object is left out here, so that nothing is written to it and --prune does not delete it: take the value from it by hand, or include it";

/**
 * What cannot be taken, because an object of the target holds it that the source does not have and that stays: only pruning
 * would release it.
 * @param way how the value becomes free, as the end of a sentence
 */
export function takenValues(
  drafts: readonly Draft[],
  { kinds, current, desired, renamed }: Pick<Comparison, "kinds" | "current" | "desired" | "renamed">,
  way = "the source does not have that object: --prune deletes it",
): Blocked[] {
  const deleted = new Set(
    drafts.flatMap(({ difference: { action, coordinate } }) => (action === "delete" ? [coordinate] : [])),
  );
  const moved = new Set(renamed.values());
  const staying = [...current].flatMap(([coordinate, object]) => {
    const kind = kinds.get(splitCoordinate(coordinate).kind);
    if (kind?.unique === undefined || desired.has(coordinate) || moved.has(coordinate) || deleted.has(coordinate))
      return [];
    return [{ coordinate, scope: scopeIn(kind, coordinate), values: holdings(kind, object) }];
  });
  const holders = groupBy(staying, ({ scope }) => scope);
  return drafts.flatMap((draft): Blocked[] => {
    const claimed = gained(draft);
    const rival = holders.get(scopeOf(draft))?.find(({ values }) => touches(claimed, values));
    if (rival === undefined) return [];
    const value = claimed.find((one) => touches([one], rival.values));
    return [
      { coordinate: draft.difference.coordinate, code: "value-taken", message: takenBy(rival.coordinate, value, way) },
    ];
  });
}

/**
 * Ranges that cannot be deleted, because an object that stays has a value in them: it would be without that value, or the
 * organisation refuses it.
 */
export function rangesInUse(
  drafts: readonly Draft[],
  { kinds, current }: Pick<Comparison, "kinds" | "current">,
): Blocked[] {
  const going = drafts.filter(({ kind, difference }) => difference.action === "delete" && kind.unique !== undefined);
  if (going.length === 0) return [];
  const after = new Map(drafts.map(({ difference: { from, coordinate, wanted } }) => [from ?? coordinate, wanted]));
  const held = [...current].flatMap(([coordinate, object]) => {
    const kind = kinds.get(splitCoordinate(coordinate).kind);
    const left = after.has(coordinate) ? after.get(coordinate) : object;
    return (kind?.within ?? []).flatMap((within) =>
      valuesAt(left ?? {}, within.at).map((value) => ({ coordinate, of: within.kind, value })),
    );
  });
  return going.flatMap((draft): Blocked[] => {
    const ranges = lost(draft);
    const user = held.find(
      ({ of, value }) => of === draft.kind.name && touches([{ at: "", from: value, to: value }], ranges),
    );
    return user === undefined
      ? []
      : [{ coordinate: draft.difference.coordinate, code: "value-taken", message: inUse(user) }];
  });
}

function inUse({ coordinate, value }: { readonly coordinate: Coordinate; readonly value: string }): string {
  return `Cannot be deleted while ${coordinate} has ${value} of it, and that object keeps the value; change the range by hand so that callers are not without it`;
}

function takenBy(holder: Coordinate, value: Holding | undefined, way: string): string {
  const text = value === undefined || value.from === value.to ? value?.from : `${value.from} to ${value.to}`;
  return `Needs ${text ?? "a value"}, which belongs to ${holder} in the target; ${way}`;
}

/** The object as it is before it takes values that another object has to let go first. */
export function beforeClaims(properties: ReadonlySet<string>, wanted: Obj, current: Obj = {}): Obj {
  return [...properties].reduce((object, property) => {
    const held = listOf(current[property]);
    const kept = listOf(object[property]).filter((value) => held.some((own) => sameJson(own, value)));
    return { ...object, [property]: kept };
  }, wanted);
}
