import { isMap, isScalar } from "yaml";
import { isObj } from "../../model/json.ts";
import { scalarText } from "./data.ts";
import { expressionSites } from "./expressionSites.ts";
import { guidSites } from "./guids.ts";
import { flowTypeOf, type FlowDoc } from "./parse.ts";
import { childrenOf, rootPlace, walk, type Place } from "./place.ts";
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
function keySites(place: Place, doc: FlowDoc): Site[] {
  const { key } = place;
  if (key === undefined || !isMap(place.node) || isName(place)) return [];
  if (key === "category") return childrenOf(place, doc.text).flatMap((category) => actionSites(category, doc));
  if (key === "lexBot") return childrenOf(place, doc.text).flatMap((region) => keysOf(region, doc, "lex-bot"));
  const named = namedByKeys(key);
  return named ? keysOf(place, doc, named.kind, named.type) : [];
}

/** Is the key itself a name? A bot may be called `dataTable`. Directly below the flow's own type no key is. */
function isName(place: Place): boolean {
  const above = place.parent?.parent?.parent ? (place.parent.key ?? "") : "";
  return NAMED_BY_KEY.has(above) || namedByKeys(above) !== undefined;
}

const NAMED_BY_KEY: ReadonlySet<string> = new Set(["category", "dataAction", "bridgeAction", "lexBot"]);

function keysOf(place: Place, doc: FlowDoc, kind: string, type?: string, category?: string): Site[] {
  return childrenOf(place, doc.text).flatMap((child) => {
    if (!child.keyNode || !isObj(child.data) || NOT_NAMES.has(child.key ?? "")) return [];
    const belongs = category === undefined ? {} : { category };
    return [wholeScalar(child.keyNode, child, { kind, form: "key", type, ...belongs })];
  });
}

/** `category.<CATEGORY>.dataAction.<NAME>`: the category is renamed with the action but is no object itself. */
function actionSites(category: Place, doc: FlowDoc): Site[] {
  const names = childrenOf(category, doc.text).flatMap((list) => {
    const kind = list.key === "dataAction" ? "data-action" : list.key === "bridgeAction" ? "bridge-action" : undefined;
    return kind === undefined ? [] : keysOf(list, doc, kind, undefined, category.key);
  });
  if (names.length === 0 || !category.keyNode) return names;
  const own = wholeScalar(category.keyNode, category, { kind: "data-action-category", form: "key", companion: true });
  return [own, ...names];
}

/** `{lit: {name}}`, the bare `{name}`, the second copy of a doubled name, and the flow's division. */
function valueSites(place: Place, doc: FlowDoc): Site[] {
  const parent = place.parent;
  if (!parent || !isScalar(place.node) || place.node.value === null) return [];
  if (place.key === "division" && !parent.parent?.parent) {
    return [wholeScalar(place.node, place, { kind: "division", form: "value" })];
  }
  if (place.key === "prompt" && /^prompt\./i.test(scalarText(place.node)))
    return nameSite(place, parent, "prompt", doc);
  if (place.key !== "name") return [];
  const inList = parent.key === undefined && parent.parent?.key === "lit";
  if (parent.key === "lit" || inList) return nameSite(place, parent, kindAround(parent) ?? "unknown", doc);
  if (isObj(parent.data) && isObj(parent.data.lit) && parent.data.lit.name === place.data) {
    return nameSite(place, parent, kindAround(parent) ?? "unknown", doc).map((site) => ({ ...site, companion: true }));
  }
  const copied = referencedCopy(place, parent);
  if (copied) return [copied];
  const kind = bareNameKind(parent);
  return kind === undefined ? [] : nameSite(place, parent, kind, doc);
}

function nameSite(place: Place, holder: Place, kind: string, doc: FlowDoc): Site[] {
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
function bareNameKind(holder: Place): string | undefined {
  if (holder.key === undefined || holder.parent?.key === undefined || !isObj(holder.data)) return undefined;
  if (holder.key === "engine") return holder.parent.key === "speechToText" ? "stt-engine" : undefined;
  if (holder.key === "guide") return "guide";
  return Object.keys(holder.data).length === 1 && holder.parent.key !== "inputs" ? kindOfKey(holder.key) : undefined;
}

function flowTypeAround(holder: Place, caller: string): string | undefined {
  const owner = holderOf(holder);
  return targetFlowType(owner?.key ?? "", owner?.parent?.key ?? "", caller);
}

/** `referencedObjects.flows[].flow.name`: newer exports carry copies of what a flow calls (architect-yaml §2, unverified). */
function referencedCopy(place: Place, holder: Place): Site | undefined {
  if (holder.parent?.parent?.parent?.key !== "referencedObjects" || !isScalar(place.node)) return undefined;
  const kind = holder.key === "dataAction" ? "data-action" : kindOfKey(holder.key ?? "");
  if (kind === undefined || !isObj(holder.data)) return undefined;
  const { type, category } = holder.data;
  const about = { kind, form: "value", companion: true } as const;
  if (kind === "flow" && typeof type === "string")
    return wholeScalar(place.node, place, { ...about, type: flowTypeOf(type) });
  return wholeScalar(place.node, place, typeof category === "string" ? { ...about, category } : about);
}
