import { expect, it } from "vitest";
import { stageFor } from "../../scenarios/support/stage.ts";
import { openPlugin } from "./support/plugin.ts";

const stage = stageFor({ primary: "seed", standby: "empty" });

it("takes a queue through its life", async () => {
  const workspace = await stage.workspace();
  const { client } = await openPlugin(workspace, { prune: "true" });
  const { inputs, failures } = await client.check("queue", { name: "Billing", division: "division/@home" });
  expect(failures).toEqual([]);
  const preview = await client.create("queue", inputs, true);
  expect(preview).toMatchObject({ id: "", outputs: { name: "Billing", coordinate: "queue/Billing" } });
  const made = await client.create("queue", inputs);
  expect(made.outputs).toMatchObject({ name: "Billing", key: "Billing", coordinate: "queue/Billing" });
  const again = await client.read("queue", made.id, made);
  expect(again).toEqual({ ...made, inputs: again?.inputs });
  expect((await client.diff("queue", made, again?.inputs ?? {})).changes).toBe("none");
  const wanted = { ...again?.inputs, description: "Bills and payments" };
  expect(await client.diff("queue", made, wanted)).toEqual({
    changes: "some",
    detailed: ["description"],
    replaces: [],
  });
  const changed = await client.update("queue", made, wanted);
  expect(changed.outputs).toMatchObject({ description: "Bills and payments" });
  const imported = await client.read("queue", made.id);
  expect(imported?.outputs).toEqual(changed.outputs);
  expect(await client.invoke("getId", { coordinate: "queue/Billing" })).toEqual({ id: made.id });
  await client.remove("queue", changed);
  expect(await client.read("queue", made.id, changed)).toBeUndefined();
});
