import { isList, isObj, type Json, type Obj } from "../../model/json.ts";
import { formatPointer } from "../../model/pointer.ts";
import { arrange, type Arranged } from "./lists.ts";
import { parsedFlow, type FlowDoc } from "./parse.ts";

/** Keys that Architect generates on each publish, so that they say nothing about the flow. */
const GENERATED: ReadonlySet<string> = new Set(["refId", "trackingId"]);

/**
 * A flow as the data that two flows are compared by. Two texts that give the same data mean the same flow.
 *
 * Parts (tasks, menus, choices, states, bots, variables, intents, entities, utterances) become maps by name; a name
 * used twice gets `#2`. Generated ids go, and what referred to them refers to the part's pointer instead. Sets are
 * sorted. The order of actions, cases and statements stays: it is meaning. Values that are written out stay apart from
 * values that are absent, because Architect treats them differently (architect-yaml §6).
 * @throws FlowSyntaxError when the text is not a flow
 */
export function comparableFlow(input: string | FlowDoc): Json {
  const pass: Pass = { path: [], parts: new Map(), named: new Map(), references: [] };
  const flow = canonical(parsedFlow(input).structure, "", pass);
  for (const { holder, key, reference } of pass.references) holder[key] = referencedPart(reference, pass);
  return flow;
}

/** What one pass over a flow gathers. */
interface Pass {
  /** Pointer segments of the place that is being looked at. */
  readonly path: string[];
  /** `task[Billing_12]` → pointer of the part with that id; undefined where two parts answer to it. */
  readonly parts: Map<string, string | undefined>;
  /** The same by name, as hand-written flows refer to parts. */
  readonly named: Map<string, string | undefined>;
  /** Internal references, to be resolved when all parts are known. */
  readonly references: { readonly holder: { [key: string]: Json }; readonly key: string; readonly reference: string }[];
}

function canonical(data: Json, key: string, pass: Pass): Json {
  if (isList(data)) return canonicalList(data, key, pass);
  return isObj(data) ? canonicalMap(data, pass) : data;
}

function canonicalList(list: readonly Json[], key: string, pass: Pass): Json {
  const arrangement = arrange(key, list);
  const items = arrangement?.items ?? list.map((_item, index): Arranged => ({ segment: String(index), index }));
  const entries = items.map(({ segment, index, unwrap }): [string, Json] => {
    const item = list[index] ?? null;
    return [segment, below(segment, pass, () => canonicalItem(item, unwrap, pass))];
  });
  return arrangement?.by === "name" ? Object.fromEntries(entries) : entries.map(([, item]) => item);
}

function canonicalItem(item: Json, unwrap: string | undefined, pass: Pass): Json {
  const kind = isObj(item) ? Object.keys(item)[0] : undefined;
  if (kind === undefined || !isObj(item)) return canonical(item, "", pass);
  const part = item[kind] ?? null;
  if (isObj(part)) remember(kind, part, unwrap === undefined, pass);
  return unwrap === undefined ? canonicalMap(item, pass) : canonical(part, kind, pass);
}

function canonicalMap(map: Obj, pass: Pass): Obj {
  const entries: [string, Json][] = [];
  const references: [string, string][] = [];
  for (const key of Object.keys(map)) {
    const value = map[key] ?? null;
    if (isNoise(key, map, pass)) continue;
    if (key.endsWith("Ref") && typeof value === "string") references.push([key, value]);
    entries.push([key, typeof value === "object" ? below(key, pass, () => canonical(value, key, pass)) : value]);
  }
  const result = Object.fromEntries(entries);
  for (const [key, reference] of references) pass.references.push({ holder: result, key, reference });
  return result;
}

function below(segment: string, pass: Pass, work: () => Json): Json {
  pass.path.push(segment);
  const result = work();
  pass.path.pop();
  return result;
}

/** Generated ids, and the second copy of a name that is in `lit` too (architect-yaml §4.5, §8). */
function isNoise(key: string, around: Obj, pass: Pass): boolean {
  if (GENERATED.has(key)) return true;
  if (key === "id") return pass.path.includes("nluDomainVersion");
  return key === "name" && isObj(around.lit) && around.lit.name === around.name;
}

/** Notes a list item under what internal references call it: `inside` its one key, or without it. */
function remember(kind: string, { refId, name }: Obj, inside: boolean, pass: Pass): void {
  const id = typeof refId === "string" ? refId : name;
  if (typeof id !== "string") return;
  const pointer = formatPointer(inside ? [...pass.path, kind] : pass.path);
  const note = (into: Map<string, string | undefined>, called: string): void => {
    into.set(called, into.has(called) ? undefined : pointer);
  };
  if (typeof refId === "string") note(pass.parts, `${kind}[${refId}]`);
  if (typeof name === "string") note(pass.named, `${kind}[${name}]`);
}

/** An internal reference as the pointer of the part that it means; unresolved ones stay as they are (architect-yaml §3). */
function referencedPart(reference: string, { parts, named }: Pass): string {
  const last = /^(?:.*\/)?([A-Za-z]+\[.+\])$/.exec(reference)?.[1];
  if (last === undefined) return reference;
  return (parts.has(last) ? parts.get(last) : named.get(last)) ?? reference;
}
