import { isGuard } from "../model/guard.ts";
import type { Operation, Plan } from "../model/plan.ts";
import { formatPointer } from "../model/pointer.ts";

/** What is wrong with a plan that has the right shape. */
export interface PlanProblem {
  /** Pointer into the plan. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/** What no schema can tell of a plan: the ids of its operations are unique, they are in order, and say what they need. */
export function planProblems({ operations, guards, undoes }: Plan): PlanProblem[] {
  const waves = new Map(operations.map(({ id, wave }) => [id, wave]));
  const seen = new Set<string>();
  return [
    ...guards.flatMap(({ guard }, at) => (isGuard(guard) ? [] : [unknownGuard(at, guard)])),
    ...operations.flatMap((operation, at) => {
      const repeated = seen.has(operation.id);
      seen.add(operation.id);
      const place = (name: string, expected: string, found: string): PlanProblem => ({
        path: formatPointer(["operations", at, name]),
        expected,
        found,
      });
      return [
        ...(repeated ? [place("id", "an id of its own", `${operation.id} again`)] : []),
        ...missing(operation, undoes !== undefined).map((name) =>
          place(name, `a value for the action ${operation.action}`, "nothing"),
        ),
        ...surplus(operation).map((name) => place(name, `nothing for the action ${operation.action}`, "a value")),
        ...operation.dependsOn.flatMap((id) => {
          const before = waves.get(id);
          if (before !== undefined && before < operation.wave) return [];
          return [place("dependsOn", "operations of earlier waves", id)];
        }),
      ];
    }),
  ];
}

function unknownGuard(at: number, guard: string): PlanProblem {
  const expected = "a guard that this version of lockstep knows";
  return { path: formatPointer(["guards", at, "guard"]), expected, found: JSON.stringify(guard) };
}

type Field = "after" | "before" | "from" | "targetId" | "targetDigest";

/** What an operation on an object that is there says of it. A second pass starts from what the first one leaves. */
const OF_EXISTING: readonly Field[] = ["before", "targetId", "targetDigest"];

const NEEDED: { readonly [Action in Operation["action"]]: readonly Field[] } = {
  create: ["after"],
  update: ["after", ...OF_EXISTING],
  rename: ["after", "from", ...OF_EXISTING],
  restore: ["after", ...OF_EXISTING],
  delete: OF_EXISTING,
};

/** An undo plan is written before the first effect: the ids of what is created are told by the journal. */
function missing(operation: Operation, isUndo: boolean): Field[] {
  const needed = operation.phase === 2 ? (["after", "before"] as const) : NEEDED[operation.action];
  return needed.filter((name) => operation[name] === undefined && !(isUndo && name === "targetId"));
}

function surplus({ action, after, targetId }: Operation): Field[] {
  if (action === "delete" && after !== undefined) return ["after"];
  return action === "create" && targetId !== undefined ? ["targetId"] : [];
}
