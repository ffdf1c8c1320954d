import { describe, expect, it } from "vitest";
import { dataTable } from "../../src/kinds/data-table.ts";
import { writeRows } from "../../src/kinds/data-table/write-rows.ts";
import type { Json, Obj } from "../../src/model/json.ts";
import type { Writer } from "../../src/model/kind.ts";
import { change, errorOf, trace } from "./steps.ts";

function rows(count: number, cell: (at: number) => Json): Obj {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, { note: cell(at), open: true }]));
}

function partChange(before: Obj, after: Obj): Parameters<typeof writeRows>[0] {
  return { id: "table-1", before, after, resolve: (coordinate) => coordinate };
}

describe("rows", () => {
  it("are removed, changed and added one by one when few differ", () => {
    const { asked } = trace(
      writeRows(partChange({ a: { n: 1 }, b: { n: 2 }, c: { n: 3 } }, { b: { n: 2 }, c: { n: 4 }, "d/e": { n: 5 } })),
    );
    expect(asked).toEqual([
      { op: "DELETE /api/v2/flows/datatables/{id}/rows/{rowId}", path: { id: "table-1", rowId: "a" } },
      {
        op: "PUT /api/v2/flows/datatables/{id}/rows/{rowId}",
        path: { id: "table-1", rowId: "c" },
        body: { n: 4, key: "c" },
      },
      { op: "POST /api/v2/flows/datatables/{id}/rows", path: { id: "table-1" }, body: { n: 5, key: "d/e" } },
    ]);
  });

  it("are replaced by one import when many differ", () => {
    const after = rows(21, (at) => (at === 0 ? 'say "hi", all' : `line ${at}`));
    const { asked } = trace(writeRows(partChange({}, after)), [
      { id: "job-1", uploadURI: "https://files.invalid/1", uploadHeaders: { "content-type": "text/csv" } },
      {},
      { status: "Processing" },
      { status: "Succeeded", countRecordsFailed: 0 },
    ]);
    const lines = Array.from({ length: 20 }, (_, at) => `k${at + 1},line ${at + 1},true\r\n`);
    expect(asked.slice(0, 2)).toEqual([
      {
        op: "POST /api/v2/flows/datatables/{id}/import/csv/jobs",
        path: { id: "table-1" },
        body: { importMode: "ReplaceAll" },
        repeatable: true,
      },
      {
        transfer: "upload",
        url: "https://files.invalid/1",
        headers: { "content-type": "text/csv" },
        body: `key,note,open\r\nk0,"say ""hi"", all",true\r\n${lines.join("")}`,
      },
    ]);
    expect(asked).toHaveLength(4);
  });

  it.each([
    ["an empty text", rows(21, (at) => (at === 3 ? "" : "x"))],
    ["a missing value", { ...rows(20, () => "x"), last: { open: true } }],
  ])("are written one by one when one has %s, which CSV cannot tell", (_what, after) => {
    const { asked } = trace(writeRows(partChange({}, after)));
    expect(asked).toHaveLength(21);
  });

  it.each([
    ["job that failed", { status: "Failed", errorInformation: { message: "bad header" } }, "bad header"],
    ["job that refused rows", { status: "Succeeded", countRecordsFailed: 2 }, "2 rows were refused"],
  ])("report a %s", (_what, state, reason) => {
    const steps = writeRows(
      partChange(
        {},
        rows(21, () => "x"),
      ),
    );
    const error = errorOf(() => trace(steps, [{ id: "job-1", uploadURI: "https://files.invalid/1" }, {}, state]));
    expect(error.code).toBe("rows-import-failed");
    expect(error.message).toContain(reason);
  });
});

describe("columns", () => {
  const update = dataTable.write?.update as Writer;
  const table = (...names: string[]): Obj => ({
    name: "T",
    schema: { properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])) },
  });

  it("are added by a PUT of the whole table", () => {
    const job = change(table("key", "new"), { current: table("key") });
    expect(trace(update(job)).asked).toEqual([
      { op: "PUT /api/v2/flows/datatables/{id}", path: { id: "own-id" }, body: table("key", "new") },
    ]);
  });

  it("are never removed", () => {
    const job = change(table("key"), { current: table("key", "old", "older") });
    const error = errorOf(() => trace(update(job)));
    expect(error.code).toBe("column-cannot-be-removed");
    expect(error.message).toContain("old, older");
  });
});
