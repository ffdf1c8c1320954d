import { isMap, isScalar, isSeq, type Scalar } from "yaml";
import { isList, isObj, type Json } from "../../model/json.ts";
import { formatPointer } from "../../model/pointer.ts";
import { keyText } from "./data.ts";
import { arrange } from "./lists.ts";
import type { FlowDoc } from "./parse.ts";

/** One node of a flow with the way to it. */
export interface FlowPlace {
  readonly parent: FlowPlace | undefined;
  /** Its part of the pointer; undefined where pointers leave a level out (`task:` inside `tasks`, and the root). */
  readonly segment: string | undefined;
  /** The map key it stands under; undefined for items of a list. */
  readonly key: string | undefined;
  /** The key's own node, when it is a scalar. */
  readonly keyNode: Scalar | undefined;
  /** For an item of a named list: the key below it that pointers leave out. */
  readonly unwrap: string | undefined;
  readonly node: unknown;
  readonly data: Json;
}

/** The place so many levels above another one; undefined where there are not that many. */
export function placeAbove(place: FlowPlace, levels: number): FlowPlace | undefined {
  let at: FlowPlace | undefined = place;
  for (let level = 0; level < levels && at !== undefined; level += 1) at = at.parent;
  return at;
}

/** The document as a place. */
export function rootPlace(doc: FlowDoc): FlowPlace {
  const nothing = { parent: undefined, segment: undefined, key: undefined, keyNode: undefined, unwrap: undefined };
  return { ...nothing, node: doc.tree.contents, data: doc.structure };
}

/**
 * RFC 6901 pointer to a place in the form that comparisons have: parts by name instead of position, such as
 * `/inboundCall/tasks/Billing/actions/2/transferToAcd/targetQueue/lit/name`.
 */
export function placePointer(place: FlowPlace): string {
  const segments: string[] = [];
  for (let at: FlowPlace | undefined = place; at; at = at.parent)
    if (at.segment !== undefined) segments.push(at.segment);
  return formatPointer(segments.reverse());
}

/** What lies directly under a place: in file order, sets in the order in which they are compared. */
export function childrenOf(place: FlowPlace, text: string): FlowPlace[] {
  const { node, data } = place;
  if (isMap(node) && isObj(data)) {
    return node.items.map((pair): FlowPlace => {
      const key = keyText(pair.key, text);
      const segment = place.unwrap === key ? undefined : key;
      const keyNode = isScalar(pair.key) ? pair.key : undefined;
      return { parent: place, segment, key, keyNode, unwrap: undefined, node: pair.value, data: data[key] ?? null };
    });
  }
  if (!isSeq(node) || !isList(data)) return [];
  const item = (segment: string, index: number, unwrap?: string): FlowPlace => {
    const found = { node: node.items[index], data: data[index] ?? null };
    return { parent: place, segment, key: undefined, keyNode: undefined, unwrap, ...found };
  };
  const arrangement = arrange(place.key ?? "", data);
  if (!arrangement) return data.map((_item, index) => item(String(index), index));
  return arrangement.items.map(({ segment, index, unwrap }) => item(segment, index, unwrap));
}

/** Visits a place and everything below it, parents first. */
export function walk(place: FlowPlace, text: string, visit: (place: FlowPlace) => void): void {
  visit(place);
  for (const child of childrenOf(place, text)) walk(child, text, visit);
}
