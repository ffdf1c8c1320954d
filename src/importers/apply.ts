import type { GuardCode } from "../model/catalogue/codes.ts";
import { assertGuardsAllowed, hitsAtApply } from "./guards.ts";
import type { Guards } from "../model/config.ts";
import { defined } from "../model/defined.ts";
import { GuardError } from "../model/error.ts";
import type { Api } from "../model/api.ts";
import type { Coordinate } from "../model/coordinate.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation, Plan } from "../model/plan.ts";
import type { HiddenSecrets, Placeholders } from "../model/placeholders.ts";
import type { Files, Sink } from "../model/ports.ts";
import { digestJson } from "../canonical/digest.ts";
import { openBaseline, type BaselineChange } from "./baseline.ts";
import { cameAlong } from "./came-along.ts";
import { execute, kindOf, type FailedOperation, type ExecutionResult } from "./execute.ts";
import { openPlanJournal } from "./journal.ts";
import { withoutKeptValues, type Judged } from "./judge-written.ts";
import type { ApplyLocking, StandbyLock } from "./lock/standby-lock.ts";
import { openUnfinished, operationsToFinish } from "./unfinished.ts";
import { openLatestLists } from "./made-meanwhile.ts";
import { byNewNames } from "./new-names.ts";
import { listOnce } from "./read-touched.ts";
import { tellingWhatWasWritten } from "./written-so-far.ts";
import { preflight } from "./preflight.ts";
import { openTarget, type Target } from "./target.ts";
import { undoFile } from "./undo-file.ts";
import { verify, type Verification } from "./verify.ts";
import type { SecretsFor } from "./write-one.ts";

/** Where an apply keeps what must survive it. */
export interface StatePaths {
  readonly journal: string;
  readonly undo: string;
  readonly baseline: string;
  /** Writes that were begun and not finished, of any plan. */
  readonly unfinished: string;
  /** Values that the organisation gave back otherwise than they were written, of any plan. */
  readonly kept: string;
}

/** What an apply needs. */
export interface ApplyInput {
  readonly api: Api;
  /** Identity of the organisation that `api` writes to, as it said itself. */
  readonly org: { readonly id: string; readonly name: string };
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly plan: Plan;
  readonly allow: ReadonlySet<GuardCode>;
  readonly guards: Guards;
  readonly now: Date;
  readonly files: Files;
  readonly paths: StatePaths;
  readonly secretsFor: SecretsFor;
  /** Given where nothing that looks like a secret is kept. */
  readonly placeholders?: Placeholders | undefined;
  readonly given?: HiddenSecrets | undefined;
  /** Is an object of the standby kept in step? What is not, is nothing to verify. */
  readonly compared: (coordinate: Coordinate) => boolean;
  readonly lock: Pick<StandbyLock, "take" | "assertHeld" | "isLeftBehind">;
  readonly sink: Sink;
  /** Called with what verifying read, once everything is recorded; it does not throw. */
  readonly readBack?: (read: ReadBack) => Promise<void>;
}

/** What an apply wrote, as it was read afterwards. */
export interface ReadBack {
  readonly objects: Verification["read"];
  /** The ids of everything that was written and still is. */
  readonly ids: ReadonlyMap<Coordinate, string>;
  /** Names that were given up for others. */
  readonly renamed: ReadonlySet<Coordinate>;
}

/** What an apply did. */
export type ApplyResult = {
  readonly operations: {
    readonly done: number;
    readonly failed: number;
    readonly skipped: number;
    readonly resumed: number;
  };
  readonly failures: readonly FailedOperation[];
  /** What the plan could not do, counted as skipped, and what was done although the platform keeps its own value. */
  readonly blocked: Plan["blocked"];
  /** Objects that are not what they should be after the apply. */
  readonly unequal: Verification["unequal"];
  /** Objects that were written and could not be read back. */
  readonly unchecked: Verification["unchecked"];
  /** Everything that the plan was about is as it should be: nothing failed, was blocked, or was left unchecked. */
  readonly verified: boolean;
  /** Whether the standby was locked for the writes; `not-needed` where there was nothing to write. */
  readonly lock: ApplyLocking;
  /** What the plan tells besides. */
  readonly findings: Plan["findings"];
  /** Path of the plan that takes it all back; absent when nothing was written. */
  readonly undoPlan?: string;
};

