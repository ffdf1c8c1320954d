import type { Fault, World } from "./world.ts";

/** What a fault does to one request. */
export type FaultAction =
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "reset-before" | "reset-after" | "hang" | "expire-token" | "fail-job" }
  | { readonly kind: "slow"; readonly ms: number }
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
      /** The request is carried out before it is answered like this. */
      readonly carriedOut: boolean;
    };

/**
 * Reads an action as the control interface writes it: `status:NNN`, `reset-before`, `reset-after`, `hang`,
 * `expire-token`, `fail-job` (on the call that registers a flow job), `slow:MS`.
 * Undefined for anything else; `answer` has parts of its own beside its name.
 */
export function parseAction(action: string): FaultAction | undefined {
  const [name, argument] = action.split(":");
  if (name === "status" && /^[1-5]\d\d$/.test(argument ?? "")) return { kind: "status", status: Number(argument) };
  if (name === "slow" && /^\d+$/.test(argument ?? "")) return { kind: "slow", ms: Number(argument) };
  if (action === "reset-before" || action === "reset-after") return { kind: action };
  if (action === "hang" || action === "expire-token" || action === "fail-job") return { kind: action };
  return undefined;
}

function concerns(fault: Fault, org: string | null, method: string, path: string): boolean {
  if (fault.org !== undefined && fault.org !== org) return false;
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  return fault.path === undefined || new RegExp(fault.path).test(path);
}

function actionOf({ action, answer }: Fault): FaultAction | undefined {
  return answer === undefined ? parseAction(action) : { kind: "answer", ...answer };
}

/** Counts a request against every fault and gives the action of the first that strikes: after `after`, for `times`. */
export function strike(world: World, org: string | null, method: string, path: string): FaultAction | undefined {
  let action: FaultAction | undefined;
  for (const fault of world.settings.faults) {
    if (!concerns(fault, org, method, path)) continue;
    fault.seen += 1;
    if (fault.seen > fault.after && fault.seen <= fault.after + fault.times) action ??= actionOf(fault);
  }
  return action;
}
