import type { Json } from "../model/json.ts";
import type { DriftChange, DriftReport, Edit } from "../model/report.ts";
import { masked, type NamedValue } from "../canonical/secrets-in-json.ts";

/** The report with every value masked that looks like a secret: people pass reports on. */
export async function withMaskedValues(report: DriftReport): Promise<DriftReport> {
  const changes = [...report.changes, ...report.derived];
  const values = await masked(changes.flatMap(({ edits }) => edits.flatMap(valuesOf)));
  const next = values[Symbol.iterator]();
  const take = (value: Json | undefined): Json | undefined =>
    value === undefined ? undefined : (next.next().value ?? null);
  const shown = changes.map((change): DriftChange => ({
    ...change,
    edits: change.edits.map((edit) => maskedEdit(edit, take)),
  }));
  return {
    ...report,
    changes: shown.slice(0, report.changes.length),
    derived: shown.slice(report.changes.length),
  };
}

function valuesOf({ path, before, after }: Edit): NamedValue[] {
  const name = path.split("/").at(-1) ?? "";
  return [before, after].flatMap((value) => (value === undefined ? [] : [{ name, value }]));
}

/** Both values, in the order in which they were looked through. */
function maskedEdit(edit: Edit, take: (value: Json | undefined) => Json | undefined): Edit {
  const before = take(edit.before);
  const after = take(edit.after);
  return {
    path: edit.path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}
