import { splitCoordinate } from "../model/coordinate.ts";
import { printable } from "../model/printable.ts";
import type { DriftChange } from "../model/report.ts";
import { objectFacts } from "./values.ts";
import type { Paint } from "./paint.ts";
import { plural } from "./plain.ts";
import { columns, cut, fits } from "./width.ts";
import { SIGN } from "./summary.ts";
import { itemText, pairTexts } from "./value-text.ts";
import { toldEdits, type ToldEdit } from "./told-edits.ts";
import { objectWords } from "./words.ts";

/** How changes are told at a terminal. */
export interface ChangeLayout {
  readonly paint: Paint;
  /** Columns that a line may take; unlimited where everything is wanted. */
  readonly width: number;
  /** Edits shown per object before the rest is only counted. */
  readonly edits: number;
  /** Also the texts (a flow's YAML) as hunks. */
  readonly hunks: boolean;
}

const STYLE = { create: "green", update: "yellow", delete: "dim", rename: "cyan" } as const;

/** How the first line of a change is told, where it is not as in a drift. */
export interface ChangeHead {
  readonly sign?: string;
  readonly style?: Parameters<Paint>[0];
  readonly notes?: readonly string[];
}

/** One object that differs, with its edits: on one line where that is short, otherwise one below the other. */
export function changeLines(change: DriftChange, layout: ChangeLayout, head: ChangeHead = {}): string[] {
  const { paint, width } = layout;
  const name = `${head.sign ?? SIGN[change.action]} ${objectWords(change.coordinate)}`;
  const notes = notesText(change, head);
  const start: Line = { plain: name + notes, painted: paint(head.style ?? STYLE[change.action], name) };
  if (change.action === "create" || change.action === "delete") {
    const facts = objectFacts(change.edits);
    const room = width - columns(start.plain) - 2;
    return [`${start.painted}${notes}${facts === "" || room < 12 ? "" : `  ${paint("dim", cut(facts, room))}`}`];
  }
  const told = toldEdits(change);
  const [only, second] = told;
  const hunk = layout.hunks ? textLines(change.hunk, layout) : [];
  if (only !== undefined && second === undefined) {
    const line = oneLine(only, layout);
    if (fits(line.plain, width - columns(start.plain) - 3)) {
      return [`${start.painted}${paint("dim", " ›")} ${line.painted}${notes}`, ...hunk];
    }
  }
  const rest = told.length - layout.edits;
  return [
    `${start.painted}${notes}`,
    ...told.slice(0, layout.edits).flatMap((edit) => editLines(edit, layout)),
    ...(rest > 0 ? [paint("dim", `    and ${plural(rest, "more edit")}`)] : []),
    ...hunk,
  ];
}

function notesText({ from, ignored = 0 }: DriftChange, head: ChangeHead): string {
  const notes = [
    ...(from === undefined ? [] : [`now ${printable(splitCoordinate(from).key)}`]),
    ...(head.notes ?? []),
    ...(ignored > 0 ? [`${plural(ignored, "edit")} ignored`] : []),
  ];
  return notes.length === 0 ? "" : `  (${notes.join(", ")})`;
}

/** The same text without and with colours. */
interface Line {
  readonly plain: string;
  readonly painted: string;
}

const EDIT_STYLE = { "+": "green", "-": "red", "~": "yellow", ">": "cyan" } as const;

/** An edit on one line, however long. */
function oneLine(edit: ToldEdit, { paint }: ChangeLayout): Line {
  const place = edit.place.join(" › ");
  if (edit.sign === "~") {
    const [before, after] = pairTexts(edit, Infinity);
    const plain = `${place}: ${before} → ${after}`;
    return { plain, painted: `${place}: ${paint("red", before)} → ${paint("green", after)}` };
  }
  const item = `${edit.sign} ${itemText(edit)}`;
  return { plain: `${place}: ${item}`, painted: `${place}: ${paint(EDIT_STYLE[edit.sign], item)}` };
}

function editLines(edit: ToldEdit, layout: ChangeLayout): string[] {
  const { paint, width } = layout;
  const line = oneLine(edit, layout);
  if (fits(line.plain, width - 4)) return [`    ${line.painted}`];
  const place = `    ${cut(edit.place.join(" › "), width - 5)}:`;
  const room = width - 8;
  if (edit.sign === "~") {
    const [before, after] = pairTexts(edit, room);
    return [place, paint("red", `      - ${before}`), paint("green", `      + ${after}`)];
  }
  return [place, paint(EDIT_STYLE[edit.sign], `      ${edit.sign} ${cut(itemText(edit), room)}`)];
}

const HUNK_STYLE: { readonly [sign: string]: Parameters<Paint>[0] } = { "+": "green", "-": "red", "@": "cyan" };

function textLines(hunk: string | undefined, { paint, width }: ChangeLayout): string[] {
  if (hunk === undefined) return [];
  return hunk
    .trimEnd()
    .split("\n")
    .map((line) => {
      const shown = cut(printable(line), width - 6);
      const style = HUNK_STYLE[shown.charAt(0)];
      return `      ${style === undefined ? shown : paint(style, shown)}`;
    });
}
