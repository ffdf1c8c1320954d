import { describe, expect, it } from "vitest";
import { created, lab, publish } from "./lab.ts";

const path = "/api/v2/flows/datatables";
const columns = { key: { type: "string" }, open: { type: "boolean", default: false }, limit: { type: "integer" } };
const schema = { type: "object", required: ["key"], additionalProperties: false, properties: columns };

describe("data table schema (genesys-api §4.3)", () => {
  it("only grows, and new columns read as their default", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await created(admin, path, { name: "Hours", schema });
    await admin("POST", `${path}/${id}/rows`, { key: "Mon", open: true });
    const { open: _open, ...fewer } = columns;
    const removed = await admin("PUT", `${path}/${id}`, { name: "Hours", schema: { ...schema, properties: fewer } });
    expect([removed.status, removed.body.code]).toEqual([400, "flows.datatables.cannot.remove.fields"]);
    const wider = { ...columns, note: { type: "string", default: "-" } };
    expect(
      (await admin("PUT", `${path}/${id}`, { name: "Hours", schema: { ...schema, properties: wider } })).status,
    ).toBe(200);
    const row = await admin("GET", `${path}/${id}/rows/Mon?showbrief=false`);
    expect(row.body).toEqual({ key: "Mon", open: true, note: "-" });
  });

  it.each([
    ["no key", { type: "object", properties: {} }],
    ["a column of unknown type", { ...schema, properties: { ...columns, when: { type: "date" } } }],
  ])("is refused with %s", async (_case, broken) => {
    const admin = await lab().login("standby", "admin");
    const answer = await admin("POST", path, { name: "T", schema: broken });
    expect([answer.status, answer.body.code]).toEqual([400, "flows.datatables.schema.exception"]);
  });

  it("a table that a published flow looks up is only deleted by force", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await created(admin, path, { name: "Hours", schema });
    await publish(
      admin,
      "inboundCall:\n  name: Main\n  x:\n    dataTableLookup:\n      dataTable:\n        Hours: {}\n",
    );
    expect((await admin("DELETE", `${path}/${id}`)).body.code).toBe("flows.datatables.in.use");
    expect((await admin("DELETE", `${path}/${id}?force=true`)).status).toBe(204);
  });
});

describe("data table rows (genesys-api §4.3)", () => {
  it.each([
    ["an unknown column", { key: "a", colour: "red" }],
    ["a value of another type", { key: "a", limit: "many" }],
    ["no key", { limit: 3 }],
  ])("refuse %s", async (_case, row) => {
    const admin = await lab().login("standby", "admin");
    const id = await created(admin, path, { name: "Hours", schema });
    expect((await admin("POST", `${path}/${id}/rows`, row)).status).toBe(400);
  });

  it("are found by a key that needs encoding, and are unique", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await created(admin, path, { name: "Hours", schema });
    const key = "a/b ü?";
    expect((await admin("POST", `${path}/${id}/rows`, { key })).status).toBe(200);
    expect((await admin("POST", `${path}/${id}/rows`, { key })).status).toBe(409);
    const one = `${path}/${id}/rows/${encodeURIComponent(key)}`;
    expect((await admin("PUT", one, { key, limit: 2 })).body).toEqual({ key, limit: 2, open: false });
    expect((await admin("DELETE", one)).status).toBe(204);
    expect((await admin("GET", one)).body.code).toBe("flows.datatables.row.not.found");
  });
});

describe("data table jobs (genesys-api §4.3)", () => {
  it("ReplaceAll makes the table exactly what the CSV says; the export gives it back", async () => {
    const { login, anyone } = lab();
    const admin = await login("standby", "admin");
    const id = await created(admin, path, { name: "Hours", schema });
    await admin("POST", `${path}/${id}/rows`, { key: "old" });
    const job = (
      await admin("POST", `${path}/${id}/import/csv/jobs`, { status: "WaitingForUpload", importMode: "ReplaceAll" })
    ).body;
    expect(job.status).toBe("WaitingForUpload");
    const csv = 'key,open,limit\r\n"a, ""b""",true,3\r\n';
    await anyone("PUT", new URL(String(job.uploadURI)).pathname, csv, job.uploadHeaders as Record<string, string>);
    const done = (await admin("GET", `${path}/${id}/import/jobs/${job.id}`)).body;
    expect(done).toMatchObject({
      status: "Succeeded",
      countRecordsUpdated: 1,
      countRecordsDeleted: 1,
      countRecordsFailed: 0,
    });
    const rows = (await admin("GET", `${path}/${id}/rows?showbrief=false`)).body.entities;
    expect(rows).toEqual([{ key: 'a, "b"', open: true, limit: 3 }]);
    const exported = (await admin("POST", `${path}/${id}/export/jobs`)).body;
    const { downloadURI } = (await admin("GET", `${path}/${id}/export/jobs/${exported.id}`)).body;
    expect((await anyone("GET", new URL(String(downloadURI)).pathname)).text).toBe(csv);
  });
});
