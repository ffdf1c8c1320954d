import { defined } from "../model/defined.ts";
import type { Coordinate } from "../model/coordinate.ts";
import { splitCoordinate } from "../model/coordinate.ts";
import type { Guards } from "../model/config.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation, Plan } from "../model/plan.ts";
import { pointerCovers } from "../model/pointer.ts";
import type { Edit } from "../model/report.ts";
import { objectEdits, wholeObject } from "../drift/edits.ts";
import { digestJson } from "../canonical/digest.ts";
import { permanentFindings } from "./permanent.ts";
import { operationHits } from "./guards.ts";
import { sealPlan } from "./plan-file.ts";
import type { Target } from "./target.ts";

/** Operations of a plan that were carried out, and the guards that their inverse has to pass. */
export interface AppliedOperations {
  readonly plan: Plan;
  readonly done: readonly Operation[];
  readonly guards: Guards;
}

/**
 * The plan that takes back what was done: the inverse of each operation, in the opposite order.
 * @param written the objects as they are after the apply
 */
export function undoPlan(
  { plan, done: all, guards }: AppliedOperations,
  target: Target,
  written: ReadonlyMap<Coordinate, Obj>,
): Plan {
  const done = all.filter((operation) => !isPermanent(operation, target));
  const lastWave = Math.max(1, ...done.map((operation) => operation.wave));
  const kept = new Set(done.map((operation) => operation.id));
  const followers = new Map<string, string[]>();
  for (const operation of done) {
    for (const before of operation.dependsOn.filter((id) => kept.has(id))) {
      followers.set(before, [...(followers.get(before) ?? []), operation.id]);
    }
  }
  const operations = done
    .flatMap((operation) => {
      const wave = 2 * (lastWave - operation.wave) + 1;
      return restoreFirst(
        { ...inverse(operation, target, written), wave, dependsOn: followers.get(operation.id) ?? [] },
        target,
      );
    })
    .sort((a, b) => a.wave - b.wave || (a.id < b.id ? -1 : 1));
  return sealPlan({
    ...withoutChecksum(plan),
    undoes: plan.sha256,
    prune: true,
    operations,
    blocked: [],
    findings: permanentFindings(all, target.kinds),
    guards: operationHits(operations, { kinds: target.kinds, current: target.ids }, guards),
    equal: {},
    ids: Object.fromEntries(target.ids),
  });
}

/** An object that the platform cannot delete again stays, which a finding of the plan says. */
function isPermanent({ action, coordinate }: Operation, { kinds }: Target): boolean {
  return action === "create" && kinds.get(splitCoordinate(coordinate).kind)?.write?.remove === undefined;
}

function withoutChecksum({ sha256: _, ...content }: Plan): Omit<Plan, "sha256"> {
  return content;
}

function inverse(
  operation: Operation,
  target: Target,
  written: ReadonlyMap<Coordinate, Obj>,
): Omit<Operation, "wave" | "dependsOn"> {
  const { id, coordinate, from, before, after, revisions, phase } = operation;
  const kind = target.kinds.get(splitCoordinate(coordinate).kind);
  if (operation.action === "delete") {
    return defined({
      id,
      coordinate,
      action: "create",
      edits: wholeObject(kind, before ?? {}, "after"),
      after: before,
    });
  }
  const now = phase === 1 ? after : (written.get(coordinate) ?? after);
  const common = defined({
    id,
    coordinate: from ?? coordinate,
    targetId: target.ids.get(coordinate),
    targetDigest: now && digestJson(now),
    before: now,
  });
  if (operation.action === "create") {
    return { ...common, action: "delete", edits: wholeObject(kind, now ?? {}, "before") };
  }
  const wanted = kind && now && before ? attainable(kind, now, before) : before;
  const edits = kind && now && wanted ? objectEdits(kind, now, wanted) : [];
  return defined({ ...common, action: "update", edits, after: wanted, revisions });
}

/** The earlier state as far as the API lets an object get back to it. */
function attainable(kind: Kind, now: Obj, before: Obj): Obj {
  return kind.write?.permanent?.(now, before).wanted ?? before;
}

/** Ends the id of an operation that writes what is left after a restore. */
export const REST = "-rest";

/** Text content goes back to the version that was there, which still exists; what else changed is written after it. */
function restoreFirst(operation: Operation, target: Target): Operation[] {
  const { revisions, before, after, ...rest } = operation;
  const at = restorableText(target.kinds.get(splitCoordinate(operation.coordinate).kind));
  if (revisions === undefined) return [operation];
  // They are those of what it goes back to, which is what is there only for a text that stayed.
  const touches = (part: string): boolean => operation.edits.some(({ path }) => pointerCovers(`/${part}`, path));
  if (!Object.keys(revisions).some(touches)) return [operation];
  const plain: Operation = { ...rest, ...defined({ before, after }) };
  if (at === undefined || before === undefined || after === undefined) return [plain];
  const isText = (edit: Edit): boolean => pointerCovers(`/${at}`, edit.path);
  const texts = operation.edits.filter(isText);
  const others = operation.edits.filter((edit) => !isText(edit));
  if (texts.length === 0) return [plain];
  const restored = { ...before, [at]: after[at] ?? "" };
  const restore: Operation = { ...rest, action: "restore", edits: texts, before, after: restored, revisions };
  if (others.length === 0) return [restore];
  const update = { ...rest, id: rest.id + REST, wave: rest.wave + 1, edits: others, before: restored, after };
  return [restore, { ...update, dependsOn: [restore.id] }];
}

/** The property that holds a text of which earlier versions can be published again. */
function restorableText(kind: Kind | undefined): string | undefined {
  return kind?.write?.restore === undefined ? undefined : kind.content?.at;
}
