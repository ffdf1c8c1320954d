import { defined } from "../../model/defined.ts";
import { compactJson, isList, isObj, type Json, textOf } from "../../model/json.ts";

/** One item of a list under the name that stands for it in pointers. */
export interface Arranged {
  readonly segment: string;
  /** Position in the file. */
  readonly index: number;
  /** A one-key map around the item that pointers leave out, such as `task`. */
  readonly unwrap?: string;
}

/** How a list is compared: by name, as a set, or (undefined) as the sequence it is. */
export interface Arrangement {
  readonly by: "name" | "value";
  readonly items: readonly Arranged[];
}

/** Lists of parts of the flow: `tasks: [{task: {name}}]` is compared as `tasks: {<name>: {…}}`. */
const WRAPPED: ReadonlyMap<string, string> = new Map([
  ["tasks", "task"],
  ["menus", "menu"],
  ["states", "state"],
  ["bots", "bot"],
  ["intentSettings", "intent"],
]);

/** Lists of one-key maps whose key says which sort of part it is, so that it stays in the comparison. */
const VARIANTS: ReadonlySet<string> = new Set(["variables", "startUpTaskVariables", "choices"]);

/** Lists of plain objects that carry their own name; utterances are distinguished by their words. */
const BARE: ReadonlyMap<string, (item: Json) => string | undefined> = new Map([
  ["intents", (item) => nameIn(item)],
  ["entities", (item) => nameIn(item)],
  ["entityTypes", (item) => nameIn(item)],
  ["utterances", utteranceText],
]);

/** Lists in which order says nothing. */
const SETS: ReadonlySet<string> = new Set(["compatibleFlowTypes", "promptMediaToValidate", "entityNameReferences"]);

/**
 * How a list under `key` is compared. Undefined means that order carries meaning (actions, cases, statements) or
 * that an item has no name to go by.
 */
export function arrange(key: string, items: readonly Json[]): Arrangement | undefined {
  if (SETS.has(key)) return { by: "value", items: sorted(items) };
  const wrapper = WRAPPED.get(key);
  const named = (name: (item: Json) => string | undefined): Arrangement | undefined => byName(items, name, wrapper);
  if (wrapper !== undefined) return named((item) => nameIn(innerOf(item, wrapper)));
  if (VARIANTS.has(key)) return named((item) => nameIn(innerOf(item)));
  const bare = BARE.get(key);
  return bare ? named(bare) : undefined;
}

/** The value of a one-key map; with `wrapper`, only if that is the key. */
function innerOf(item: Json, wrapper?: string): Json {
  if (!isObj(item)) return null;
  const [only, second] = Object.keys(item);
  if (only === undefined || second !== undefined || (wrapper !== undefined && only !== wrapper)) return null;
  return item[only] ?? null;
}

function nameIn(item: Json): string | undefined {
  const name = isObj(item) && Object.hasOwn(item, "name") ? item.name : undefined;
  return typeof name === "string" || typeof name === "number" ? String(name) : undefined;
}

function utteranceText(item: Json): string | undefined {
  const segments = isObj(item) ? item.segments : undefined;
  if (!isList(segments)) return undefined;
  return segments.map((segment) => (isObj(segment) ? textOf(segment.text) : "")).join("");
}

function byName(
  items: readonly Json[],
  nameOf: (item: Json) => string | undefined,
  unwrap: string | undefined,
): Arrangement | undefined {
  const taken = new Set<string>();
  const arranged: Arranged[] = [];
  for (const [index, item] of items.entries()) {
    const name = nameOf(item);
    if (name === undefined) return undefined;
    const segment = unusedName(name, taken);
    taken.add(segment);
    arranged.push(defined({ segment, index, unwrap }));
  }
  return { by: "name", items: arranged };
}

/** Parts may share a name (two choices "Agent"): the second becomes `Agent#2`. */
function unusedName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let copy = 2;
  while (taken.has(`${name}#${copy}`)) copy += 1;
  return `${name}#${copy}`;
}

function sorted(items: readonly Json[]): Arranged[] {
  const rank = items.map((item) => compactJson(item));
  return items
    .map((_item, index) => index)
    .sort((a, b) => ((rank[a] ?? "") < (rank[b] ?? "") ? -1 : 1))
    .map((index, at) => ({ segment: String(at), index }));
}
