import { defined } from "../../model/defined.ts";
import { isScalar, type Scalar } from "yaml";
import type { TextEdit } from "../../model/kind.ts";
import { applyEdits } from "../../model/apply-edits.ts";
import { contextOf, extentOf } from "./edits.ts";
import { PromptNameError } from "./errors.ts";
import { escapeInLiteral } from "./expression.ts";
import { parsedFlow, type FlowDoc } from "./parse.ts";
import { childrenOf, rootPlace, type FlowPlace } from "./place.ts";
import { referenceAt, type FlowReference } from "./references.ts";
import { respell, type Splice } from "./scalar.ts";
import { wholeScalar, type Site } from "./site.ts";
import { sitesOf } from "./sites.ts";

/** A name that may change; `kind` is `data-action-category` for the category part of a data action's name. */
export interface RenamedName {
  readonly kind: string;
  readonly name: string;
  /** API type of a flow, where the place tells. */
  readonly type?: string;
  /** Category of a data action. */
  readonly category?: string;
}

/** New name for a name, or undefined when it stays. */
export type Renamer = (ref: RenamedName) => string | undefined;

/** A flow with other names. */
export interface RenamedFlow {
  /** Identical outside the changed names. */
  readonly text: string;
  /** What changed, in the order of the text. */
  readonly edits: readonly TextEdit[];
  /** How many names changed. */
  readonly count: number;
  /** What the new text names. Undefined where a new name may change what a place means: only reading the text again tells then. */
  readonly references: FlowReference[] | undefined;
}

/** Names that mean something else than an object's name: ids, and the prefix of prompts (architect-yaml §7, §8). */
const NO_PLAIN_NAME = /^prompt(?:system)?\.|[0-9a-f]{8}-[0-9a-f]{4}-/i;

/**
 * Applies renames everywhere a flow names something: values, map keys, both copies of doubled names, string literals
 * in expressions, prompt tokens, its own name and its division. Parts of the flow keep their names (architect-yaml §3).
 * @param rename asked for every name that is written out; computed ones cannot be renamed
 * @param own the flow's own new name and division, where they are not what `rename` says
 * @throws FlowSyntaxError when the text is not a flow
 * @throws PromptNameError when a prompt would get a name that no prompt can have
 */
export function renameReferences(
  input: string | FlowDoc,
  rename: Renamer,
  own: { readonly name?: string; readonly division?: string } = {},
): RenamedFlow {
  const doc = parsedFlow(input);
  const sites = [...ownName(doc), ...sitesOf(doc)].map((site): RenamedSite => ({
    site,
    name: ownPart(site, own) ?? newName(site, rename) ?? site.name,
  }));
  const changed = sites.filter(({ site, name }) => name !== site.name);
  const isPlain = changed.every(({ site, name }) => site.form !== "key" && !NO_PLAIN_NAME.test(name));
  const references = isPlain ? sites.flatMap(({ site, name }) => referenceAt({ ...site, name }) ?? []) : undefined;
  const count = changed.length;
  const edits = [...splicesOf(changed)]
    .map(([scalar, { place, splices }]) => editOf(scalar, place, splices, doc.text))
    .sort((a, b) => a.start - b.start);
  return { text: count === 0 ? doc.text : applyEdits(doc.text, edits), edits, count, references };
}

/** A site and the name that belongs there. */
interface RenamedSite {
  readonly site: Site;
  readonly name: string;
}

/** What changes in each scalar, because one expression may hold several names. @throws PromptNameError */
function splicesOf(changed: readonly RenamedSite[]): Map<Scalar, { place: FlowPlace; splices: Splice[] }> {
  const changes = new Map<Scalar, { place: FlowPlace; splices: Splice[] }>();
  for (const { site, name } of changed) {
    if (site.form === "prompt" && !/^\w+$/.test(name)) throw new PromptNameError(site.name, name);
    const [start, end] = site.span;
    const change = changes.get(site.scalar) ?? { place: site.place, splices: [] };
    change.splices.push({ start, end, text: site.quoted ? escapeInLiteral(name) : name });
    changes.set(site.scalar, change);
  }
  return changes;
}

/** The name or division that was given for the flow itself. */
function ownPart(site: Site, own: { readonly name?: string; readonly division?: string }): string | undefined {
  if (site.kind === "division") return own.division;
  return site.form === "own" ? own.name : undefined;
}

function newName(site: Site, rename: Renamer): string | undefined {
  if (site.dynamic || site.form === "guid") return undefined;
  const { kind, name, type, category } = site;
  return rename(
    defined({
      kind,
      name,
      type,
      category,
    }),
  );
}

function ownName(doc: FlowDoc): Site[] {
  const [content] = childrenOf(rootPlace(doc), doc.text);
  const name = content && childrenOf(content, doc.text).find((place) => place.key === "name");
  if (!name || !isScalar(name.node)) return [];
  return [wholeScalar(name.node, name, { kind: "flow", form: "own", type: doc.type })];
}

function editOf(scalar: Scalar, place: FlowPlace, splices: readonly Splice[], text: string): TextEdit {
  const { start, end } = extentOf(scalar);
  return { start, end, text: respell(scalar, text.slice(start, end), splices, contextOf(place, scalar)) };
}
