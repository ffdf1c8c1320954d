import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Blocked } from "../model/obstacles.ts";
import type { Action } from "../model/report.ts";
import type { Difference } from "../drift/compare.ts";
import { claimNeeds } from "./claims.ts";
import type { Draft, Need } from "./needs.ts";
import { contentReferences, nameIndex, parentReference, references } from "../canonical/references.ts";

/** Drafts of the differences that can be written, and why the others cannot. */
export function draftsOf(
  differences: readonly Difference[],
  kinds: ReadonlyMap<string, Kind>,
  prune: boolean,
): { drafts: Draft[]; blocked: Blocked[] } {
  const drafts: Draft[] = [];
  const blocked: Blocked[] = [];
  for (const difference of differences) {
    const kind = kinds.get(splitCoordinate(difference.coordinate).kind);
    if (kind === undefined || kind.mode !== "write" || (difference.action === "delete" && !prune)) continue;
    const reason = unwritable(kind, difference);
    if (reason === undefined) drafts.push({ difference, kind });
    else blocked.push({ coordinate: difference.coordinate, ...reason });
  }
  return { drafts, blocked };
}

function unwritable(kind: Kind, { action, edits }: Difference): Omit<Blocked, "coordinate"> | undefined {
  const { write } = kind;
  const can = { create: write?.create, update: write?.update, rename: write?.update, delete: write?.remove }[action];
  if (can === undefined) {
    return {
      code: "not-writable",
      message: `Genesys Cloud has no operation to ${action} a ${kind.title.toLowerCase()}`,
    };
  }
  if (action !== "update") return undefined;
  const fixed = edits.find((edit) => isImmutable(kind, edit.path));
  if (fixed === undefined) return undefined;
  return {
    code: "immutable-field",
    message: `${fixed.path} is fixed when the object is created; delete the object in the standby so that the next plan creates it again`,
  };
}

function isImmutable(kind: Kind, path: string): boolean {
  const property = path.split("/")[1] ?? "";
  return kind.schema.properties?.[property]?.["x-lockstep"]?.immutable === true;
}

/**
 * Which drafts need which, and drafts that refer to something that neither the standby has nor the plan creates.
 * @param setAside names that several objects share: what refers to one of them cannot be written, and is `ambiguous`
 */
export function needsOf(
  drafts: readonly Draft[],
  known: ReadonlyMap<Coordinate, string>,
  setAside: ReadonlySet<Coordinate> = new Set(),
): { needs: Need[]; blocked: Blocked[]; ambiguous: Blocked[] } {
  const planned = new Map(drafts.map((draft) => [draft.difference.coordinate, draft]));
  const actions = new Map(drafts.map(({ difference }) => [difference.coordinate, difference.action]));
  const named = nameIndex([...known.keys(), ...actions.keys()]);
  const twins = nameIndex(setAside);
  const referrers = currentReferrers(drafts);
  const needs: Need[] = claimNeeds(drafts);
  const blocked: Blocked[] = [];
  const ambiguous: Blocked[] = [];
  for (const { difference, kind } of drafts) {
    const { coordinate, wanted } = difference;
    if (wanted === undefined) {
      needs.push(...(referrers.get(coordinate) ?? []).map((to): Need => ({ from: coordinate, to, strength: "hard" })));
      continue;
    }
    const fields = fieldNeeds(kind, coordinate, wanted);
    const parent = parentReference(kind, splitCoordinate(coordinate).key);
    needs.push(...fields.flatMap((need) => ordering(need, planned.get(need.to), need.to === parent)));
    needs.push(...contentNeeds(contentTargets(kind, coordinate, wanted, named), coordinate, actions));
    const dangling = fields.filter(({ to }) => !actions.has(to) && !known.has(to) && !setAside.has(to));
    blocked.push(...dangling.map(({ to }) => missingReference(coordinate, to)));
    const targets = [...fields.map(({ to }) => to), ...contentTargets(kind, coordinate, wanted, twins)];
    ambiguous.push(...targets.filter((to) => setAside.has(to)).map((to) => ambiguousReference(coordinate, to)));
  }
  return { needs, blocked, ambiguous };
}

/**
 * A field's need as far as it says something about the order: the other object has to be made first. What is in an object
 * may use what the object is about to get, such as a classification of a site's number plans; and what an update of the
 * other object writes along is written after it.
 */
function ordering(need: Need, other: Draft | undefined, isParent: boolean): Need[] {
  const action = other?.difference.action;
  if (action === "create") return [need];
  const isFirst = isParent || other?.kind.write?.writesReferrers === true;
  return action === "rename" || (action === "update" && isFirst) ? [{ ...need, strength: "soft" }] : [];
}

function contentNeeds(
  targets: readonly Coordinate[],
  from: Coordinate,
  actions: ReadonlyMap<Coordinate, Action>,
): Need[] {
  return targets.flatMap((to): Need[] => {
    const action = actions.get(to);
    if (action === "update") return [{ from, to, strength: "soft" }];
    return action === "create" || action === "rename" ? [{ from, to, strength: "text" }] : [];
  });
}

function missingReference(coordinate: Coordinate, to: Coordinate): Blocked {
  return { coordinate, code: "missing-reference", message: `Refers to ${to}, which is neither there nor created` };
}

function ambiguousReference(coordinate: Coordinate, to: Coordinate): Blocked {
  return { coordinate, code: "missing-reference", message: `Refers to ${to}, and several objects have that name` };
}

function fieldNeeds(kind: Kind, coordinate: Coordinate, wanted: Obj): Need[] {
  const parent = parentReference(kind, splitCoordinate(coordinate).key);
  const refs = references(kind, wanted).filter((ref) => !(ref.omitSelf && ref.coordinate === coordinate));
  return [
    ...refs.map((ref) => ({ from: coordinate, to: ref.coordinate, strength: ref.phase2 ? "later" : "hard" }) as const),
    ...(parent === undefined ? [] : [{ from: coordinate, to: parent, strength: "hard" } as const]),
  ];
}

/** Objects that the text names; a name that nothing has is told by the organisation when the text is published. */
function contentTargets(
  kind: Kind,
  coordinate: Coordinate,
  wanted: Obj,
  named: ReturnType<typeof nameIndex>,
): Coordinate[] {
  const targets = contentReferences(kind, wanted).map(named);
  return targets.filter((to): to is Coordinate => to !== undefined && to !== coordinate);
}

/** Deleted objects → the drafts whose current state refers to them: those are deleted or changed first. */
function currentReferrers(drafts: readonly Draft[]): Map<Coordinate, Coordinate[]> {
  const deleted = new Set(
    drafts.flatMap(({ difference }) => (difference.action === "delete" ? [difference.coordinate] : [])),
  );
  const referrers = new Map<Coordinate, Coordinate[]>();
  if (deleted.size === 0) return referrers;
  const named = nameIndex(deleted);
  for (const { kind, difference } of drafts) {
    const { coordinate, current } = difference;
    if (current === undefined) continue;
    const targets = [
      ...references(kind, current).map((ref) => ref.coordinate),
      ...contentTargets(kind, coordinate, current, named),
    ];
    for (const target of new Set(targets)) {
      if (target === coordinate || !deleted.has(target)) continue;
      const list = referrers.get(target) ?? [];
      list.push(coordinate);
      referrers.set(target, list);
    }
  }
  return referrers;
}
