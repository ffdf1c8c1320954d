import { expect, it } from "vitest";
import type { Obj } from "../../../src/model/json.ts";
import { stageFor } from "../../scenarios/support/stage.ts";
import { openPlugin } from "./support/plugin.ts";

const SECRET = "a1b2c3d4e5f6a7b8";
const TABLES = "/api/v2/flows/datatables";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  const admin = await set.admin("standby");
  const text = (name: string): object => ({ type: "string", $id: `/properties/${name}`, title: name });
  const schema = {
    $schema: "http://json-schema.org/draft-04/schema#",
    type: "object",
    properties: { key: text("key"), token: text("token"), note: text("note") },
    required: ["key"],
    additionalProperties: false,
  };
  const table = await admin.create(TABLES, { name: "Lines", schema });
  await admin.send("POST", `${TABLES}/${table}/rows`, { key: "de", token: SECRET, note: "one" });
});

it("keeps secrets out of the engine's state, and writes around them", async () => {
  const workspace = await stage.workspace();
  await workspace.configure({ include: { secrets: "placeholders" } });
  const { client } = await openPlugin(workspace);
  const { id } = (await client.invoke("getId", { coordinate: "data-table/Lines" })) as { readonly id: string };
  const state = await client.read("data-table", id);
  if (state === undefined) throw new Error("the table is not there");
  const { de } = state.outputs["rows"] as { readonly de: Obj };
  expect(de).toEqual({ token: expect.stringMatching(/^<secret-/) as unknown, note: "one" });
  const wanted = { ...state.inputs, rows: { de: { ...de, note: "two" } } };
  expect((await client.diff("data-table", state, wanted)).changes).toBe("some");
  const changed = await client.update("data-table", state, wanted);
  expect(changed.outputs["rows"]).toEqual(wanted.rows);
  expect((await client.diff("data-table", changed, wanted)).changes).toBe("none");
  const stored = await stage.control.state("standby");
  expect(stored[`${TABLES}/${id}/rows/de`]).toEqual({ key: "de", token: SECRET, note: "two" });
  // Nobody knows what stands behind this one.
  const unknown = { ...state.inputs, rows: { de: { ...de, token: `<secret-01234567-${"0".repeat(32)}>` } } };
  await expect(client.update("data-table", changed, unknown)).rejects.toThrow("secret-missing");
  expect(client.answers.join("\n")).not.toContain(SECRET);
});
