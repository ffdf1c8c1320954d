import { isScalar } from "yaml";
import { isList, isObj, type Json } from "../../model/json.ts";
import { formatPointer, parsePointer } from "../../model/pointer.ts";
import { applyEdits } from "./edits.ts";
import { FlowPointerError } from "./errors.ts";
import { parsedFlow, type FlowDoc } from "./parse.ts";
import { childrenOf, rootPlace, type Place } from "./place.ts";
import { replacement } from "./replace.ts";

/**
 * The value at a pointer into a flow: either as comparisons show it (parts by name) or by raw position.
 * @throws FlowPointerError `override-unmatched` when the pointer matches nothing
 */
export function getAt(input: string | FlowDoc, pointer: string): Json {
  return find(parsedFlow(input), pointer).data;
}

/**
 * The flow with another value at a pointer. Nothing else changes, except the second copy of a doubled name.
 * @param pointer as for {@link getAt}
 * @throws FlowPointerError `override-unmatched` when the pointer matches nothing
 */
export function setAt(input: string | FlowDoc, pointer: string, value: Json): string {
  const doc = parsedFlow(input);
  const place = find(doc, pointer);
  const twin = twinOf(place, value, doc.text);
  const changes = [{ place, value }, ...(twin ? [twin] : [])];
  return applyEdits(
    doc.text,
    changes.map((change) => replacement(change.place, change.value, doc.text)),
  );
}

function find(doc: FlowDoc, pointer: string): Place {
  let place = rootPlace(doc);
  const segments = parsePointer(pointer);
  for (const [at, segment] of segments.entries()) {
    const next = step(place, segment, doc.text);
    if (!next) throw new FlowPointerError(pointer, doc.name, formatPointer(segments.slice(0, at)));
    place = next;
  }
  return place;
}

function step(place: Place, segment: string, text: string): Place | undefined {
  const children = childrenOf(place, text);
  const named = children.find((child) => child.segment === segment);
  if (named) return named.unwrap === undefined ? named : childrenOf(named, text)[0];
  if (isList(place.data)) return /^\d+$/.test(segment) ? children[Number(segment)] : undefined;
  return children.find((child) => child.key === segment);
}

/** The second copy of a doubled name (architect-yaml §4.5): both must say the same. */
function twinOf(place: Place, value: Json, text: string): { place: Place; value: Json } | undefined {
  const inLit = place.key === "name" && place.parent?.key === "lit";
  const holder = inLit ? place.parent?.parent : place.parent;
  if (!holder || !isObj(holder.data) || !isObj(holder.data.lit)) return undefined;
  const doubled = holder.data.lit.name;
  if (typeof doubled !== "string" || holder.data.name !== doubled) return undefined;
  const name = place.key === "lit" && isObj(value) ? value.name : value;
  const other = childrenOf(holder, text).find(
    (child) => child.key === (place.key === "name" && !inLit ? "lit" : "name"),
  );
  const twin = other?.key === "lit" ? childrenOf(other, text).find((child) => child.key === "name") : other;
  return twin && isScalar(twin.node) && typeof name === "string" ? { place: twin, value: name } : undefined;
}
