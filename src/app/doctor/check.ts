import type { Code } from "../../model/catalogue/codes.ts";
import { LockstepError } from "../../model/error.ts";

/** The result of one check: what was looked at, how it is, and what to do if it is not well. */
export type Check = {
  readonly name: string;
  readonly outcome: "ok" | "warning" | "failed";
  readonly message: string;
  readonly hint?: string;
  readonly code?: Code;
};

/** A check that is well. */
export function ok(name: string, message: string): Check {
  return { name, outcome: "ok", message };
}

/** A check that found something to look at, but nothing that stops the work. */
export function warning(name: string, message: string, hint: string): Check {
  return { name, outcome: "warning", message, hint };
}

/** A check that found something that has to be mended. */
export function failed(name: string, code: Code, message: string, hint: string): Check {
  return { name, outcome: "failed", code, message, hint };
}

/** Runs a check; an expected error becomes its result. */
export async function attempt<Value>(
  name: string,
  work: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly check: Check }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code === "interrupted") throw error;
    return { check: failed(name, error.code, error.message, error.hint) };
  }
}
