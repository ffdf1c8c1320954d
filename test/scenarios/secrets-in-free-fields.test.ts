import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { works } from "./support/refused.ts";
import { createDataAction } from "./support/data-action.ts";
import { stageFor } from "./support/stage.ts";

const SECRET = "Bearer 9f8b7c6d5e4f3a2b1c0d";
const KEY = "a1b2c3d4e5f6a7b8";
const TABLES = "/api/v2/flows/datatables";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  const admin = await set.admin("primary");
  const properties = {
    key: { type: "string", $id: "/properties/key", title: "line" },
    token: { type: "string", $id: "/properties/token", title: "token" },
  };
  const table = await admin.create(TABLES, {
    name: "Lines",
    schema: {
      $schema: "http://json-schema.org/draft-04/schema#",
      type: "object",
      properties,
      required: ["key"],
      additionalProperties: false,
    },
  });
  await admin.send("POST", `${TABLES}/${table}/rows`, { key: "de", token: KEY });
  const integrationId = await admin.create("/api/v2/integrations", {
    name: "CRM",
    integrationType: { id: "custom-rest-actions" },
  });
  await createDataAction(admin, integrationId, SECRET);
});

it("are found with their place in a header and in a table cell, and masked in every report", async () => {
  const workspace = await stage.workspace();
  const report = await works(workspace, 2, "diff", "--report", "markdown=drift.md", "--report", "text=drift.txt");
  const { findings } = report as { findings: readonly { code: string; coordinate: string; path?: string }[] };
  const places = findings.filter(({ code }) => code === "looks-like-a-secret");
  expect(places.map(({ coordinate, path = "" }) => coordinate + path).sort()).toEqual([
    "data-action/custom-rest-actions:CRM/CRM/Find/config/request/headers/Authorization",
    "data-table/Lines/rows/de/token",
  ]);
  const shown = [
    JSON.stringify(report),
    ...(await Promise.all(["drift.md", "drift.txt"].map((file) => readFile(join(workspace.directory, file), "utf8")))),
  ];
  for (const text of shown) {
    expect(text).not.toContain(SECRET.slice(-12));
    expect(text).not.toContain(KEY);
  }
  const { stdout, stderr } = await workspace.run(["snapshot", "primary"]);
  expect(stderr).toContain("looks-like-a-secret");
  expect(stdout + stderr).not.toContain(KEY);
});

it("are still written to the standby as they are", async () => {
  const workspace = await stage.workspace();
  await works(workspace, 0, "sync", "--yes");
  expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });
});
