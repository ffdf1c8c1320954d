import type { ErrorCode } from "../../model/catalogue/codes.ts";
import { LockstepError } from "../../model/error.ts";

/** Text that is not a flow: broken YAML, or YAML of another shape. `line` and `column` count from 1. */
export class FlowSyntaxError extends LockstepError {
  readonly line: number;
  readonly column: number;

  constructor(code: ErrorCode, message: string, hint: string, position: { line: number; col: number }) {
    super(code, `${message} (line ${position.line}, column ${position.col})`, hint, {
      path: `line ${position.line}, column ${position.col}`,
    });
    this.name = "FlowSyntaxError";
    this.line = position.line;
    this.column = position.col;
  }
}

/** A pointer into a flow that matches nothing. */
export class FlowPointerError extends LockstepError {
  constructor(pointer: string, flow: string, reached: string) {
    super(
      "override-unmatched",
      `Flow "${flow}" has nothing at ${pointer}; it goes only as far as ${reached === "" ? "its root" : reached}`,
      "Copy the path from the output of lockstep diff.",
      { path: pointer },
    );
    this.name = "FlowPointerError";
  }
}

/** A new name for a user prompt that could not stand in an expression (architect-yaml §4.6). */
export class PromptNameError extends LockstepError {
  constructor(name: string, next: string) {
    super(
      "flow-prompt-name",
      `Prompt "${name}" cannot be renamed to "${next}": prompt names hold only letters, digits and underscores`,
      "Correct the rename of prompts in lockstep.yaml.",
    );
    this.name = "PromptNameError";
  }
}
