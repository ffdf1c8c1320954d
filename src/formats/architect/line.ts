import { isNode } from "yaml";
import { parseFlow } from "./parse.ts";
import { placePointer, rootPlace, walk } from "./place.ts";

/**
 * The line (from 1) at which a place of a flow starts, or the nearest place around it that the text has.
 * @param pointer as comparisons have it, from the root of the flow
 * @throws FlowSyntaxError when the text is not a flow
 */
export function flowLine(text: string, pointer: string): number {
  let nearest = { length: -1, offset: 0 };
  walk(rootPlace(parseFlow(text)), text, (place) => {
    const at = placePointer(place);
    const covers = at === "" || pointer === at || pointer.startsWith(`${at}/`);
    const start = place.keyNode ?? (isNode(place.node) ? place.node : undefined);
    if (covers && at.length > nearest.length && start?.range) nearest = { length: at.length, offset: start.range[0] };
  });
  return text.slice(0, nearest.offset).split("\n").length;
}
