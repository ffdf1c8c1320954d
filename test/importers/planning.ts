import type { Obj } from "../../src/model/json.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { compare } from "../../src/drift/compare.ts";
import { makePlan } from "../../src/importers/plan.ts";
import type { PlanInput } from "../../src/importers/plan-input.ts";
import { comparisonOf, NOW, OPEN_GUARDS } from "./job.ts";

export type Objects = { readonly [coordinate: string]: Obj };

/** A snapshot of these objects; ids are `<org>:<coordinate>`, also of what is known besides. */
export function snapshotOf(org: string, objects: Objects, alsoKnown: readonly string[] = []): Snapshot {
  const coordinates = [...Object.keys(objects), ...alsoKnown];
  return {
    org: { id: org, name: `The ${org}`, homeDivision: "Home" },
    region: "test",
    complete: true,
    counts: {},
    objects: new Map(Object.entries(objects)),
    ids: new Map(coordinates.map((coordinate) => [coordinate, `${org}:${coordinate}`])),
    revisions: new Map(),
    state: new Map(),
    findings: [],
  };
}

/** The input of a plan between two sets of objects. */
export function inputFor(
  desired: Objects,
  current: Objects,
  more: Partial<PlanInput> & {
    readonly known?: readonly string[];
    readonly renamed?: ReadonlyMap<string, string>;
  } = {},
): PlanInput {
  const { known = [], renamed, ...input } = more;
  const [source, target] = [snapshotOf("primary", desired, known), snapshotOf("standby", current, known)];
  const comparison = comparisonOf(source, target, renamed === undefined ? {} : { renamed });
  return {
    tool: "lockstep test",
    source,
    target,
    sourceTakenAt: NOW.toISOString(),
    comparison,
    differences: compare(comparison),
    findings: [],
    origin: new Map(),
    setAside: new Set(),
    prune: false,
    members: "emails",
    guards: OPEN_GUARDS,
    secrets: [],
    now: NOW,
    ...input,
  };
}

/** The plan between two sets of objects. */
export function planFor(...input: Parameters<typeof inputFor>): Plan {
  return makePlan(inputFor(...input));
}

/** Operations as `<wave> <action> <coordinate>[#phase]`. */
export function steps(plan: Plan): string[] {
  return plan.operations.map(
    ({ wave, action, coordinate, phase }) => `${wave} ${action} ${coordinate}${phase === undefined ? "" : `#${phase}`}`,
  );
}
