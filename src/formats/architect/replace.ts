import { isCollection, isMap, isNode, isPair, isScalar, type Node, type Pair } from "yaml";
import { isList, isObj, type Json } from "../../model/json.ts";
import type { TextEdit } from "../../model/kind.ts";
import { contextOf } from "./edits.ts";
import type { FlowPlace } from "./place.ts";
import { spell } from "./scalar.ts";

/**
 * The change that puts a value at a place. A scalar keeps its quotes; anything else is written in flow style on one
 * line, because the layout of what was there does not fit it.
 */
export function replacement(place: FlowPlace, value: Json, text: string): TextEdit {
  const { start, end } = spanOf(place, text);
  const old = text.slice(start, end);
  const tail = text.charAt(end) === "#" ? " " : "";
  const written = (typeof value === "string" ? spelled(place, value, old) : flowText(value)) + tail;
  const gap = separator(place, start, text);
  if (!gap) return { start, end, text: written };
  return { start: gap.start, end, text: gap.text + written };
}

function spelled(place: FlowPlace, value: string, old: string): string {
  const isQuoted = isScalar(place.node) && (place.node.type === "QUOTE_DOUBLE" || place.node.type === "QUOTE_SINGLE");
  return spell(value, isQuoted ? old : "", contextOf(place));
}

/** A value in YAML flow style that every YAML version reads alike: all keys and strings quoted. */
function flowText(value: Json): string {
  if (isList(value)) return `[${value.map(flowText).join(", ")}]`;
  if (!isObj(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${flowText(item)}`);
  return `{${entries.join(", ")}}`;
}

function spanOf(place: FlowPlace, text: string): { start: number; end: number } {
  const { node } = place;
  if (isNode(node) && node.range) return { start: node.range[0], end: contentEnd(node, text) };
  const end = pairOf(place) ? endOfKey(pairOf(place)) : 0;
  return { start: end, end };
}

/** End of a node's last character that is not white space or a comment. */
function contentEnd(node: Node, text: string): number {
  const [start, valueEnd] = node.range ?? [0, 0];
  if (isCollection(node) && node.flow !== true) {
    const last: unknown = node.items.at(-1);
    if (isPair(last)) return isNode(last.value) ? contentEnd(last.value, text) : endOfKey(last);
    return isNode(last) ? contentEnd(last, text) : valueEnd;
  }
  return start + text.slice(start, valueEnd).replace(/[\r\n]+$/, "").length;
}

/**
 * What has to stand between a key (or a dash) and a new value, where that is not what is there already: a colon or
 * a space that is missing, or a line break that only the old layout needed.
 */
function separator(place: FlowPlace, start: number, text: string): { start: number; text: string } | undefined {
  const pair = pairOf(place);
  if (!pair) return /[-,:]/.test(text.charAt(start - 1)) ? { start, text: " " } : undefined;
  const keyEnd = endOfKey(pair);
  const colon = text.indexOf(":", keyEnd);
  if (!isNode(place.node) || colon < 0) return { start: keyEnd, text: ": " };
  const between = text.slice(colon + 1, start);
  if (between === "") return { start, text: " " };
  if (!between.includes("\n")) return undefined;
  if (!between.includes("#")) return { start: colon + 1, text: " " };
  const indent = " ".repeat(columnOf(startOfKey(pair), text) + 2);
  return { start: colon + 1, text: between.slice(0, between.lastIndexOf("\n") + 1) + indent };
}

function pairOf(place: FlowPlace): Pair | undefined {
  const around = place.parent?.node;
  if (place.key === undefined || !isMap(around)) return undefined;
  return around.items.find((pair) => pair.value === place.node && (!place.keyNode || pair.key === place.keyNode));
}

function startOfKey(pair: Pair | undefined): number {
  return isNode(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0;
}

function endOfKey(pair: Pair | undefined): number {
  return isNode(pair?.key) ? (pair.key.range?.[1] ?? 0) : 0;
}

function columnOf(offset: number, text: string): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}
