import { defined } from "../../model/defined.ts";
import { comparableFlow } from "../../formats/architect/compare.ts";
import { flowLine } from "../../formats/architect/line.ts";
import { setAt } from "../../formats/architect/literals.ts";
import { flowReferences, type FlowReference } from "../../formats/architect/references.ts";
import { renameReferences, type RenamedName } from "../../formats/architect/rename.ts";
import { withoutReferences } from "../../formats/architect/without.ts";
import { joinKey, splitKey } from "../../model/coordinate.ts";
import type { Content, ContentReference } from "../../model/kind.ts";

/**
 * A flow's YAML. Names in references and renames are natural keys where the text can tell them: a flow is
 * `type:name` where its place says the type and the bare name where it does not; a data action is `category/name`,
 * which is the end of its key (the integration is not in the text); a user is the e-mail in lower case.
 */
export const flowContent: Content = {
  at: "yaml",
  extension: "yaml",
  comparable: comparableFlow,
  references: (text) => flowReferences(text).flatMap(contentReference),
  rename: (text, nameFor) => {
    const { text: next, edits, references } = renameReferences(text, (named) => renamed(named, nameFor));
    return { text: next, edits, ...(references && { references: references.flatMap(contentReference) }) };
  },
  override: setAt,
  line: flowLine,
  without: (text, drops) => withoutReferences(text, (found) => contentReference(found).some(drops)),
};

/**
 * Ids and computed names say nothing that could be looked up by name. The division is left out because the flow's
 * own `division` tells it as a coordinate, and Home's name differs between organisations.
 */
function contentReference(found: FlowReference): ContentReference[] {
  if (found.dynamic === true || found.form === "guid" || found.kind === "unknown" || found.kind === "division")
    return [];
  const { kind, path, type } = found;
  const partial = kind === "data-action" || (kind === "flow" && type === undefined);
  return [defined({ kind, name: nameInText(found), path, partial: partial || undefined })];
}

function nameInText({ kind, name, type, category }: RenamedName): string {
  if (kind === "flow" && type !== undefined) return `${type}:${name}`;
  if (kind === "data-action" && category !== undefined) return joinKey(category, name);
  return kind === "user" ? name.toLowerCase() : name;
}

/** The new name as the text spells it, from a new key that may tell more. */
function renamed(named: RenamedName, nameFor: (kind: string, name: string) => string | undefined): string | undefined {
  const key = nameFor(named.kind, nameInText(named));
  if (key === undefined) return undefined;
  if (named.kind === "data-action" && named.category !== undefined) return splitKey(key).at(-1);
  const prefix = `${named.type ?? ""}:`;
  return named.kind === "flow" && named.type !== undefined && key.startsWith(prefix) ? key.slice(prefix.length) : key;
}
