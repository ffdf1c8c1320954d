import { splitCoordinate } from "../model/coordinate.ts";
import { groupBy } from "../model/group-by.ts";
import type { DriftChange, Edit } from "../model/report.ts";
import { markup, NOTHING, type Html } from "./markup.ts";
import { plural } from "./plain.ts";
import { saidOf, SIGN } from "./summary.ts";
import { toldEdits, type ToldEdit } from "./told-edits.ts";
import { itemText, pairTexts, valueText } from "./value-text.ts";
import { objectFacts } from "./values.ts";
import { wordsOf } from "./words.ts";

/** One object that differs: a line with its name, and below it everything about it. */
export function changeElement(change: DriftChange, isPlan: boolean): Html {
  const { action, coordinate, edits, from, ignored = 0, wave, pass, at } = change;
  const { kind, key } = splitCoordinate(coordinate);
  const isWhole = action === "create" || action === "delete";
  const notes = [
    isWhole ? objectFacts(edits) : plural(toldEdits(change).length, "edit"),
    ...(from === undefined ? [] : [`now ${splitCoordinate(from).key}`]),
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
    ...(wave === undefined ? [] : [`wave ${wave}`]),
    ...(pass === 2 ? ["second pass"] : []),
  ].filter((note) => note !== "");
  return markup`<details class="${action}" data-kind="${kind}"><summary><b>${isPlan && action === "delete" ? "-" : SIGN[action]}</b><span>${key}</span><em>${saidOf(change, isPlan)}</em><small>${notes.join(" · ")}</small></summary>${bodyOf(change)}<p class="at">${coordinate}${at === undefined ? NOTHING : markup` · ${at.file}:${at.line}`}</p></details>
`;
}

function bodyOf(change: DriftChange): Html {
  if (change.action === "create" || change.action === "delete") return wholeTable(change.edits);
  const told = toldEdits(change);
  const isText = change.edits.some(({ path }) => path.startsWith("/yaml/"));
  if (!isText && change.hunk === undefined) return sideBySide(told);
  const text = told.filter(({ path }) => path.startsWith("/yaml/"));
  const rest = told.filter(({ path }) => !path.startsWith("/yaml/"));
  return markup`${text.length === 0 ? NOTHING : markup`<h3>Outline</h3>${outline(text, 0)}`}${rest.length === 0 ? NOTHING : sideBySide(rest)}${hunkOf(change.hunk)}`;
}

/** Values of both sides next to one another. */
export function sideBySide(told: readonly ToldEdit[], heads = ["Standby", "Should be"]): Html {
  if (told.length === 0) return NOTHING;
  return markup`<table><thead><tr><th>Place<th>${heads[0] ?? ""}<th>${heads[1] ?? ""}</thead><tbody>${told.map(editRow)}</table>`;
}

function editRow(edit: ToldEdit): Html {
  const place = markup`<tr><th scope="row" title="${edit.path}">${edit.place.join(" › ")}`;
  if (edit.sign === "~") {
    const [before, after] = pairTexts(edit, Infinity);
    const [start, left, right, end] = parted(before, after);
    const removed = left === "" ? NOTHING : markup`<del>${left}</del>`;
    const added = right === "" ? NOTHING : markup`<ins>${right}</ins>`;
    return markup`${place}<td>${start}${removed}${end}<td>${start}${added}${end}`;
  }
  if (edit.sign === "+") return markup`${place}<td><i>none</i><td><ins>${itemText(edit)}</ins>`;
  if (edit.sign === "-") return markup`${place}<td><del>${itemText(edit)}</del><td><i>none</i>`;
  const { from = 0, to = 0 } = edit.moved ?? {};
  const item = valueText(edit.after, edit.path);
  return markup`${place}<td>${item} <i>at ${from}</i><td><mark>${item}</mark> <i>at ${to}</i>`;
}

/** Two texts as their common start, what each has of its own, and their common end. */
function parted(before: string, after: string): [start: string, left: string, right: string, end: string] {
  const [a, b] = [[...before], [...after]];
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  // A few letters in common say nothing.
  if (start + end < shorter / 3) [start, end] = [0, 0];
  const middle = (text: readonly string[]): string => text.slice(start, text.length - end).join("");
  return [a.slice(0, start).join(""), middle(a), middle(b), a.slice(a.length - end).join("")];
}

function wholeTable(edits: readonly Edit[]): Html {
  if (edits.length === 0) return NOTHING;
  const rows = edits.map(({ path, before, after }) => {
    return markup`<tr><th scope="row">${wordsOf(path.slice(1))}<td>${valueText(after ?? before, path)}`;
  });
  return markup`<table><tbody>${rows}</table>`;
}

/** Differences below one another by the parts of their places: tasks, menus, actions. */
function outline(told: readonly ToldEdit[], depth: number): Html {
  const items = [...groupBy(told, ({ place }) => place[depth] ?? "")].map(([part, edits]) => {
    const [only] = edits;
    const isLeaf = only !== undefined && edits.length === 1;
    const ends = edits.filter(({ place }) => place.length <= depth + 1);
    if (isLeaf) return markup`<li class="${LEAF[only.sign]}">${only.place.slice(depth).join(" › ")}: ${leaf(only)}`;
    const below = edits.filter(({ place }) => place.length > depth + 1);
    return markup`<li>${part}${ends.map((edit) => markup`<div class="${LEAF[edit.sign]}">${leaf(edit)}</div>`)}${below.length === 0 ? NOTHING : outline(below, depth + 1)}`;
  });
  return markup`<ul>${items}</ul>`;
}

const LEAF = { "+": "added", "-": "removed", "~": "changed", ">": "moved" } as const;

function leaf(edit: ToldEdit): Html {
  if (edit.sign === "+") return markup`<ins>added ${itemText(edit)}</ins>`;
  if (edit.sign === "-") return markup`<del>removed ${itemText(edit)}</del>`;
  if (edit.sign === ">") return markup`<mark>moved ${itemText(edit)}</mark>`;
  const [before, after] = pairTexts(edit, Infinity);
  return markup`<del>${before}</del> → <ins>${after}</ins>`;
}

function hunkOf(hunk: string | undefined): Html {
  if (hunk === undefined) return NOTHING;
  const lines = hunk
    .trimEnd()
    .split("\n")
    .map((line) => {
      if (line.startsWith("+")) return markup`<ins>${line}</ins>\n`;
      if (line.startsWith("-")) return markup`<del>${line}</del>\n`;
      return line.startsWith("@") ? markup`<b>${line}</b>\n` : markup`${line}\n`;
    });
  return markup`<h3>YAML</h3><pre>${lines}</pre>`;
}
