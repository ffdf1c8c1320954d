import type { Code } from "../model/catalogue/codes.ts";
import type { Coordinate } from "../model/coordinate.ts";
import type { GuardHit } from "../model/obstacles.ts";
import { printable } from "../model/printable.ts";
import { plural } from "./plain.ts";

/** What happens to one resource of a stack. `same` is none of them: what stays is only counted. */
export type StackChange = {
  readonly coordinate: Coordinate;
  readonly action: "create" | "update" | "replace" | "delete" | "import";
  /** Pointers of what changes inside the object. */
  readonly edits: readonly string[];
  /** It exists in the organisation and becomes part of the stack with this. */
  readonly imported?: true;
  /** Writes what closes a cycle of references, after the objects exist. */
  readonly second?: true;
  /** For a rename: what it was called. */
  readonly from?: Coordinate;
};

/** What an update of a stack does, or would do. */
export interface StackChanges {
  readonly stack: string;
  readonly changes: readonly StackChange[];
  /** Resources that stay as they are. */
  readonly same: number;
}

const SIGN = { create: "+", update: "~", replace: "±", delete: "-", import: "=" } as const;

/** A preview for people, in the words of `lockstep plan`: what would be done, and what would stop it. */
export function stackSummary({ stack, changes, same }: StackChanges, guards: readonly GuardHit[]): string {
  const touched = changes.filter(({ action }) => action !== "import");
  const lines = [
    headline(stack, changes, same),
    ...(touched.length === 0 ? [] : [""]),
    ...touched.map(changeLine),
    ...(guards.length === 0 ? [] : ["", "stopped by guards"]),
    ...guards.map(({ guard, message }) => `  ${guard}: ${printable(message)}`),
  ];
  return lines.join("\n") + "\n";
}

function headline(stack: string, changes: readonly StackChange[], same: number): string {
  const counts = countsOf(changes, { create: "create", update: "update", replace: "replace", delete: "delete" });
  const adopted = changes.filter(({ action }) => action === "import").length;
  const rest = [...(adopted === 0 ? [] : [`${adopted} adopted as they are`]), `${same} unchanged`];
  return `${stack}: ${(counts.length === 0 ? ["nothing to do"] : counts).join(", ")}; ${rest.join(", ")}`;
}

function changeLine({ action, coordinate, edits, imported, second, from }: StackChange): string {
  const notes = [
    ...(from === undefined ? [] : [`now ${printable(from)}`]),
    ...(action === "update" && edits.length > 0 ? [plural(edits.length, "edit")] : []),
    ...(action === "replace" && edits.length > 0 ? [`because of ${edits.map(printable).join(", ")}`] : []),
    ...(imported ? ["adopted"] : []),
    ...(second ? ["second pass"] : []),
  ];
  return `  ${SIGN[action]} ${printable(coordinate)}${notes.length === 0 ? "" : `  (${notes.join(", ")})`}`;
}

/** What an update failed at. */
export type StackFailure = {
  readonly coordinate?: Coordinate;
  readonly code: Code;
  readonly message: string;
  readonly hint: string;
  /** The file that it is about, and the place in it. */
  readonly file?: string;
  readonly path?: string;
};

/** How far an update got. */
export interface UpdateOutcome {
  readonly failures: readonly StackFailure[];
  /** What it should have done and did not try. */
  readonly held: number;
}

/** What an update did, for people. */
export function upSummary(
  { stack, changes, same }: StackChanges,
  { failures, held }: UpdateOutcome,
  outputs: readonly (readonly [string, string])[],
): string {
  const width = Math.max(0, ...outputs.map(([name]) => name.length));
  const counts = [
    ...countsOf(changes, {
      create: "created",
      update: "updated",
      replace: "replaced",
      delete: "deleted",
      import: "adopted",
    }),
    `${failures.length} failed`,
    ...(held === 0 ? [] : [`${held} not tried`]),
    `${same} unchanged`,
  ];
  const lines = [
    `${stack}: ${counts.join(", ")}`,
    ...failures.flatMap(({ coordinate, code, message, hint }) => [
      `failed: ${coordinate === undefined ? "" : `${printable(coordinate)}: `}${code}: ${printable(message)}`,
      ...(hint === "" ? [] : [`  do    ${printable(hint)}`]),
    ]),
    ...outputs.map(([name, value]) => `  ${name.padEnd(width)}  ${printable(value)}`),
  ];
  return lines.join("\n") + "\n";
}

/** `2 created`, `1 updated`, for what there is of each. */
function countsOf(changes: readonly StackChange[], words: Partial<Record<StackChange["action"], string>>): string[] {
  return Object.entries(words).flatMap(([action, word]) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
}
