import { isObj, type Json } from "../../model/json.ts";
import { arrange } from "./lists.ts";
import { flowOf, type FlowDoc } from "./parse.ts";
import { childrenOf, pointerOf, rootPlace, walk, type Place } from "./place.ts";

/** Keys that Architect generates anew, so that they say nothing about the flow. */
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
  const doc = flowOf(input);
  const root = rootPlace(doc);
  return canonical(root, { text: doc.text, parts: partsOf(root, doc.text) });
}

interface Context {
  readonly text: string;
  /** `task[Billing_12]` → pointer; undefined where two parts answer to it. */
  readonly parts: ReadonlyMap<string, string | undefined>;
}

function canonical(place: Place, context: Context): Json {
  const { data, key } = place;
  if (typeof data === "string") return key?.endsWith("Ref") ? referencedPart(data, context.parts) : data;
  if (Array.isArray(data)) {
    const children = childrenOf(place, context.text);
    if (arrange(key ?? "", data)?.by !== "name") return children.map((child) => canonical(child, context));
    return Object.fromEntries(children.map((child) => [child.segment ?? "", canonical(child, context)]));
  }
  if (!isObj(data)) return data;
  const children = childrenOf(place, context.text);
  const wrapped = place.unwrap === undefined ? undefined : children[0];
  if (wrapped) return canonical(wrapped, context);
  const kept = children.filter((child) => !isNoise(child));
  return Object.fromEntries(kept.map((child) => [child.key ?? "", canonical(child, context)]));
}

/** Generated ids, and the second copy of a name that stands in `lit` too (architect-yaml §4.5, §8). */
function isNoise(place: Place): boolean {
  const key = place.key ?? "";
  if (GENERATED.has(key)) return true;
  if (key === "id") return isInLanguageModel(place);
  const around = place.parent?.data;
  return key === "name" && isObj(around) && isObj(around.lit) && around.lit.name === place.data;
}

function isInLanguageModel(place: Place): boolean {
  for (let at = place.parent; at; at = at.parent) if (at.key === "nluDomainVersion") return true;
  return false;
}

/** Every part of the flow by what internal references call it: kind and `refId`, or its name in hand-written flows. */
function partsOf(root: Place, text: string): Map<string, string | undefined> {
  const parts = new Map<string, string | undefined>();
  const byName = new Map<string, string | undefined>();
  const add = (into: Map<string, string | undefined>, key: string, place: Place): void => {
    into.set(key, into.has(key) ? undefined : pointerOf(place));
  };
  walk(root, text, (place) => {
    if (place.key === undefined || place.parent?.key !== undefined || !isObj(place.data)) return;
    const { refId, name } = place.data;
    if (typeof refId === "string") add(parts, `${place.key}[${refId}]`, place);
    if (typeof name === "string") add(byName, `${place.key}[${name}]`, place);
  });
  for (const [key, pointer] of byName) if (!parts.has(key)) parts.set(key, pointer);
  return parts;
}

/** An internal reference as the pointer of the part that it means; unresolved ones stay as they are (architect-yaml §3). */
function referencedPart(reference: string, parts: ReadonlyMap<string, string | undefined>): string {
  const last = /^(?:.*\/)?([A-Za-z]+\[.+\])$/.exec(reference)?.[1];
  return (last === undefined ? undefined : parts.get(last)) ?? reference;
}