/**
 * Applies a plan: guards, preflight, waves, verification. Safe to run again after a crash: what is done is not repeated.
 * @throws GuardError naming the guard; LockstepError `interrupted`, `unknown-kind`, `lock-unavailable`
 */
export async function apply(input: ApplyInput): Promise<ApplyResult> {
  assertAllowed(input);
  assertTarget(input.plan, input.org);
  for (const operation of input.plan.operations) kindOf(input, operation);
  await input.files.assertWritable(input.paths.journal);
  const target = openTarget(input.api, input.kinds, input.plan, input.placeholders);
  const journal = await openPlanJournal(input.files, input.paths.journal);
  const unfinished = await openUnfinished(input.files, input.paths.unfinished);
  const named = byNewNames(input.plan.operations, input.kinds, target);
  const operations = operationsToFinish(named, input.kinds, journal);
  const plan = { ...input.plan, operations };
  const ready = await preflight(target, plan, journal);
  const isOpen = operations.some(({ id }) => !ready.done.has(id)) || (await input.lock.isLeftBehind());
  const locking = isOpen ? await input.lock.take() : ({ state: "not-needed" } as const);
  const undo = undoFile(input.files, input.paths.undo, { plan: input.plan, guards: input.guards, target, journal });
  await undo.begin(ready);
  const { secretsFor, given, sink, lock } = input;
  const latest = openLatestLists(target, locking, journal);
  const outcome = await execute(plan, {
    target,
    journal,
    unfinished,
    preflight: ready,
    secretsFor,
    given,
    lock,
    alone: locking.state === "held",
    latest,
    sink,
  });
  for (const coordinate of Object.keys(plan.equal)) await unfinished.over(coordinate);
  const { verification, undoPlan } = await tellingWhatWasWritten(outcome.done, async () => {
    const seen = await withoutKeptValues(
      input.files,
      input.paths.kept,
      outcome,
      await verified(input, target, outcome),
    );
    const planned = asPlanned(input.plan, outcome);
    await recordBaseline(input, target, planned, seen);
    const undoPlan = await undo.end(planned, seen.objects);
    await input.readBack?.(readBackOf(target, outcome.done, seen));
    return { verification: seen, undoPlan };
  });
  return defined({
    operations: {
      done: outcome.done.length,
      failed: outcome.failures.length,
      skipped: outcome.skipped.length + plan.blocked.length,
      resumed: outcome.resumed.length,
    },
    failures: outcome.failures,
    blocked: [...plan.blocked, ...verification.kept],
    unequal: verification.unequal,
    unchecked: verification.unchecked,
    lock: locking,
    verified: [outcome.failures, plan.blocked, verification.kept, verification.unequal, verification.unchecked].every(
      isEmpty,
    ),
    findings: plan.findings,
    undoPlan,
  });
}

function readBackOf({ ids }: Target, done: readonly Operation[], { read }: Verification): ReadBack {
  const there = done.filter(({ after }) => after !== undefined).map(({ coordinate }) => coordinate);
  return {
    objects: read,
    ids: new Map(there.flatMap((at) => (ids.has(at) ? [[at, ids.get(at) ?? ""] as const] : []))),
    renamed: new Set(done.flatMap(({ from }) => from ?? [])),
  };
}

/** Reads back what was written, and what came along with it. */
async function verified(
  { plan, compared }: ApplyInput,
  target: Target,
  outcome: ExecutionResult,
): Promise<Verification> {
  const seen = await verify(target, outcome.done);
  const done = [...outcome.resumed, ...outcome.done];
  const more = await cameAlong(target, { plan, done, compared }, listOnce(target));
  return {
    ...seen,
    unequal: [...seen.unequal, ...more.unequal],
    unchecked: [...new Set([...seen.unchecked, ...more.unchecked])],
  };
}

