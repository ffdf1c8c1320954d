import { byCodePoint, compactJson, type Json, type Obj } from "../model/json.ts";
import type { Place, Results, Visitor } from "./fold.ts";

/** A visitor that makes another object; undefined leaves a place out. */
export type Rewrite = Visitor<Json | undefined>;

/** A rewrite that keeps everything as it is, but for what the changes say. What does not change is shared. */
export function rewriting(changes: Partial<Rewrite>): Rewrite {
  return {
    leaf: ({ value }) => value,
    opaque: ({ value }) => value,
    reference: ({ value }) => value,
    list: (items, { value }) => sharedList(present(items), value),
    object: (entries, { value }) => (isSame(entries, value) ? value : Object.fromEntries(presentEntries(entries))),
    ...changes,
  };
}

/** A visitor that makes nothing: it looks. */
export function watching(looks: Partial<Visitor<void>>): Visitor<void> {
  const pass = (): void => undefined;
  return { leaf: pass, opaque: pass, reference: pass, list: pass, object: pass, ...looks };
}

/** The list, if it has these items already. */
export function sharedList(items: readonly Json[], list: readonly Json[]): readonly Json[] {
  return items.length === list.length && items.every((item, at) => item === list[at]) ? list : items;
}

/** Are these the entries of the object, in its order? */
export function isSame(entries: Results<Json | undefined>, object: Obj): boolean {
  const names = Object.keys(object);
  if (entries.length !== names.length) return false;
  return entries.every(([name, value], at) => name === names[at] && value === object[name]);
}

/** Items without those that are left out. */
export function present(items: readonly (Json | undefined)[]): Json[] {
  return items.filter((item) => item !== undefined);
}

/** Entries without those that are left out. */
export function presentEntries(entries: Results<Json | undefined>): (readonly [string, Json])[] {
  return entries.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined);
}

/** The values of a set in canonical order, each once. */
export function asSet(values: readonly Json[]): Json[] {
  const byText = new Map(values.map((value) => [compactJson(value), value]));
  return [...byText].sort(([a], [b]) => byCodePoint(a, b)).map(([, value]) => value);
}

/**
 * A list in canonical form. Empty values are left out, because the services use them and missing ones interchangeably
 * (genesys-api §1.3).
 */
export function canonicalList(items: readonly (Json | undefined)[], isSet: boolean): Json | undefined {
  const values = present(items);
  if (values.length === 0) return undefined;
  return isSet ? asSet(values) : values;
}

/** An object or a map in canonical form. Entries of an identity list stay when they are empty: their key says something. */
export function canonicalObject(entries: Results<Json | undefined>, place: Place): Json | undefined {
  const kept = presentEntries(entries);
  if (kept.length === 0 && !mayBeEmpty(place)) return undefined;
  return Object.fromEntries(kept.sort(([a], [b]) => byCodePoint(a, b)));
}

/** Does an object say something here even if nothing is in it? */
function mayBeEmpty({ up }: Place): boolean {
  return up === undefined || typeof up.node.notes.array === "object";
}
