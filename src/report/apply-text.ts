import type { Coordinate } from "../model/coordinate.ts";
import { printable } from "../model/printable.ts";
import { plural } from "./plain.ts";

/** What the text needs to know of an apply. */
export interface AppliedSummary {
  readonly operations: {
    readonly done: number;
    readonly failed: number;
    readonly skipped: number;
    readonly resumed: number;
  };
  readonly failures: readonly {
    readonly coordinate: Coordinate;
    readonly code: string;
    readonly message: string;
    readonly hint: string;
    readonly blocked: readonly Coordinate[];
  }[];
  readonly unequal: readonly {
    readonly coordinate: Coordinate;
    readonly edits: readonly { readonly path: string }[];
  }[];
  readonly writes: number;
  readonly verified: boolean;
  readonly undoPlan?: string;
}

/** The result of an apply for people. */
export function applySummary(applied: AppliedSummary): string {
  const lines = [
    countsLine(applied),
    ...applied.failures.flatMap(({ coordinate, code, message, hint, blocked }) => [
      `failed: ${printable(coordinate)}: ${code}: ${printable(message)}`,
      ...(hint === "" ? [] : [`  do    ${printable(hint)}`]),
      ...(blocked.length === 0 ? [] : [`  held  ${blocked.map(printable).join(", ")}`]),
    ]),
    ...applied.unequal.map(
      ({ coordinate, edits }) =>
        `not as wanted: ${printable(coordinate)}: ${edits.map((edit) => printable(edit.path === "" ? "the object" : edit.path)).join(", ")}`,
    ),
    ...(applied.undoPlan === undefined ? [] : [`undo with: lockstep apply ${applied.undoPlan}`]),
  ];
  return lines.join("\n") + "\n";
}

/** What became of the operations, how many requests wrote, and whether all of it reads back as wanted: one line. */
export function countsLine({ operations, writes, verified }: Omit<AppliedSummary, "failures" | "unequal">): string {
  const { done, failed, skipped, resumed } = operations;
  const counts = [`${done} done`, `${failed} failed`, `${skipped} skipped`, `${resumed} done before`];
  return `${counts.join(", ")}; ${plural(writes, "write")}; ${verified ? "verified" : "not verified"}`;
}
