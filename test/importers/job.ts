import type { Kind } from "../../src/model/kind.ts";
import type { Coordinate } from "../../src/model/coordinate.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Files, Progress } from "../../src/model/ports.ts";
import { compare, type Comparison } from "../../src/drift/compare.ts";
import { apply, type ApplyInput, type ApplyResult } from "../../src/importers/apply.ts";
import { makePlan } from "../../src/importers/plan.ts";
import type { PlanInput } from "../../src/importers/plan-input.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { KINDS } from "./fake-kinds.ts";
import type { FakeOrg } from "./fake-org.ts";

export const NOW = new Date("2026-11-20T12:00:00Z");

/** Guards so wide that no plan runs into them. */
export const OPEN_GUARDS = {
  maxUpdates: { percent: 100, minimum: 1000 },
  maxDeletes: { percent: 100, minimum: 1000 },
  staleSnapshotHours: 24,
  protected: [],
} as const;

/** Files in memory. */
export interface MemoryFiles extends Files {
  readonly contents: Map<string, string>;
}

export function memoryFiles(contents = new Map<string, string>()): MemoryFiles {
  const endOf = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);
  return {
    contents,
    read: async (path) => contents.get(path),
    write: async (path, text) => void contents.set(path, text),
    createPrivate: async (path, text) => {
      if (!contents.has(path)) contents.set(path, text);
      return contents.get(path) ?? "";
    },
    isOpenToOthers: async () => false,
    append: async (path, line) =>
      void contents.set(path, endOf(contents.get(path) ?? "") + (line === "" ? "" : `${line}\n`)),
    replaceDirectory: async () => undefined,
    list: async () => [...contents.keys()],
    assertReplaceable: async () => undefined,
    assertWritable: async () => undefined,
    replaceable: async (path) => contents.get(path),
  };
}

/** The comparison of two snapshots without any rules. */
export function comparisonOf(source: Snapshot, target: Snapshot, more: Partial<Comparison> = {}): Comparison {
  const ofWritten = ({ objects }: Snapshot): Comparison["desired"] =>
    new Map([...objects].filter(([coordinate]) => coordinate.split("/")[0] !== "shadow"));
  return {
    kinds: KINDS,
    desired: ofWritten(source),
    current: ofWritten(target),
    ignored: () => false,
    renamed: new Map(),
    ...more,
  };
}

/** The plan that brings one organisation in step with the other. */
export async function planBetween(
  source: FakeOrg,
  target: FakeOrg,
  more: Partial<PlanInput> & { readonly renamed?: ReadonlyMap<Coordinate, Coordinate> } = {},
): Promise<Plan> {
  const { renamed, members = "emails", ...input } = more;
  const [from, to] = [await source.snapshot(members), await target.snapshot(members)];
  const comparison = comparisonOf(from, to, renamed === undefined ? {} : { renamed });
  return makePlan({
    tool: "lockstep test",
    source: from,
    target: to,
    sourceTakenAt: NOW.toISOString(),
    comparison,
    differences: compare(comparison),
    findings: [],
    origin: new Map(),
    setAside: new Set(),
    prune: true,
    members,
    guards: OPEN_GUARDS,
    secrets: [],
    now: NOW,
    ...input,
  });
}

const PATHS = { journal: "journal", undo: "undo", baseline: "baseline", unfinished: "unfinished", kept: "kept" };

/** An organisation that is not locked. */
export const UNLOCKED: ApplyInput["lock"] = {
  take: () => Promise.resolve({ state: "off" }),
  assertHeld: () => Promise.resolve(),
  isLeftBehind: () => Promise.resolve(false),
};

/** Applies a plan; what it told is in `told`. */
export async function applyTo(
  org: FakeOrg,
  plan: Plan,
  files: Files,
  more: Partial<ApplyInput> & { readonly told?: Progress[]; readonly kinds?: ReadonlyMap<string, Kind> } = {},
): Promise<ApplyResult> {
  const { told = [], ...input } = more;
  return apply({
    api: org.api,
    org: { id: org.id, name: `The ${org.id}` },
    kinds: KINDS,
    plan,
    allow: new Set(["protected", "shrunken-kind", "loses-all-members"]),
    guards: OPEN_GUARDS,
    now: NOW,
    files,
    paths: PATHS,
    compared: () => true,
    secretsFor: async () => new Map(),
    lock: UNLOCKED,
    sink: (progress) => void told.push(progress),
    ...input,
  });
}
