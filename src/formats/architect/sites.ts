import { isMap, isScalar } from "yaml";
import { isObj, type Obj } from "../../model/json.ts";
import { scalarText } from "./data.ts";
import { expressionSites } from "./expression-sites.ts";
import { guidSites } from "./guids.ts";
import { flowTypeOf, type FlowDoc } from "./parse.ts";
import { childrenOf, placeAbove, rootPlace, walk, type FlowPlace } from "./place.ts";
import { wholeScalar, type Site } from "./site.ts";
import { kindAround, holderOf } from "./surroundings.ts";
import { kindOfKey, namedByKeys, NOT_NAMES, targetFlowType } from "./vocabulary.ts";

/** Every place where a flow names another object, in file order of the places that hold them (architect-yaml §4, §7, §11). */
export function sitesOf(doc: FlowDoc): Site[] {
  const sites: Site[] = [];
  walk(rootPlace(doc), doc.text, (place) => {
    if (place.parent?.parent === undefined) return;
    if (!isScalar(place.node)) sites.push(...keySites(place, doc));
    else sites.push(...valueSites(place, doc), ...expressionSites(place), ...guidSites(place));
  });
  return sites;
}

/** Names in map keys (architect-yaml §4.2, §4.3, §4.6, §4.7). */
function keySites(place: FlowPlace, doc: FlowDoc): Site[] {
  const { key } = place;
  if (key === undefined || !isMap(place.node) || isName(place)) return [];
  if (key === "category") return childrenOf(place, doc.text).flatMap((category) => actionSites(category, doc));
  if (key === "lexBot")
    return childrenOf(place, doc.text).flatMap((region) => keysOf(region, doc, { kind: "lex-bot" }));
  const named = namedByKeys(key);
  return named ? keysOf(place, doc, named) : [];
}

/** Is the key itself a name? A bot may be called `dataTable`. Directly below the flow's own type no key is. */
function isName(place: FlowPlace): boolean {
  const above = place.parent?.parent?.parent ? (place.parent.key ?? "") : "";
  return NAMED_BY_KEY.has(above) || namedByKeys(above) !== undefined;
}

const NAMED_BY_KEY: ReadonlySet<string> = new Set(["category", "dataAction", "bridgeAction", "lexBot"]);

function keysOf(place: FlowPlace, doc: FlowDoc, about: Pick<Site, "kind" | "type" | "category">): Site[] {
  return childrenOf(place, doc.text).flatMap((child) => {
    if (!child.keyNode || !isObj(child.data) || NOT_NAMES.has(child.key ?? "")) return [];
    return [wholeScalar(child.keyNode, child, { ...about, form: "key" })];
  });
}

/** `category.<CATEGORY>.dataAction.<NAME>`: the category is renamed with the action but is not an object itself. */
function actionSites(category: FlowPlace, doc: FlowDoc): Site[] {
  const names = childrenOf(category, doc.text).flatMap((list) => {
    const kind = list.key === "dataAction" ? "data-action" : list.key === "bridgeAction" ? "bridge-action" : undefined;
    const belongs = category.key === undefined ? {} : { category: category.key };
    return kind === undefined ? [] : keysOf(list, doc, { kind, ...belongs });
  });
  if (names.length === 0 || !category.keyNode) return names;
  const own = wholeScalar(category.keyNode, category, { kind: "data-action-category", form: "key", companion: true });
  return [own, ...names];
}

/** `{lit: {name}}`, the bare `{name}`, the second copy of a doubled name, and the flow's division. */
function valueSites(place: FlowPlace, doc: FlowDoc): Site[] {
  const { parent, node } = place;
  if (!parent || !isScalar(node) || node.value === null) return [];
  switch (place.key) {
    case "division":
      return placeAbove(place, 3) ? [] : [wholeScalar(node, place, { kind: "division", form: "value" })];
    case "prompt":
      return /^prompt\./i.test(scalarText(node)) ? nameSite(place, parent, "prompt", doc) : [];
    case "name":
      return namedSites(place, parent, doc);
    default:
      return [];
  }
}

/** What the value of a `name` names. */
function namedSites(place: FlowPlace, holder: FlowPlace, doc: FlowDoc): Site[] {
  if (isLiteral(holder)) return nameSite(place, holder, kindAround(holder) ?? "unknown", doc);
  if (isObj(holder.data) && isObj(holder.data.lit) && holder.data.lit.name === place.data) {
    return nameSite(place, holder, kindAround(holder) ?? "unknown", doc).map((site) => ({ ...site, companion: true }));
  }
  const copied = referencedCopy(place, holder);
  if (copied) return [copied];
  const kind = bareNameKind(holder);
  return kind === undefined ? [] : nameSite(place, holder, kind, doc);
}

/** Is it the value of `lit`, or an item of a list there? */
function isLiteral(holder: FlowPlace): boolean {
  return (holder.key ?? holder.parent?.key) === "lit";
}

function nameSite(place: FlowPlace, holder: FlowPlace, kind: string, doc: FlowDoc): Site[] {
  if (!isScalar(place.node)) return [];
  const text = scalarText(place.node);
  const prompt = /^prompt(system)?\./i.exec(text);
  if (prompt?.[1] !== undefined) return [];
  if (prompt) {
    const start = prompt[0].length;
    const span: [number, number] = [start, text.length];
    return [{ kind: "prompt", name: text.slice(start), form: "prompt", place, scalar: place.node, span }];
  }
  const type = kind === "flow" ? flowTypeAround(holder, doc.type) : undefined;
  return [wholeScalar(place.node, place, { kind, form: "value", type })];
}

/**
 * Kind of a bare `{name: X}`: the map holds nothing else (`guide` and the speech engine carry one more property), and it
 * is not a list item, where `name` is the part's own name.
 */
function bareNameKind(holder: FlowPlace): string | undefined {
  if (holder.key === undefined || holder.parent?.key === undefined || !isObj(holder.data)) return undefined;
  if (holder.key === "engine") return holder.parent.key === "speechToText" ? "stt-engine" : undefined;
  if (holder.key === "guide") return "guide";
  return Object.keys(holder.data).length === 1 && holder.parent.key !== "inputs" ? kindOfKey(holder.key) : undefined;
}

function flowTypeAround(holder: FlowPlace, caller: string): string | undefined {
  const owner = holderOf(holder);
  return targetFlowType(owner?.key ?? "", owner?.parent?.key ?? "", caller);
}

/** `referencedObjects.flows[].flow.name`: newer exports carry copies of what a flow calls (architect-yaml §2, unverified). */
function referencedCopy(place: FlowPlace, holder: FlowPlace): Site | undefined {
  if (placeAbove(holder, 3)?.key !== "referencedObjects" || !isScalar(place.node) || !isObj(holder.data))
    return undefined;
  const kind = holder.key === "dataAction" ? "data-action" : kindOfKey(holder.key ?? "");
  if (kind === undefined) return undefined;
  return wholeScalar(place.node, place, { ...copyFacts(kind, holder.data), form: "value", companion: true });
}

function copyFacts(kind: string, { type, category }: Obj): Pick<Site, "kind" | "type" | "category"> {
  if (kind === "flow" && typeof type === "string") return { kind, type: flowTypeOf(type) };
  return typeof category === "string" ? { kind, category } : { kind };
}
