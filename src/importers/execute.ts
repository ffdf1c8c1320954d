import type { Code } from "../model/catalogue/codes.ts";
import type { Coordinate } from "../model/coordinate.ts";
import { splitCoordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import { groupBy } from "../model/group-by.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation, Plan } from "../model/plan.ts";
import type { Sink } from "../model/ports.ts";
import { settleAll } from "../model/settle-all.ts";
import { runWrites } from "../canonical/run-steps.ts";
import type { Journal } from "./journal.ts";
import type { StandbyLock } from "./lock/standby-lock.ts";
import { madeMeanwhile, withoutTwin } from "./made-meanwhile.ts";
import type { Preflight } from "./preflight.ts";
import { openLookAgain, type LookAgain } from "./read-again.ts";
import { tellingWhatWasWritten } from "./written-so-far.ts";
import type { UnfinishedNotes } from "./unfinished.ts";
import type { ListReader } from "./read-touched.ts";
import { untilSeen } from "./until-seen.ts";
import { readTarget, remember, type Target, type TargetObject } from "./target.ts";
import { writeOne, type Writing } from "./write-one.ts";

/** An operation that did not work, and what could not be tried because of it. */
export type FailedOperation = {
  readonly coordinate: Coordinate;
  readonly code: Code;
  readonly message: string;
  readonly hint: string;
  readonly blocked: readonly Coordinate[];
};

/** What became of every operation. */
export interface ExecutionResult {
  readonly done: readonly Operation[];
  readonly resumed: readonly Operation[];
  readonly skipped: readonly Operation[];
  readonly failures: readonly FailedOperation[];
}

/** What execution needs besides the plan. */
export interface Execution extends Writing {
  readonly journal: Journal;
  readonly unfinished: UnfinishedNotes;
  readonly preflight: Preflight;
  readonly lock: Pick<StandbyLock, "assertHeld">;
  /** Does the lock keep others from writing at the same time? */
  readonly alone: boolean;
  /** Lists of a kind as they are when one of its objects is about to be created. */
  readonly latest: ListReader;
  readonly sink: Sink;
}

/** What the operations of one wave need. */
interface Wave extends Execution {
  readonly again: LookAgain;
}

interface Progress {
  readonly done: Operation[];
  readonly resumed: Operation[];
  readonly skipped: Operation[];
  readonly failures: Map<string, { operation: Operation; error: LockstepError; blocked: Coordinate[] }>;
  /** Operation id → id of the failed operation because of which it was not tried. */
  readonly lost: Map<string, string>;
}

/**
 * Runs the operations of a plan wave by wave. A failed operation fails what depends on it; independent work goes on.
 * @throws LockstepError `interrupted` when cancelled, GuardError `lock-lost`; what was done until then is in the journal
 */
export async function execute(plan: Plan, execution: Execution): Promise<ExecutionResult> {
  const progress: Progress = { done: [], resumed: [], skipped: [], failures: new Map(), lost: new Map() };
  const waves = [...groupBy(plan.operations, ({ wave }) => String(wave)).values()];
  await tellingWhatWasWritten(progress.done, async () => {
    for (const operations of waves.sort(([a], [b]) => (a?.wave ?? 0) - (b?.wave ?? 0))) {
      const again = openLookAgain(execution.target, operations, execution.preflight.present);
      await inLanes(operations, (operation) => attempt(operation, { ...execution, again }, progress, plan));
    }
  });
  const failures = [...progress.failures.values()].map(({ operation, error, blocked }) => ({
    coordinate: operation.coordinate,
    code: error.code,
    message: error.message,
    hint: error.hint,
    blocked: [...new Set(blocked)],
  }));
  return { done: progress.done, resumed: progress.resumed, skipped: progress.skipped, failures };
}

/** Objects that are written at a time: each is finished before the next one starts in its lane. */
const LANES = 10;

/** Works on all, so many at a time. After a failure nothing more is begun. @throws what the first failed one was rejected with */
async function inLanes<Value>(values: readonly Value[], work: (value: Value) => Promise<void>): Promise<void> {
  const waiting = values.values();
  let broken = false;
  const lane = async (): Promise<void> => {
    for (const value of waiting) {
      if (broken) return;
      await work(value).catch((error: unknown) => {
        broken = true;
        throw error;
      });
    }
  };
  await settleAll(Array.from({ length: Math.min(LANES, values.length) }, lane));
}

async function attempt(operation: Operation, execution: Wave, progress: Progress, plan: Plan): Promise<void> {
  const tell = (outcome: "started" | "done" | "failed" | "skipped" | "resumed"): void => {
    const settled = progress.done.length + progress.resumed.length + progress.skipped.length + progress.failures.size;
    const { id, coordinate, action } = operation;
    execution.sink({ event: "operation", id, coordinate, action, outcome, left: plan.operations.length - settled });
  };
  const cause = operation.dependsOn.map((id) => (progress.failures.has(id) ? id : progress.lost.get(id))).find(Boolean);
  if (cause !== undefined) {
    progress.lost.set(operation.id, cause);
    progress.failures.get(cause)?.blocked.push(operation.coordinate);
    progress.skipped.push(operation);
    tell("skipped");
    return;
  }
  const doneBefore = execution.preflight.done.get(operation.id);
  if (doneBefore !== undefined) {
    remember(execution.target, operation.coordinate, doneBefore);
    if (execution.journal.entries.get(operation.id)?.state === "started")
      await execution.journal.done(operation.id, doneBefore);
    progress.resumed.push(operation);
    tell("resumed");
    return;
  }
  tell("started");
  try {
    const id = await perform(operation, execution);
    remember(execution.target, operation.coordinate, id);
    await execution.journal.done(operation.id, id);
    await execution.unfinished.over(operation.coordinate);
    progress.done.push(operation);
    tell("done");
  } catch (error) {
    if (!(error instanceof LockstepError) || endsRun(error)) throw error;
    // Refused before anything was begun: a draft that is there next time is still somebody else's.
    if (error.code === "data-action-draft") {
      await execution.journal.over(operation.id);
      await execution.unfinished.over(operation.coordinate);
    }
    progress.failures.set(operation.id, { operation, error, blocked: [] });
    tell("failed");
  }
}

/** Nothing more may be written after it, whatever it depends on. */
function endsRun({ code }: LockstepError): boolean {
  return code === "interrupted" || code === "lock-lost";
}

async function perform(operation: Operation, execution: Wave): Promise<string> {
  const { target, journal, unfinished, lock } = execution;
  const { coordinate } = operation;
  await lock.assertHeld();
  const kind = kindOf(target, operation);
  const id = operation.targetId ?? target.ids.get(coordinate) ?? "";
  const begun = journal.entries.get(operation.id)?.state === "started" || unfinished.left.has(coordinate);
  await journal.started(operation.id);
  if (operation.action === "restore") return restore(operation, kind, id, target);
  const present = await presentObject(operation, execution, kind, id);
  const made = present === undefined ? await madeMeanwhile(execution, kind, operation) : undefined;
  if (made !== undefined) return made;
  const noted = kind.write?.noted;
  if (noted === (present === undefined ? "create" : "update")) await unfinished.begun(coordinate, noted);
  const written = await writeOne({ ...operation, begun }, execution, kind, present && { ...present, id });
  return present === undefined && !execution.alone ? withoutTwin(execution, kind, operation, written) : written;
}

/**
 * The object as it is: from the preflight, or read again when an earlier operation of this plan has written it since. Where
 * the organisation compares no versions, it is read again in any case: a change by hand is not overwritten.
 * @throws LockstepError `version-conflict` when somebody changed it meanwhile
 */
async function presentObject(
  operation: Operation,
  { target, preflight, again }: Wave,
  kind: Kind,
  id: string,
): Promise<TargetObject | undefined> {
  const { coordinate, after } = operation;
  if (operation.phase !== 2) {
    const seen = preflight.present.get(coordinate);
    if (seen === undefined || operation.targetId === undefined || kind.write?.version === "body") return seen;
    return again(kind, operation, seen);
  }
  const seen = await untilSeen(target.api, kind.name, () => readTarget(target, { kind, coordinate, id }, after));
  if (seen === undefined) throw notSeen(operation);
  return seen;
}

function notSeen({ coordinate }: Operation): LockstepError {
  return new LockstepError(
    "object-vanished",
    `${coordinate} was written a moment ago and cannot be read`,
    "Look whether somebody deleted it, then run the same command again.",
    { coordinate },
  );
}

async function restore(operation: Operation, kind: Kind, id: string, target: Target): Promise<string> {
  const { restore: steps } = kind.write ?? {};
  for (const revision of Object.values(operation.revisions ?? {})) {
    if (steps !== undefined) await runWrites(target.api, kind.name, steps(id, revision));
  }
  return id;
}

/** The kind of an operation's object. @throws LockstepError `unknown-kind` */
export function kindOf(target: Pick<Target, "kinds">, operation: Operation): Kind {
  const kind = target.kinds.get(splitCoordinate(operation.coordinate).kind);
  if (kind !== undefined) return kind;
  throw new LockstepError(
    "unknown-kind",
    `This version of lockstep does not know the kind of ${operation.coordinate}`,
    "Make a new plan with this version.",
    { coordinate: operation.coordinate },
  );
}
