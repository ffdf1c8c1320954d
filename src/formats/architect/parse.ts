import type { ErrorCode } from "../../model/catalogue/codes.ts";
import { defined } from "../../model/defined.ts";
import { isMap, isScalar, LineCounter, parseDocument, visit, type Document, type Node, type YAMLMap } from "yaml";
import { isObj, type Obj } from "../../model/json.ts";
import { keyText, scalarText, toJson } from "./data.ts";
import { FlowSyntaxError } from "./errors.ts";

/** A flow, read once: what the verbs of this directory work on. */
export interface FlowDoc {
  /** The bytes as they came. */
  readonly text: string;
  /** Top-level key, such as `inboundCall`. */
  readonly rootKey: string;
  /** The type as the API has it, such as `inboundcall` or `bot`. */
  readonly type: string;
  readonly name: string;
  readonly division?: string;
  /** The whole document as plain data, top-level key included. */
  readonly structure: Obj;
  /** Syntax tree of the document; node ranges are offsets into `text`. */
  readonly tree: Document.Parsed;
}

/** API flow types whose YAML key is not just another spelling of them (architect-yaml §2). */
const TYPE_OF_KEY: ReadonlyMap<string, string> = new Map([
  ["botflow", "bot"],
  ["digitalbotflow", "digitalbot"],
]);

/** The API's flow type for a top-level key: `inboundCall` → `inboundcall`, `botFlow` → `bot`. */
export function flowTypeOf(rootKey: string): string {
  const lower = rootKey.toLowerCase();
  return TYPE_OF_KEY.get(lower) ?? lower;
}

type Fail = (code: ErrorCode, message: string, offset: number) => never;

const FIX = "Export the flow again, or correct the file at that place.";

/**
 * Reads the YAML of one flow.
 * @throws FlowSyntaxError `flow-yaml` (not YAML), `flow-duplicate-key`, `flow-alias` (an anchor is used, which
 * Architect never writes), `flow-root` (not exactly one flow), `flow-name` (no name)
 */
export function parseFlow(text: string): FlowDoc {
  const lines = new LineCounter();
  const fail: Fail = (code, message, offset) => {
    throw new FlowSyntaxError(code, message, FIX, lines.linePos(offset));
  };
  const tree = parseDocument(text, { version: "1.2", schema: "core", lineCounter: lines, prettyErrors: false });
  const error = tree.errors[0];
  if (error) fail(error.code === "DUPLICATE_KEY" ? "flow-duplicate-key" : "flow-yaml", error.message, error.pos[0]);
  if (text.includes("*")) refuseAliases(tree, fail);

  const { rootKey, content } = rootOf(tree, text, fail);
  const name = content.get("name", true);
  if (!isScalar(name) || name.value === null) return fail("flow-name", "The flow has no name", startOf(content));
  const division = content.get("division", true);
  const structure = toJson(tree.contents, text);
  return defined({
    text,
    rootKey,
    type: flowTypeOf(rootKey),
    name: scalarText(name),
    division: isScalar(division) && division.value !== null ? scalarText(division) : undefined,
    structure: isObj(structure) ? structure : {},
    tree,
  });
}

/** The flow itself when it was read before, so that each verb can be given either. */
export function parsedFlow(input: string | FlowDoc): FlowDoc {
  return typeof input === "string" ? parseFlow(input) : input;
}

function refuseAliases(tree: Document.Parsed, fail: Fail): void {
  visit(tree, { Alias: (_key, alias) => fail("flow-alias", "YAML aliases are not used in flows", startOf(alias)) });
}

function rootOf(tree: Document.Parsed, text: string, fail: Fail): { rootKey: string; content: YAMLMap } {
  const root = tree.contents;
  if (!isMap(root)) return fail("flow-root", "A flow is a map with one top-level key, its type", startOf(root));
  const [pair, second] = root.items;
  if (!pair) return fail("flow-root", "The file holds no flow", startOf(root));
  if (second)
    return fail(
      "flow-root",
      `The flow has a second top-level key, ${keyText(second.key, text)}; expected one, its type`,
      startOf(second.key),
    );
  const content: unknown = pair.value;
  const rootKey = keyText(pair.key, text);
  if (!isMap(content)) return fail("flow-root", `${rootKey} holds no flow`, startOf(pair.key));
  return { rootKey, content };
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
