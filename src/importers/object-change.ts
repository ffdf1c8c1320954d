import type { Operation } from "../model/plan.ts";
import type { TargetObject } from "./target.ts";

/** One change of one object: `before` is what it was decided on. */
export type ObjectChange = Pick<Operation, "coordinate" | "action" | "edits" | "before" | "after"> & {
  /** An earlier run of ours began to write the object and did not finish. */
  readonly begun?: boolean;
};

/** An object that exists, as it is. */
export type PresentObject = TargetObject & { readonly id: string };
