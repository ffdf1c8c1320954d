import type { StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import type { Coordinate } from "../../model/coordinate.ts";
import { byCodePoint, textOf, type Json } from "../../model/json.ts";
import type { StackChange, StackChanges } from "../../report/stack-text.ts";
import { pointerOfPath } from "../../formats/property-path.ts";

type OldState = NonNullable<StepEventMetadata["old"]>;

/** What is read of a step that the engine announces. */
export type Step = Pick<StepEventMetadata, "op" | "urn" | "type" | "detailedDiff" | "diffs" | "keys"> & {
  readonly old?: (Pick<OldState, "urn"> & Partial<Pick<OldState, "outputs" | "retainOnDelete">>) | null | undefined;
};

/** What the engine's own bookkeeping needs, and nobody asked for. */
const BOOKKEEPING = /^pulumi:(pulumi:Stack|providers:)/;

/** Types of the provider for Genesys Cloud: their logical names are coordinates. */
const GENESYS = /^gclockstep:/;

/** Prefix of the coordinate in the name of what closes a cycle. */
const LINK = "link/";

const ACTIONS: { readonly [op: string]: StackChange["action"] | "same" } = {
  same: "same",
  import: "import",
  update: "update",
  create: "create",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  "import-replacement": "replace",
};

/** Of several steps for one resource, the one with the highest rank says what happens to it. */
const RANK = ["same", "import", "update", "create", "delete", "replace"];

/** Is a step about a resource that people know of, and does it change or count it? */
export function isShown({ op, type }: Step): boolean {
  return ACTIONS[op] !== undefined && !BOOKKEEPING.test(type);
}

/** What a resource is called: an object of an organisation by its coordinate, everything else by type and name. */
export function nameOf(urn: string): { readonly coordinate: Coordinate; readonly second: boolean } {
  const [, , types = "", ...rest] = urn.split("::");
  const name = rest.join("::");
  const type = types.slice(types.lastIndexOf("$") + 1);
  if (!GENESYS.test(type)) return { coordinate: `${type}/${name}`, second: false };
  const second = name.startsWith(LINK);
  return { coordinate: second ? name.slice(LINK.length) : name, second };
}

/** What happens to the resources of a stack, and which objects stay as they are. */
export interface ResourceChanges extends StackChanges {
  readonly kept: readonly Coordinate[];
  /** Objects that only the state forgets: no request is sent for such a delete. */
  readonly forgotten: readonly Coordinate[];
}

/**
 * The steps of a preview or an update, as one change for each resource, by name.
 * @param isLeft does the provider leave an object alone when it is told to delete it?
 */
export function changesOf(
  stack: string,
  steps: readonly Step[],
  isLeft: (coordinate: Coordinate) => boolean = () => false,
): ResourceChanges {
  const byUrn = new Map<string, Step[]>();
  for (const step of steps.filter(isShown)) byUrn.set(step.urn, [...(byUrn.get(step.urn) ?? []), step]);
  const told = [...byUrn].map(([urn, own]) => ({ urn, change: changeOf(urn, own) }));
  const changes = told.flatMap(({ change }) => (change === undefined ? [] : [change]));
  const same = told.filter(({ change }) => change === undefined).map(({ urn }) => nameOf(urn));
  return {
    stack,
    changes: changes.sort((a, b) => byCodePoint(a.coordinate, b.coordinate)),
    same: same.length,
    kept: same.filter(({ second }) => !second).map(({ coordinate }) => coordinate),
    forgotten: steps.filter((step) => isForgotten(step, isLeft)).map(({ urn }) => nameOf(urn).coordinate),
  };
}

/** The provider goes by what the object is called now, which may be another name than the resource has. */
function isForgotten({ op, urn, type, old }: Step, isLeft: (coordinate: Coordinate) => boolean): boolean {
  const { coordinate, second } = nameOf(urn);
  if (op !== "delete" || second || !GENESYS.test(type)) return false;
  return old?.retainOnDelete === true || isLeft(textOf(old?.outputs?.["coordinate"] as Json | undefined) || coordinate);
}

function changeOf(urn: string, steps: readonly Step[]): StackChange | undefined {
  const ranked = steps.map((step) => RANK.indexOf(ACTIONS[step.op] ?? "same"));
  const action = RANK[Math.max(...ranked)] as StackChange["action"] | "same";
  const { coordinate, second } = nameOf(urn);
  const from = steps.map(({ old }) => old?.urn).find((old) => old !== undefined && old !== urn);
  if (action === "same" && from === undefined) return undefined;
  // What closes a cycle is a resource of its own to the engine, and a second pass over an object to everybody else.
  const told = action === "same" || (second && action === "create") ? "update" : action;
  const edits = new Set(action === "update" || action === "replace" ? steps.flatMap(editsOf) : []);
  return {
    coordinate,
    action: told,
    edits: [...edits].sort(),
    ...(action !== "import" && steps.some(({ op }) => op === "import") ? { imported: true } : {}),
    ...(second ? { second: true } : {}),
    ...(from === undefined ? {} : { from: nameOf(from).coordinate }),
  };
}

function editsOf({ detailedDiff, diffs, keys }: Step): string[] {
  const paths = Object.keys(detailedDiff ?? {});
  return (paths.length > 0 ? paths : [...(diffs ?? []), ...(keys ?? [])]).map(pointerOfPath);
}
