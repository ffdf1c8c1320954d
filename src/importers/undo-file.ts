import type { Coordinate } from "../model/coordinate.ts";
import type { Guards } from "../model/config.ts";
import type { Obj } from "../model/json.ts";
import type { Operation, Plan } from "../model/plan.ts";
import type { Files } from "../model/ports.ts";
import type { ExecutionResult } from "./execute.ts";
import type { Journal } from "./journal.ts";
import { planText } from "./plan-file.ts";
import type { Preflight } from "./preflight.ts";
import type { Target } from "./target.ts";
import { REST, undoPlan } from "./undo.ts";

/** The undo plan of an apply, on disk before the first effect. */
export interface UndoFile {
  /** Writes it about everything that the plan is going to do; what is never done needs nothing taken back. */
  begin(ready: Preflight): Promise<void>;
  /**
   * Writes it about what was done, as that reads back.
   * @returns its path; undefined when neither this run nor an earlier one did anything
   */
  end(outcome: ExecutionResult, written: ReadonlyMap<Coordinate, Obj>): Promise<string | undefined>;
}

/** What an undo file is about. */
export interface UndoneApply {
  readonly plan: Plan;
  readonly guards: Guards;
  readonly target: Target;
  readonly journal: Pick<Journal, "entries">;
}

/** The undo plan of an apply at a path. */
export function undoFile(files: Files, path: string, { plan, guards, target, journal }: UndoneApply): UndoFile {
  const write = (done: readonly Operation[], written: ReadonlyMap<Coordinate, Obj>): Promise<void> =>
    files.write(path, planText(undoPlan({ plan, done, guards }, target, written)));
  return {
    begin: async ({ done }) => {
      if (plan.operations.some(({ id }) => !done.has(id))) await write(plan.operations, new Map());
    },
    end: async ({ done, resumed }, written) => {
      if (done.length === 0 && (journal.entries.size === 0 || resumed.length === 0)) return undefined;
      if (done.length > 0 || (await files.read(path)) === undefined) await write([...resumed, ...done], written);
      return path;
    },
  };
}

/**
 * An undo plan with the ids of what its apply created, as the journal of that tells; what was never created is left out. Only
 * an apply that did not come to its end leaves an undo plan without them.
 * @param entries the journal of the apply, by operation
 */
export function withCreatedIds(plan: Plan, entries: Journal["entries"]): Plan {
  const ids = new Map<Coordinate, string>();
  for (const { id, coordinate } of plan.operations) {
    const created = entries.get(id.endsWith(REST) ? id.slice(0, -REST.length) : id)?.id ?? "";
    if (created !== "") ids.set(coordinate, created);
  }
  const operations = plan.operations.flatMap((operation): Operation[] => {
    if (operation.targetId !== undefined || operation.action === "create") return [operation];
    const targetId = ids.get(operation.coordinate);
    return targetId === undefined ? [] : [{ ...operation, targetId }];
  });
  return { ...plan, operations, ids: { ...Object.fromEntries(ids), ...plan.ids } };
}
