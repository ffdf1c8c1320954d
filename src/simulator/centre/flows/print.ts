import { Document, Scalar, visit } from "yaml";
import type { SeedObject } from "../types.ts";

const looksTechnical = (text: string): boolean =>
  text === "" || text.startsWith("/") || text.includes('"') || text.includes("\n");

/**
 * The YAML text of a flow as exports look: two-space indent, no folding, double quotes around paths, expressions with
 * quotes in them and everything that YAML 1.1 would read as another type (architect-yaml §10).
 */
export function printFlow(flow: SeedObject): string {
  const document = new Document(flow, { compat: "yaml-1.1", aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === "string" && looksTechnical(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({
    lineWidth: 0,
    blockQuote: false,
    singleQuote: false,
    defaultStringType: "PLAIN",
    doubleQuotedMinMultiLineLength: 100_000,
  });
}
