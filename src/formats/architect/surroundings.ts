import type { FlowPlace } from "./place.ts";
import { kindOfKey } from "./vocabulary.ts";

/** Keys between a name and the key that tells its kind: wrappers (architect-yaml §6) and values of variables. */
const WRAPPERS: ReadonlySet<string> = new Set(["lit", "exp", "value", "initialValue", "item"]);

/** The nearest place above (or here) whose key is more than a wrapper. */
export function holderOf(place: FlowPlace): FlowPlace | undefined {
  let at: FlowPlace | undefined = place;
  while (at && (at.key === undefined || WRAPPERS.has(at.key))) at = at.parent;
  return at;
}

/** Maps whose keys are chosen by the author of another flow or action: a key there says nothing sure about a kind. */
const FREE_KEYS: ReadonlySet<string> = new Set([
  "inputs",
  "outputs",
  "successOutputs",
  "failureOutputs",
  "foundOutputs",
]);

/** Kind that the surroundings of a value announce. */
export function kindAround(place: FlowPlace): string | undefined {
  const owner = holderOf(place);
  if (owner?.key === undefined || FREE_KEYS.has(owner.parent?.key ?? "")) return undefined;
  return owner.key === "engine" ? "stt-engine" : owner.key === "guide" ? "guide" : kindOfKey(owner.key);
}
