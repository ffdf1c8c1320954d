import { defined } from "../model/defined.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { ContentReference } from "../model/kind.ts";
import type { Operation, Plan } from "../model/plan.ts";
import type { Blocked } from "../model/obstacles.ts";
import { isUnlikeSecret } from "../model/open-findings.ts";
import type { Finding } from "../model/snapshot.ts";
import { objectEdits, wholeObject } from "../drift/edits.ts";
import { digestJson } from "../canonical/digest.ts";
import { firstPass } from "../canonical/phases.ts";
import { nameIndex } from "../canonical/references.ts";
import { blockedByFindings } from "./blocked-by-findings.ts";
import { beforeClaims, LEFT_OUT, rangesInUse, takenValues } from "./claims.ts";
import { draftsOf, needsOf } from "./drafts.ts";
import { guardHits } from "./guards.ts";
import { leftInside } from "./left-inside.ts";
import { withoutKept } from "./kept-values.ts";
import { orderDrafts, type OrderedDraft } from "./order.ts";
import { sealPlan } from "./plan-file.ts";
import type { PlanInput } from "./plan-input.ts";
import { permanentFindings } from "./permanent.ts";
import { blockedBySecrets, missingSecrets } from "./secret-needs.ts";

/** Turns drift into ordered operations, bound to the state of the standby. Pure: the same input gives the same plan. */
export function makePlan(input: PlanInput): Plan {
  const { open, blocked: kept } = withoutKept(input.differences, input.findings);
  const { drafts, blocked: unwritable } = draftsOf(open, input.comparison.kinds, input.prune);
  const { needs, blocked: dangling, ambiguous } = needsOf(drafts, input.target.ids, input.setAside);
  const taken = [
    ...takenValues(drafts, input.comparison),
    ...takenValues(drafts, { ...input.comparison, current: leftOut(input) }, LEFT_OUT),
    ...rangesInUse(drafts, input.comparison),
    ...leftInside(drafts, input.contents ?? new Map()),
  ];
  const told = blockedByFindings(input.findings, drafts);
  const unlike = input.findings.filter(isUnlikeSecret);
  const untold = blockedBySecrets(drafts, input.given);
  const order = orderDrafts(drafts, needs, [...told, ...unwritable, ...untold, ...dangling, ...ambiguous, ...taken]);
  const { placed } = order;
  const blocked = [...namesakesIn(input.findings), ...kept, ...order.blocked];
  const ids = new Map(placed.map(({ node }, at) => [node, `op-${String(at + 1).padStart(4, "0")}`]));
  const named = nameIndex([...input.target.ids.keys(), ...drafts.map(({ difference }) => difference.coordinate)]);
  const operations = placed.map((item) => operationOf(item, passOf(item, named), ids, input));
  const missing = missingSecrets(operations, input.comparison.kinds, input.secrets);
  return sealPlan(
    defined({
      schemaVersion: 1,
      tool: input.tool,
      source: { orgId: input.source.org.id, name: input.source.org.name },
      target: { orgId: input.target.org.id, name: input.target.org.name },
      stack: input.stack,
      selection: input.selection,
      sourceTakenAt: input.sourceTakenAt,
      prune: input.prune,
      members: input.members,
      operations,
      blocked: [...new Map(blocked.map((entry) => [entry.coordinate, entry])).values()],
      findings: [...input.findings, ...missing, ...permanentFindings(operations, input.comparison.kinds)],
      ids: Object.fromEntries(input.target.ids),
      guards: guardHits(input, operations),
      equal: equalObjects(input, new Set([...told, ...unlike].map(({ coordinate }) => coordinate))),
    }),
  );
}

/** What the target has and nothing compares. */
function leftOut({ target, comparison }: PlanInput): Map<Coordinate, Obj> {
  return new Map([...target.objects].filter(([at]) => !comparison.current.has(at)));
}

/** Objects that share their name with others cannot be kept in step: the plan says so, and is not empty. */
export function namesakesIn(findings: readonly Finding[]): Blocked[] {
  return findings.flatMap(({ code, coordinate, message }) =>
    code === "duplicate-key" ? [{ code, coordinate, message }] : [],
  );
}

/**
 * What the first of two passes writes: the object without references that close a cycle, in fields and in its text, and
 * without values that others have to let go of.
 */
function firstPassOf(
  { draft, unnamed, unclaimed }: OrderedDraft,
  wanted: Obj,
  named: ReturnType<typeof nameIndex>,
): Obj {
  const { kind, difference } = draft;
  const free = beforeClaims(unclaimed, wanted, difference.current);
  const object = firstPass(kind, free, difference.current);
  const { content } = kind;
  const text = content === undefined ? undefined : object[content.at];
  if (content === undefined || typeof text !== "string" || unnamed.size === 0) return object;
  const drops = (reference: ContentReference): boolean => unnamed.has(named(reference) ?? "");
  return { ...object, [content.at]: content.without(text, drops) };
}

/** What an operation starts from, what it leaves behind, and the edits between the two. */
type Pass = Pick<Operation, "before" | "after" | "edits">;

function passOf(placed: OrderedDraft, named: ReturnType<typeof nameIndex>): Pass {
  const { draft, phase } = placed;
  const { kind, difference } = draft;
  const { current, wanted, edits } = difference;
  if (phase === undefined || wanted === undefined) return defined({ before: current, after: wanted, edits });
  const partial = firstPassOf(placed, wanted, named);
  if (phase === 2) return { before: partial, after: wanted, edits: objectEdits(kind, partial, wanted) };
  if (current === undefined) return { after: partial, edits: wholeObject(kind, partial, "after") };
  return { before: current, after: partial, edits: objectEdits(kind, current, partial) };
}

function operationOf(
  { draft, phase, node, before: earlier, wave }: OrderedDraft,
  pass: Pass,
  ids: ReadonlyMap<string, string>,
  { target, source, origin }: PlanInput,
): Operation {
  const { coordinate, wanted, from, action } = draft.difference;
  const present = from ?? coordinate;
  const { before } = pass;
  return defined({
    id: ids.get(node) ?? node,
    wave,
    action: phase === 2 ? "update" : action,
    coordinate,
    from,
    sourceId: wanted && source.ids.get(origin.get(coordinate) ?? coordinate),
    dependsOn: earlier.map((other) => ids.get(other) ?? other).sort(),
    phase,
    targetId: action === "create" ? undefined : target.ids.get(present),
    targetDigest: before && phase !== 2 ? digestJson(before) : undefined,
    revisions: before && target.revisions.get(present),
    ...pass,
  });
}

/**
 * Ids and digest of the objects that are in step already: they become baseline with the next apply.
 * @param open objects of which something is left to do though they look the same: the baseline is what tells
 */
function equalObjects(
  { comparison, differences, source, target, origin }: PlanInput,
  open: ReadonlySet<Coordinate>,
): Plan["equal"] {
  const different = new Set(differences.map(({ coordinate }) => coordinate));
  const entries = [...comparison.desired].flatMap(([coordinate, object]): [string, [string, string, string]][] => {
    if (
      different.has(coordinate) ||
      open.has(coordinate) ||
      comparison.kinds.get(splitCoordinate(coordinate).kind)?.mode !== "write"
    )
      return [];
    const sourceId = source.ids.get(origin.get(coordinate) ?? coordinate) ?? "";
    return [[coordinate, [sourceId, target.ids.get(coordinate) ?? "", digestJson(object)]]];
  });
  return Object.fromEntries(entries);
}
