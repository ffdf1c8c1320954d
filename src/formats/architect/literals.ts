import { isScalar } from "yaml";
import { isList, isObj, type Json } from "../../model/json.ts";
import { formatPointer, parsePointer } from "../../model/pointer.ts";
import { applyEdits } from "../../model/apply-edits.ts";
import { FlowPointerError } from "./errors.ts";
import { parsedFlow, type FlowDoc } from "./parse.ts";
import { childrenOf, placeAbove, rootPlace, type FlowPlace } from "./place.ts";
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

function find(doc: FlowDoc, pointer: string): FlowPlace {
  let place = rootPlace(doc);
  const segments = parsePointer(pointer);
  for (const [at, segment] of segments.entries()) {
    const next = step(place, segment, doc.text);
    if (!next) throw new FlowPointerError(pointer, doc.name, formatPointer(segments.slice(0, at)));
    place = next;
  }
  return place;
}

function step(place: FlowPlace, segment: string, text: string): FlowPlace | undefined {
  const children = childrenOf(place, text);
  const named = children.find((child) => child.segment === segment);
  if (named) return named.unwrap === undefined ? named : childrenOf(named, text)[0];
  if (isList(place.data)) return /^\d+$/.test(segment) ? children[Number(segment)] : undefined;
  return children.find((child) => child.key === segment);
}

/** The second copy of a doubled name (architect-yaml §4.5): both must say the same. */
function twinOf(place: FlowPlace, value: Json, text: string): { place: FlowPlace; value: Json } | undefined {
  const name = place.key === "lit" && isObj(value) ? value.name : value;
  const holder = doubledHolder(place);
  if (holder === undefined || typeof name !== "string") return undefined;
  const child = (of: FlowPlace | undefined, key: string): FlowPlace | undefined =>
    of && childrenOf(of, text).find((each) => each.key === key);
  const isOuter = place.key === "name" && place.parent === holder;
  const twin = isOuter ? child(child(holder, "lit"), "name") : child(holder, "name");
  return isScalar(twin?.node) ? { place: twin, value: name } : undefined;
}

/** What holds a name twice, by itself and in its `lit`, where the place is one of the two or the `lit`. */
function doubledHolder(place: FlowPlace): FlowPlace | undefined {
  const holder = place.key === "name" && place.parent?.key === "lit" ? placeAbove(place, 2) : place.parent;
  if (!holder || !isObj(holder.data) || !isObj(holder.data.lit)) return undefined;
  const { name } = holder.data.lit;
  return typeof name === "string" && holder.data.name === name ? holder : undefined;
}
