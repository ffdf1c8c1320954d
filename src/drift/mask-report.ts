import { textOf, type Json } from "../model/json.ts";
import type { DriftChange, DriftReport, Edit, ListEdit } from "../model/report.ts";
import { masked, type NamedValue } from "../canonical/secrets-in-json.ts";

/** The report with every value masked that looks like a secret: people pass reports on. */
export async function withMaskedValues<Report extends DriftReport>(report: Report): Promise<Report> {
  const changes = [...report.changes, ...report.derived];
  const values = await masked(changes.flatMap(valuesIn));
  const next = values[Symbol.iterator]();
  const take: Take = (value) => (value === undefined ? undefined : (next.next().value ?? null));
  const shown = changes.map((change) => maskedChange(change, take));
  return {
    ...report,
    changes: shown.slice(0, report.changes.length),
    derived: shown.slice(report.changes.length),
  };
}

/** Takes the next masked value, in the order in which the values were looked through. */
type Take = (value: Json | undefined) => Json | undefined;

function valuesIn({ edits, lists = [], hunk }: DriftChange): NamedValue[] {
  return [
    ...edits.flatMap(valuesOf),
    ...lists.flatMap(({ path, steps }) => steps.map(({ value }) => ({ name: nameAt(path), value }))),
    ...(hunk === undefined ? [] : [{ name: "", value: hunk }]),
  ];
}

function maskedChange(change: DriftChange, take: Take): DriftChange {
  const { edits, lists, hunk } = change;
  return {
    ...change,
    edits: edits.map((edit) => maskedEdit(edit, take)),
    ...(lists === undefined ? {} : { lists: lists.map((list) => maskedList(list, take)) }),
    ...(hunk === undefined ? {} : { hunk: textOf(take(hunk)) }),
  };
}

function maskedList({ path, steps }: ListEdit, take: Take): ListEdit {
  return { path, steps: steps.map((step) => ({ ...step, value: take(step.value) ?? null })) };
}

function nameAt(path: string): string {
  return path.split("/").at(-1) ?? "";
}

function valuesOf({ path, before, after }: Edit): NamedValue[] {
  const name = nameAt(path);
  return [before, after].flatMap((value) => (value === undefined ? [] : [{ name, value }]));
}

/** Both values, in the order in which they were looked through. */
function maskedEdit(edit: Edit, take: Take): Edit {
  const before = take(edit.before);
  const after = take(edit.after);
  return {
    path: edit.path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}
