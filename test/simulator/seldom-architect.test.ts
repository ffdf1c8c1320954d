import { expect, it } from "vitest";
import type { Send } from "./lab.ts";
import { created, lab, publish } from "./lab.ts";

const flows = "/api/v2/flows";
const prompts = "/api/v2/architect/prompts";

async function published(admin: Send, name: string): Promise<string> {
  const job = await publish(admin, `workflow:\n  name: ${name}\n`);
  return (job.flow as { id: string }).id;
}

it("a flow is renamed by PUT, its versions are read one by one (genesys-api §4.3)", async () => {
  const admin = await lab().login("primary", "admin");
  const id = await published(admin, "A");
  const renamed = await admin("PUT", `${flows}/${id}`, { name: "B", description: "Renamed" });
  expect([renamed.status, renamed.body.name]).toEqual([200, "B"]);
  expect((await admin("GET", `${flows}/${id}/versions/1.0`)).body).toMatchObject({ id: "1.0" });
  expect((await admin("GET", `${flows}/${id}/versions/9.0`)).status).toBe(404);
});

it("a flow is locked for one client until it is checked in or reverted (genesys-api §4.3)", async () => {
  const admin = await lab().login("primary", "admin");
  const id = await published(admin, "A");
  const act = (name: string) => admin("POST", `${flows}/actions/${name}?flow=${id}`);
  expect((await act("revert")).body.code).toBe("architect.flow.not.locked.by.user");
  expect((await act("checkout")).body["lockedClient"]).toMatchObject({ id: expect.any(String) as string });
  expect((await act("revert")).body["lockedClient"]).toBeUndefined();
  await act("checkout");
  expect((await act("checkin")).body).toMatchObject({ actionName: "CHECKIN", actionStatus: "SUCCESS" });
});

it("several flows or prompts are deleted at once, by an operation (genesys-api §4.3)", async () => {
  const admin = await lab().login("primary", "admin");
  const [a, b] = [await published(admin, "A"), await published(admin, "B")];
  for (const id of [a, b]) await admin("POST", `${flows}/actions/deactivate?flow=${id}`);
  expect((await admin("DELETE", `${flows}?id=${a},${b}`)).body).toMatchObject({ actionName: "DELETE" });
  expect((await admin("GET", `${flows}?id=${a},${b}`)).body.entities).toEqual([]);
  const [c, d] = [await created(admin, prompts, { name: "c" }), await created(admin, prompts, { name: "d" })];
  expect((await admin("DELETE", `${prompts}?id=${c},${d}`)).body).toMatchObject({ actionName: "DELETE" });
  expect((await admin("GET", prompts)).body.entities).toEqual([]);
});

it("a prompt has one resource per language (genesys-api §4.3)", async () => {
  const admin = await lab().login("primary", "admin");
  const resources = `${prompts}/${await created(admin, prompts, { name: "hello" })}/resources`;
  const body = { language: "en-us", name: "hello", ttsString: "Hello", text: "Hello", durationSeconds: 1.5 };
  await admin("POST", resources, { ...body, tags: { tone: ["warm"] } });
  expect((await admin("GET", resources)).body.entities).toMatchObject([{ ...body, tags: { tone: ["warm"] } }]);
  const change = { language: "en-us", ttsString: "Good day" };
  expect((await admin("PUT", `${resources}/en-us`, change)).body).toMatchObject(change);
  expect((await admin("DELETE", `${resources}/en-us`)).status).toBe(204);
  expect((await admin("GET", resources)).body.entities).toEqual([]);
});
