import type { Steps } from "../../model/api.ts";
import { isObj, sameJson, type Json, type Obj } from "../../model/json.ts";
import type { PartChange } from "../../model/kind.ts";
import { csvOf } from "./csv.ts";
import { replaceRows } from "./import-job.ts";

/** More changed rows than this take more requests than one import of all rows, which is registered and asked for its end. */
const WORTH_A_JOB = 3;

/** Adds, changes and removes single rows, or replaces all of them at once when many change. */
export function* writeRows({ id, before, after }: PartChange): Steps<void> {
  const had = isObj(before) ? before : {};
  const wanted = isObj(after) ? after : {};
  const removed = Object.keys(had).filter((key) => !Object.hasOwn(wanted, key));
  const written = Object.entries(wanted).filter(([key, row]) => !Object.hasOwn(had, key) || !sameJson(had[key], row));
  const csv = removed.length + written.length > WORTH_A_JOB ? csvOf(wanted) : undefined;
  if (csv !== undefined) return yield* replaceRows(id, csv);
  for (const rowId of removed) {
    yield { op: "DELETE /api/v2/flows/datatables/{id}/rows/{rowId}", path: { id, rowId } };
  }
  for (const [key, row] of written) yield* writeRow(id, key, row, Object.hasOwn(had, key));
}

function* writeRow(id: string, rowId: string, row: Json, exists: boolean): Steps<void> {
  const body: Obj = { ...(isObj(row) ? row : {}), key: rowId };
  if (exists) yield { op: "PUT /api/v2/flows/datatables/{id}/rows/{rowId}", path: { id, rowId }, body };
  else yield { op: "POST /api/v2/flows/datatables/{id}/rows", path: { id }, body };
}
