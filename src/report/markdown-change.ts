import { splitCoordinate } from "../model/coordinate.ts";
import type { DriftChange, Edit } from "../model/report.ts";
import { code, fenced } from "./markdown-code.ts";
import { plural } from "./plain.ts";
import { cut } from "./width.ts";
import { saidOf } from "./summary.ts";
import { toldEdits, type ToldEdit } from "./told-edits.ts";
import { itemText, pairTexts } from "./value-text.ts";
import { objectFacts } from "./values.ts";

/** Edits of one object, lines of one hunk and columns of one value that are shown; the full report holds the rest. */
const MOST = { edits: 20, lines: 40, columns: 120, name: 200 };

/** The name of an object without its kind, as code. */
function keyCode(coordinate: string): string {
  return code(cut(splitCoordinate(coordinate).key, MOST.name));
}

/** One object that differs, as an entry of a list with its edits below it. */
export function changeEntry(change: DriftChange, isPlan: boolean): string {
  const { action, edits } = change;
  const isWhole = action === "create" || action === "delete";
  const facts = isWhole ? cut(objectFacts(edits), MOST.columns) : "";
  const head = `- **${saidOf(change, isPlan)}** ${[keyCode(change.coordinate), ...notesOf(change)].join(", ")}${facts === "" ? "" : `: ${code(facts)}`}`;
  return isWhole ? head : [head, ...editItems(change), ...hunkLines(change)].join("\n");
}

function notesOf({ from, ignored = 0, pass }: DriftChange): string[] {
  return [
    ...(from === undefined ? [] : [`now ${keyCode(from)}`]),
    ...(ignored > 0 ? [`${plural(ignored, "edit")} ignored`] : []),
    ...(pass === 2 ? ["second pass"] : []),
  ];
}

function hunkLines({ hunk = "" }: DriftChange): string[] {
  const lines = hunk.trimEnd().split("\n");
  if (hunk === "" || lines.length > MOST.lines) return [];
  return ["", ...fenced(lines, "diff").map((line) => `  ${line}`), ""];
}

/** The edits of an object as items below its entry. */
export function editItems(change: { readonly edits: readonly Edit[] } & Pick<DriftChange, "lists">): string[] {
  const told = toldEdits(change);
  const rest = told.length - MOST.edits;
  return [
    ...told.slice(0, MOST.edits).map((edit) => `  - ${editText(edit)}`),
    ...(rest > 0 ? [`  - and ${plural(rest, "more edit")}`] : []),
  ];
}

const WORD = { "+": "added", "-": "removed", ">": "moved" } as const;

function editText(edit: ToldEdit): string {
  const place = code(cut(edit.place.join(" › "), MOST.name));
  if (edit.sign !== "~") return `${place}: ${WORD[edit.sign]} ${code(cut(itemText(edit), MOST.columns))}`;
  const [before, after] = pairTexts(edit, MOST.columns);
  return `${place}: ${code(before)} → ${code(after)}`;
}
