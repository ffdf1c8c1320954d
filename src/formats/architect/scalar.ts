import { isMap, isScalar, parseDocument, type Scalar } from "yaml";
import { scalarText } from "./data.ts";

/** A change inside a scalar's decoded text. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where a scalar stands, as far as its spelling depends on it. */
export interface ScalarContext {
  readonly isKey: boolean;
  /** Inside `[...]` or `{...}`. */
  readonly inFlow: boolean;
}

/**
 * Source of a scalar after changes to its decoded text. Untouched characters keep their spelling and the quotes stay;
 * quotes are added where the new text needs them. A block scalar becomes a double-quoted one.
 */
export function respell(scalar: Scalar, source: string, splices: readonly Splice[], context: ScalarContext): string {
  const old = scalarText(scalar);
  const wanted = applySplices(old, splices);
  const offsets =
    scalar.type === "BLOCK_LITERAL" || scalar.type === "BLOCK_FOLDED" ? undefined : decodedOffsets(source);
  if (offsets?.length === old.length + 1) {
    const inSource = splices.map(({ start, end, text }) => ({
      start: offsets[start] ?? 0,
      end: offsets[end] ?? 0,
      text: encodePart(text, source),
    }));
    const candidate = applySplices(source, inSource);
    if (isSpelling(candidate, wanted, context)) return candidate;
  }
  const tail = /\r?\n$/.exec(source)?.[0] ?? "";
  return JSON.stringify(wanted) + tail;
}

/** Source for a text that replaces a whole scalar: plain when it was plain and can be, otherwise in its old quotes. */
export function spell(text: string, oldSource: string, context: ScalarContext): string {
  const quote = /^["']/.exec(oldSource)?.[0] ?? "";
  const candidate = quote + encodePart(text, oldSource) + quote;
  return isSpelling(candidate, text, context) ? candidate : JSON.stringify(text);
}

function applySplices(text: string, splices: readonly Splice[]): string {
  let result = "";
  let at = 0;
  for (const splice of [...splices].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return result + text.slice(at);
}

function encodePart(text: string, source: string): string {
  if (source.startsWith("'")) return text.replaceAll("'", "''");
  return source.startsWith('"') ? JSON.stringify(text).slice(1, -1) : text;
}

/**
 * For every character of a flow scalar's decoded text, and for its end, the offset in the source. Escapes and doubled
 * quotes count as the characters they stand for; line folds follow YAML 1.2 §6.5. A caller compares the length with the decoded text.
 */
function decodedOffsets(source: string): number[] {
  const quote = /^["']/.exec(source)?.[0] ?? "";
  const token = quote === '"' ? DOUBLE : quote === "'" ? SINGLE : PLAIN;
  const body = source.slice(quote.length, source.length - quote.length);
  const offsets: number[] = [];
  for (const match of body.matchAll(token)) {
    for (let unit = decodedLength(match[0]); unit > 0; unit -= 1) offsets.push(match.index + quote.length);
  }
  offsets.push(source.length - quote.length);
  return offsets;
}

const FOLD = String.raw`[ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*`;
const DOUBLE = new RegExp(String.raw`\\\r?\n[ \t]*|\\x..|\\u.{4}|\\U.{8}|\\[\s\S]|${FOLD}|[\s\S]`, "g");
const SINGLE = new RegExp(String.raw`''|${FOLD}|[\s\S]`, "g");
const PLAIN = new RegExp(String.raw`${FOLD}|[\s\S]`, "g");

function decodedLength(token: string): number {
  if (/^\\\r?\n/.test(token)) return 0;
  if (token.startsWith("\\U")) return parseInt(token.slice(2), 16) > 0xffff ? 2 : 1;
  const breaks = token.startsWith("\\") ? 0 : token.split("\n").length - 1;
  return breaks > 1 ? breaks - 1 : 1;
}

/** Does this source, standing there, read as exactly that text, in YAML 1.1 as in 1.2 (architect-yaml §10)? */
function isSpelling(source: string, text: string, context: ScalarContext): boolean {
  const line = context.isKey ? `${source}: 1` : `k: ${source}`;
  const sample = context.inFlow ? `{${line}}` : line;
  const versions = /^["']/.test(source) ? (["1.2"] as const) : (["1.2", "1.1"] as const);
  return versions.every((version) => {
    const { contents, errors } = parseDocument(sample, { version, prettyErrors: false, logLevel: "silent" });
    if (!isMap(contents) || contents.items.length !== 1 || errors.length > 0) return false;
    const [{ key, value } = { key: undefined, value: undefined }] = contents.items;
    const read: unknown = context.isKey ? key : value;
    return isScalar(read) && read.value === text && (!context.isKey || isScalar(value));
  });
}
