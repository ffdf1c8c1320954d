import { defined } from "../../model/defined.ts";
import { parsedFlow, type FlowDoc } from "./parse.ts";
import { placePointer } from "./place.ts";
import type { ReferenceForm, Site } from "./site.ts";
import { sitesOf } from "./sites.ts";

/** Another object that a flow names. */
export interface FlowReference {
  /**
   * Kind as lockstep names it (`queue`, `data-action`, `flow` …); `unknown` for a name under a key that tells nothing.
   * `bridge-action`, `lex-bot`, `tts-engine`, `stt-engine`, `guide` and `script` are named by flows too.
   */
  readonly kind: string;
  /** The name as text; for a dynamic reference the expression that computes it, for an id the GUID. */
  readonly name: string;
  /** API type of the flow that is named, where the place tells. */
  readonly type?: string;
  /** Category of a data action: the first half of its name. */
  readonly category?: string;
  /** Pointer into the flow, in the form of {@link comparableFlow}. */
  readonly path: string;
  readonly form: ReferenceForm;
  /** Computed when the flow runs: cannot be checked or renamed, only reported (architect-yaml §7). */
  readonly dynamic?: true;
}

/**
 * Every object that a flow names, in file order. References inside the flow (architect-yaml §3) and system prompts are
 * left out; a doubled name counts once. Ids come with form `guid`: they are findings, not references by name.
 */
export function flowReferences(input: string | FlowDoc): FlowReference[] {
  return sitesOf(parsedFlow(input)).flatMap((site) => referenceAt(site) ?? []);
}

/** The reference at a site; undefined at the flow's own name and at what only repeats or completes another site. */
export function referenceAt(site: Site): FlowReference | undefined {
  const { kind, name, type, category, form, dynamic } = site;
  if (form === "own" || site.companion) return undefined;
  return defined({
    kind,
    name,
    type,
    category,
    path: placePointer(site.place),
    form,
    dynamic,
  });
}