/** The operations of an outcome as the plan has them: without what running them added. */
function asPlanned(plan: Plan, outcome: ExecutionResult): ExecutionResult {
  const planned = new Map(plan.operations.map((operation) => [operation.id, operation]));
  const original = (operation: Operation): Operation => planned.get(operation.id) ?? operation;
  return { ...outcome, done: outcome.done.map(original), resumed: outcome.resumed.map(original) };
}

function isEmpty(list: readonly unknown[]): boolean {
  return list.length === 0;
}

/**
 * Says before any request what would stop an apply whatever the standby holds.
 * @throws GuardError naming the guard
 */
export function assertAllowed({
  plan,
  allow,
  kinds,
  guards,
  now,
}: Pick<ApplyInput, "plan" | "allow" | "kinds" | "guards" | "now">): void {
  if (plan.stack !== undefined) {
    throw new GuardError(
      "wrong-target",
      `The plan was made for the ${plan.stack}, ${plan.target.name} (${plan.target.orgId}), and apply writes to the standby only`,
      "Approve it for the stack of the primary: docs/pulumi.md says how. For the standby make a plan without --stack primary.",
    );
  }
  if (plan.source.orgId === plan.target.orgId) {
    throw new GuardError(
      "same-org",
      `Source and target are one organisation: ${plan.target.name}`,
      "Check orgs.primary and orgs.standby in lockstep.yaml.",
    );
  }
  assertGuardsAllowed(hitsAtApply(plan, kinds, guards, now), allow);
}

/** @throws GuardError `wrong-target` when the plan was made for another organisation than this one */
export function assertTarget(plan: Plan, org: ApplyInput["org"]): void {
  if (plan.target.orgId !== org.id) {
    throw new GuardError(
      "wrong-target",
      `The plan was made for ${plan.target.name} (${plan.target.orgId}), and this is ${org.name} (${org.id})`,
      "Check orgs.standby in lockstep.yaml, or make a plan for this organisation.",
    );
  }
}

/** Objects in step become baseline: those that were equal when planned, and those that were written and verified. */
async function recordBaseline(
  { plan, files, paths }: ApplyInput,
  target: Target,
  { done, resumed }: ExecutionResult,
  { unequal, unchecked, kept, objects }: Judged,
): Promise<void> {
  const equal = Object.entries(plan.equal).map(([coordinate, [sourceId, targetId, digest]]): BaselineChange => [
    coordinate,
    { sourceId, targetId, digest },
  ]);
  const bad = new Set<Coordinate>([...unequal.map(({ coordinate }) => coordinate), ...unchecked]);
  // What the platform keeps otherwise is as near as it gets: its ids count, with the object as it is.
  const asSeen = new Map(kept.flatMap(({ coordinate }) => [[coordinate, objects.get(coordinate)] as const]));
  const known = (operation: Operation): Operation =>
    asSeen.has(operation.coordinate)
      ? defined({ ...operation, after: operation.after && asSeen.get(operation.coordinate) })
      : operation;
  const written = [...resumed, ...done].flatMap((operation) => baselineChanges(known(operation), target, bad));
  const baseline = await openBaseline(files, paths.baseline);
  await baseline.recordAll([...equal, ...written]);
}

function baselineChanges(operation: Operation, target: Target, bad: ReadonlySet<Coordinate>): BaselineChange[] {
  const { coordinate, after, from, sourceId = "" } = operation;
  const left: BaselineChange[] = from === undefined ? [] : [[from, undefined]];
  if (after === undefined) return [...left, [coordinate, undefined]];
  if (bad.has(coordinate)) return left;
  const targetId = target.ids.get(coordinate) ?? "";
  return [...left, [coordinate, { sourceId, targetId, digest: digestJson(after) }]];
}
