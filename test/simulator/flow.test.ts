import { describe, expect, it } from "vitest";
import { created, lab, publish } from "./lab.ts";

const yaml = (extra = ""): string => `inboundCall:
  name: Main
  description: Entry
  division: Home
  startUpRef: "/inboundCall/tasks/task[Start_1]"
  tasks:
    - task:
        name: Start
        refId: Start_1
        actions:
          - transferToAcd:
              name: To Billing
              targetQueue:
                lit:
                  name: Billing
${extra}`;

describe("flow publish job (genesys-api §8.2)", () => {
  it("publishes when every named object exists and answers the flow's id", async () => {
    const admin = await lab().login("primary", "admin");
    await created(admin, "/api/v2/routing/queues", { name: "Billing" });
    const job = await publish(admin, yaml());
    expect(job).toMatchObject({ status: "Success", command: "Publish" });
    const flow = (await admin("GET", `/api/v2/flows/${(job.flow as { id: string }).id}`)).body;
    expect(flow).toMatchObject({ name: "Main", type: "INBOUNDCALL", publishedVersion: { id: "1.0" } });
  });

  it("fails with a message that names the missing object and its kind (§15 last row)", async () => {
    const admin = await lab().login("primary", "admin");
    const job = await publish(admin, yaml());
    expect(job.status).toBe("Failure");
    expect(JSON.stringify(job.messages)).toContain("queue 'Billing'");
  });

  it("is Registered until the upload and Started until the job time has passed", async () => {
    const { login, clock } = lab({ jobMs: 5000 });
    const admin = await login("primary", "admin");
    const job = (await admin("POST", "/api/v2/flows/jobs")).body;
    const state = async () => (await admin("GET", `/api/v2/flows/jobs/${job.id}`)).body.status;
    expect(await state()).toBe("Registered");
    await admin("PUT", new URL(String(job.presignedUrl)).pathname, "x: 1", job.headers as Record<string, string>);
    expect(await state()).toBe("Started");
    clock.pass(5000);
    expect(await state()).toBe("Failure");
  });

  it("refuses an upload that lacks one of the returned headers", async () => {
    const admin = await lab().login("primary", "admin");
    const job = (await admin("POST", "/api/v2/flows/jobs")).body;
    expect((await admin("PUT", new URL(String(job.presignedUrl)).pathname, "x: 1")).status).toBe(403);
  });
});

describe("flow export job (genesys-api §8.1)", () => {
  it("gives back the bytes that were published, without a token", async () => {
    const { login, anyone } = lab();
    const admin = await login("primary", "admin");
    await created(admin, "/api/v2/routing/queues", { name: "Billing" });
    const { flow } = (await publish(admin, yaml())) as unknown as { flow: { id: string } };
    const reader = await login("primary", "client");
    const job = await reader("POST", "/api/v2/flows/export/jobs", {
      flows: [{ flow: { id: flow.id, version: "1.0" } }],
    });
    expect(job.status).toBe(202);
    const state = (await reader("GET", `/api/v2/flows/export/jobs/${job.body.id}?expand=messages`)).body;
    expect(state.status).toBe("Success");
    expect(String(state.downloadUrl)).toMatch(/^http:\/\/sim\.test\//);
    expect((await anyone("GET", new URL(String(state.downloadUrl)).pathname)).text).toBe(yaml());
  });

  it("takes exactly one flow per job", async () => {
    const admin = await lab().login("primary", "admin");
    const answer = await admin("POST", "/api/v2/flows/export/jobs", { flows: [] });
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe("archy.export.invalid.flows.length");
  });
});

describe("flow rollback (genesys-api §4.3)", () => {
  it("republishes an older version", async () => {
    const admin = await lab().login("primary", "admin");
    await created(admin, "/api/v2/routing/queues", { name: "Billing" });
    const { flow } = (await publish(admin, yaml())) as unknown as { flow: { id: string } };
    await publish(admin, yaml("  # newer\n"));
    const published = async () => (await admin("GET", `/api/v2/flows/${flow.id}`)).body.publishedVersion;
    expect(await published()).toMatchObject({ id: "2.0" });
    const operation = await admin("POST", `/api/v2/flows/actions/publish?flow=${flow.id}&version=1.0`);
    expect(operation.body).toMatchObject({ complete: true, actionStatus: "SUCCESS" });
    expect(await published()).toMatchObject({ id: "1.0" });
  });
});

describe("names that every JavaScript object has", () => {
  it.each(["constructor", "__proto__", "toString"])(
    "%s can be a table, a task and a variable of a flow",
    async (name) => {
      const admin = await lab().login("primary", "admin");
      const properties: unknown = JSON.parse(`{ "key": { "type": "string" }, "${name}": { "type": "string" } }`);
      const schema = { type: "object", required: ["key"], properties };
      const table = await created(admin, "/api/v2/flows/datatables", { name, schema });
      const row = `{ "key": "a", "${name}": "b" }`;
      expect((await admin("POST", `/api/v2/flows/datatables/${table}/rows`, row)).status).toBe(200);
      const rows = await admin("GET", `/api/v2/flows/datatables/${table}/rows?showbrief=false`);
      expect(rows.text).toContain(`"${name}":"b"`);
      const job = await publish(
        admin,
        `workflow:
  name: ${name}
  variables:
    - ${name}:
        name: ${name}
        isInput: true
  tasks:
    - task:
        name: ${name}
        actions:
          - dataTableLookup:
              dataTable:
                ${name}:
                  foundOutputs: { ${name}: { noValue: true } }
          - ${name}:
              ${name}: { exp: '${name}("x")' }
`,
      );
      expect(job).toMatchObject({ status: "Success" });
      const { id } = job.flow as { id: string };
      const used = await admin(
        "GET",
        `/api/v2/architect/dependencytracking/consumedresources?id=${id}&version=1.0&objectType=WORKFLOW`,
      );
      expect(used.body.entities).toMatchObject([{ id: table, name, type: "DATATABLE" }]);
      const shown = await admin("GET", `/api/v2/flows?id=${id}&includeSchemas=true`);
      expect(shown.text).toContain(`"${name}":{"type":"string"}`);
    },
  );

  it("cannot be a flow type, a credential type or an object type, and no column is there by nature", async () => {
    const admin = await lab().login("primary", "admin");
    expect(await publish(admin, "constructor:\n  name: A\n")).toMatchObject({ status: "Failure" });
    const credential = { name: "A", type: { name: "constructor" }, credentialFields: {} };
    expect((await admin("POST", "/api/v2/integrations/credentials", credential)).status).toBe(400);
    const home = (await admin("GET", "/api/v2/authorization/divisions/home")).body.id;
    const move = `/api/v2/authorization/divisions/${home}/objects/constructor`;
    expect((await admin("POST", move, [])).status).toBe(400);
    const wide = {
      type: "object",
      required: ["key"],
      properties: { key: { type: "string" }, valueOf: { type: "string" } },
    };
    const table = await created(admin, "/api/v2/flows/datatables", { name: "A", schema: wide });
    const narrow = { ...wide, properties: { key: { type: "string" } } };
    const answer = await admin("PUT", `/api/v2/flows/datatables/${table}`, { name: "A", schema: narrow });
    expect(answer.body.code).toBe("flows.datatables.cannot.remove.fields");
  });
});
