import { isCollection, type Scalar } from "yaml";
import type { FlowPlace } from "./place.ts";
import type { ScalarContext } from "./scalar.ts";

/** Where a scalar's own characters are, quotes included and comments left out. */
export function extentOf(scalar: Scalar): { start: number; end: number } {
  const [start, end] = scalar.range ?? [0, 0];
  return { start, end };
}

/** How the value at a place has to be spelled, or the key when that is the scalar. */
export function contextOf(place: FlowPlace, scalar?: Scalar): ScalarContext {
  let inFlow = false;
  for (let at = place.parent; at; at = at.parent) inFlow ||= isCollection(at.node) && at.node.flow === true;
  return { isKey: scalar !== undefined && scalar === place.keyNode, inFlow };
}
