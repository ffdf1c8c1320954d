import { isMap, isSeq } from "yaml";
import { parseFlow } from "./parse.ts";
import type { FlowPlace } from "./place.ts";
import { referenceAt, type FlowReference } from "./references.ts";
import { sitesOf } from "./sites.ts";

/**
 * The flow without the actions and menu choices that name certain objects: what can be published while those objects do
 * not exist yet, such as the first of two flows that transfer to each other (architect-yaml §11). A reference that is not
 * part of an action stays. The layout of the text is not kept: it is published once and then replaced.
 * @throws FlowSyntaxError
 */
export function withoutReferences(text: string, drops: (reference: FlowReference) => boolean): string {
  const doc = parseFlow(text);
  for (const site of sitesOf(doc)) {
    const reference = referenceAt(site);
    if (reference !== undefined && drops(reference)) removeAction(site.place);
  }
  return doc.tree.toString({ lineWidth: 0 });
}

/** Actions and choices are maps of one key inside a list (architect-yaml §2). */
function removeAction(place: FlowPlace): void {
  for (let at: FlowPlace | undefined = place; at !== undefined; at = at.parent) {
    const list = at.parent?.node;
    if (!isSeq(list) || !isMap(at.node) || at.node.items.length !== 1) continue;
    list.items = list.items.filter((item) => item !== at?.node);
    return;
  }
}
