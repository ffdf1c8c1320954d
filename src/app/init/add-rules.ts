import { parseDocument } from "yaml";
import type { Override, Rename } from "../../model/config.ts";

/** Adds rules to the text of a configuration that has none yet; everything else, comments included, stays as it is. */
export function withRules(
  text: string,
  { renames, overrides }: { readonly renames: readonly Rename[]; readonly overrides: readonly Override[] },
): string {
  const document = parseDocument(text);
  if (renames.length > 0) document.set("renames", document.createNode(renames));
  if (overrides.length > 0) document.set("overrides", document.createNode(overrides));
  return document.toString({ lineWidth: 0 });
}
