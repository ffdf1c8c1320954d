import type { Coordinate } from "../model/coordinate.ts";
import type { Json } from "../model/json.ts";
import { printable } from "../model/printable.ts";
import type { Finding } from "../model/snapshot.ts";
import { plural } from "./plain.ts";
import { groupFindings } from "./summary.ts";

/** The result of an apply: what JSON prints as it is, and what the text is made from. There is nothing in one that the other lacks. */
export type AppliedSummary = {
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
  readonly blocked: readonly { readonly coordinate: Coordinate; readonly code: string; readonly message: string }[];
  readonly unequal: readonly {
    readonly coordinate: Coordinate;
    readonly edits: readonly { readonly path: string; readonly before?: Json; readonly after?: Json }[];
  }[];
  readonly unchecked: readonly Coordinate[];
  readonly writes: number;
  /** Whether the standby was locked for the writes, and why not. */
  readonly lock: { readonly state: string; readonly reason?: string; readonly takenOver?: boolean };
  /** How many requests, reads included, were about the lock. */
  readonly lockRequests: number;
  readonly verified: boolean;
  readonly findings: readonly Finding[];
  readonly undoPlan?: string | null;
};

/** The result of an apply for people. */
export function applySummary(applied: AppliedSummary): string {
  const findings = groupFindings(applied.findings).map(([code, group]) => `${group.length} ${printable(code)}`);
  const undo = applied.undoPlan ?? undefined;
  const lines = [
    countsLine(applied),
    ...applied.failures.flatMap(({ coordinate, code, message, hint, blocked }) => [
      `failed: ${printable(coordinate)}: ${code}: ${printable(message)}`,
      ...(hint === "" ? [] : [`  do    ${printable(hint)}`]),
      ...(blocked.length === 0 ? [] : [`  held  ${blocked.map(printable).join(", ")}`]),
    ]),
    ...applied.blocked.map(
      ({ coordinate, code, message }) => `cannot be done: ${printable(coordinate)}: ${code}: ${printable(message)}`,
    ),
    ...applied.unequal.map(
      ({ coordinate, edits }) => `not as wanted: ${printable(coordinate)}: ${edits.map(placeOf).join(", ")}`,
    ),
    ...applied.unchecked.map((coordinate) => `not checked: ${printable(coordinate)}`),
    ...lockLines(applied),
    ...(findings.length === 0 ? [] : [`findings: ${findings.join(", ")}; the plan has them in full`]),
    ...(undo === undefined ? [] : [`undo with: lockstep apply ${undo}`]),
  ];
  return lines.join("\n") + "\n";
}

function placeOf({ path, before, after }: AppliedSummary["unequal"][number]["edits"][number]): string {
  if (path !== "") return printable(path);
  return before !== undefined && after === undefined ? "the object, which should not be there" : "the object";
}

function lockLines({ lock, lockRequests }: Pick<AppliedSummary, "lock" | "lockRequests">): string[] {
  const requests = lockRequests === 0 ? "" : ` (${plural(lockRequests, "request")})`;
  if (lock.state === "held") return [`lock: ${lock.takenOver === true ? "taken over and " : ""}held${requests}`];
  return lock.reason === undefined ? [] : [`lock: none${requests}: ${printable(lock.reason)}`];
}

/** What became of the operations, how many requests wrote, and whether all of it reads back as wanted: one line. */
export function countsLine({
  operations,
  writes,
  verified,
}: Pick<AppliedSummary, "operations" | "writes" | "verified">): string {
  const { done, failed, skipped, resumed } = operations;
  const counts = [`${done} done`, `${failed} failed`, `${skipped} skipped`, `${resumed} done before`];
  return `${counts.join(", ")}; ${plural(writes, "write")}; ${verified ? "verified" : "not verified"}`;
}
