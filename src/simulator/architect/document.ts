import { isScalar, parseDocument, stringify } from "yaml";
import type { Json, JsonObject } from "../json.ts";
import { inWords, isObject, textAt } from "../json.ts";
import { flowTypeOf } from "./vocabulary.ts";

/** A flow as its YAML says it. */
export interface FlowDocument {
  readonly root: string;
  readonly type: string;
  readonly name: string;
  readonly description: string;
  readonly division: string | undefined;
  readonly content: JsonObject;
}

/** What is wrong with a YAML text, or the flow in it. */
export type Read = { readonly flow: FlowDocument } | { readonly problem: string };

/** Reads a flow's YAML: one top-level key that is a flow type, and a usable name (genesys-api §4.3). */
export function readFlow(yaml: string): Read {
  const document = parseDocument(yaml, { uniqueKeys: true });
  const error = document.errors[0];
  if (error) return { problem: `The YAML cannot be read: ${error.message}` };
  const parsed = document.toJS() as Json;
  const roots = isObject(parsed) ? Object.entries(parsed) : [];
  const [root, content] = roots[0] ?? [];
  if (roots.length !== 1 || root === undefined || !isObject(content)) {
    return { problem: "The file must have exactly one top-level key, which is the flow type." };
  }
  const type = flowTypeOf(root);
  if (type === undefined) return { problem: `'${root}' is not a flow type.` };
  const name = typeof content.name === "number" ? String(content.name) : textAt(content.name);
  const wrong = nameProblem(name);
  if (wrong !== undefined) return { problem: wrong };
  const division = content.division === undefined ? undefined : inWords(content.division);
  return { flow: { root, type, name, description: textAt(content.description), division, content } };
}

/** What the service refuses about a flow's name, undefined for a good one (genesys-api §4.3). */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "The flow has no name.";
  if (name.length > 200) return "The flow's name is longer than 200 characters.";
  if (name.includes("/")) return `The flow's name '${name}' contains a slash.`;
  if (!/[\p{L}\p{N}]/u.test(name)) return `The flow's name '${name}' has no letter or digit.`;
  if (name.endsWith("-debug")) return `The flow's name '${name}' ends in -debug.`;
  return undefined;
}

const referenceKeys: ReadonlySet<string> = new Set([
  "startUpRef",
  "targetTaskRef",
  "targetMenuRef",
  "targetStateRef",
  "defaultChildMenuRef",
]);

/** References of a flow to parts of its own that it does not have, as messages (architect-yaml §3). */
export function danglingParts(content: JsonObject): string[] {
  const parts = new Set<string>();
  const references: { key: string; value: string }[] = [];
  const visit = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        if (key === "refId" && (typeof item === "string" || typeof item === "number")) parts.add(String(item));
        if (referenceKeys.has(key) && typeof item === "string") references.push({ key, value: item });
        visit(item);
      }
    }
  };
  visit(content);
  return references.flatMap(({ key, value }) => {
    const part = /\[(.*)\]$/s.exec(value)?.[1];
    return part === undefined || parts.has(part) ? [] : [`${key}: this flow has no part '${part}'.`];
  });
}

/** The YAML with other values at `name`, `description` and `division`, every other byte as it was. */
export function withHeader(yaml: string, root: string, values: Readonly<Record<string, string>>): string {
  const document = parseDocument(yaml);
  const edits = Object.entries(values).flatMap(([key, value]) => {
    const node = document.getIn([root, key], true);
    if (!isScalar(node) || !node.range || node.value === value) return [];
    return [{ from: node.range[0], to: node.range[1], text: stringify(value, { lineWidth: 0 }).trimEnd() }];
  });
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), yaml);
}
