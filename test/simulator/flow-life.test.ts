import { describe, expect, it } from "vitest";
import type { Send } from "./lab.ts";
import { created, lab, publish } from "./lab.ts";

const flows = "/api/v2/flows";

async function flowId(send: Send, yaml: string): Promise<string> {
  const job = await publish(send, yaml);
  if (job.status !== "Success") throw new Error(JSON.stringify(job));
  return (job.flow as { id: string }).id;
}

const caller = "inboundCall:\n  name: Caller\n  x:\n    transferToFlow: { targetFlow: { name: Target } }\n";

describe("a flow's identity and versions (genesys-api §8.2, §4.3)", () => {
  it("is type and name: another name makes another flow, the old one stays", async () => {
    const admin = await lab().login("standby", "admin");
    const first = await flowId(admin, "workflow:\n  name: A\n");
    expect(await flowId(admin, "workflow:\n  name: A\n  description: new\n")).toBe(first);
    expect(await flowId(admin, "workflow:\n  name: B\n")).not.toBe(first);
    expect(await flowId(admin, "inboundCall:\n  name: A\n")).not.toBe(first);
    expect((await admin("GET", `${flows}/${first}/versions`)).body.total).toBe(2);
  });

  it("an export of an older version gives that version's YAML", async () => {
    const { login, anyone } = lab();
    const admin = await login("standby", "admin");
    const id = await flowId(admin, "workflow:\n  name: A\n  # old\n");
    await flowId(admin, "workflow:\n  name: A\n  # new\n");
    const job = await admin("POST", `${flows}/export/jobs`, { flows: [{ flow: { id, version: "1.0" } }] });
    const { downloadUrl } = (await admin("GET", `${flows}/export/jobs/${job.body.id}`)).body;
    expect((await anyone("GET", new URL(String(downloadUrl)).pathname)).text).toContain("# old");
  });

  it("an export of a flow that was never published fails in the job", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await created(admin, flows, { name: "A", type: "WORKFLOW" });
    const job = await admin("POST", `${flows}/export/jobs`, { flows: [{ flow: { id } }] });
    expect((await admin("GET", `${flows}/export/jobs/${job.body.id}?expand=messages`)).body.status).toBe("Failure");
  });

  it("follows a move to another division in its YAML", async () => {
    const { login, anyone } = lab();
    const admin = await login("primary", "admin");
    const id = await flowId(admin, "workflow:\n  name: A\n  division: Home\n");
    const north = await created(admin, "/api/v2/authorization/divisions", { name: "North", description: "" });
    await admin("POST", `/api/v2/authorization/divisions/${north}/objects/FLOW`, [id]);
    const job = await admin("POST", `${flows}/export/jobs`, { flows: [{ flow: { id } }] });
    const { downloadUrl } = (await admin("GET", `${flows}/export/jobs/${job.body.id}`)).body;
    expect((await anyone("GET", new URL(String(downloadUrl)).pathname)).text).toContain("division: North");
  });
});

describe("flow references (genesys-api §8.4, architect-yaml §4.2)", () => {
  it("a called flow has to be published first, of the right type", async () => {
    const admin = await lab().login("standby", "admin");
    expect((await publish(admin, caller)).status).toBe("Failure");
    await flowId(admin, "inboundCall:\n  name: Target\n");
    expect((await publish(admin, caller)).status).toBe("Success");
    const bot = "inboundCall:\n  name: C\n  callBotFlow:\n    botFlow:\n      Target: {}\n";
    expect(JSON.stringify((await publish(admin, bot)).messages)).toContain("published bot flow 'Target'");
  });

  it("an object of the other organisation does not count", async () => {
    const { login } = lab();
    const yaml = "workflow:\n  name: A\n  targetQueue: { lit: { name: Billing } }\n";
    await created(await login("primary", "admin"), "/api/v2/routing/queues", { name: "Billing" });
    expect((await publish(await login("standby", "admin"), yaml)).status).toBe("Failure");
  });

  it("a reference to a part that the flow does not have fails (§3)", async () => {
    const admin = await lab().login("standby", "admin");
    const job = await publish(admin, 'workflow:\n  name: A\n  startUpRef: "/workflow/states/state[Gone_1]"\n');
    expect(JSON.stringify(job.messages)).toContain("Gone_1");
  });

  it("a division that does not exist fails", async () => {
    const admin = await lab().login("standby", "admin");
    const job = await publish(admin, "workflow:\n  name: A\n  division: Nowhere\n");
    expect(JSON.stringify(job.messages)).toContain("division 'Nowhere'");
  });

  it("the configuration of a version has a manifest with ids (architect-yaml §8)", async () => {
    const admin = await lab().login("standby", "admin");
    const queue = await created(admin, "/api/v2/routing/queues", { name: "Billing" });
    const id = await flowId(admin, "workflow:\n  name: A\n  targetQueue: { lit: { name: Billing } }\n");
    for (const place of ["versions/1.0/configuration", "latestconfiguration"]) {
      const { manifest } = (await admin("GET", `${flows}/${id}/${place}`)).body;
      expect(manifest).toEqual({ queue: [{ id: queue, name: "Billing" }] });
    }
  });

  it("dependency tracking tells what a flow uses and who uses it", async () => {
    const admin = await lab().login("standby", "admin");
    const target = await flowId(admin, "inboundCall:\n  name: Target\n");
    const id = await flowId(admin, caller);
    const base = "/api/v2/architect/dependencytracking";
    const used = await admin("GET", `${base}/consumedresources?id=${id}&version=1.0&objectType=INBOUNDCALLFLOW`);
    expect(used.body.entities).toMatchObject([{ id: target, name: "Target", type: "INBOUNDCALLFLOW" }]);
    const users = await admin("GET", `${base}/consumingresources?id=${target}&objectType=INBOUNDCALLFLOW`);
    expect(users.body.entities).toMatchObject([{ id, name: "Caller" }]);
  });
});

describe("flow deletion and actions (genesys-api §4.3)", () => {
  it("a flow that another one calls stays; a deleted one is readable with deleted=true", async () => {
    const admin = await lab().login("standby", "admin");
    const target = await flowId(admin, "inboundCall:\n  name: Target\n");
    const id = await flowId(admin, caller);
    const refused = await admin("DELETE", `${flows}/${target}`);
    expect([refused.status, refused.body.code]).toEqual([409, "architect.flow.cannot.delete.used.in.flows"]);
    expect((await admin("DELETE", `${flows}/${id}`)).status).toBe(204);
    expect((await admin("GET", `${flows}/${id}`)).status).toBe(404);
    expect((await admin("GET", `${flows}/${id}?deleted=true`)).body.deleted).toBe(true);
    expect((await admin("POST", `${flows}/actions/publish?flow=${id}`)).status).toBe(410);
    expect((await admin("DELETE", `${flows}/${target}`)).status).toBe(204);
  });

  it("the default in-queue flow can neither be published nor deleted", async () => {
    const admin = await lab().login("standby", "admin");
    const [own] = (await admin("GET", `${flows}?type=inqueuecall`)).body.entities;
    expect(own).toMatchObject({ name: "Default In-Queue Flow", system: true });
    expect((await admin("DELETE", `${flows}/${own?.id}`)).body.code).toBe("architect.default.flow.cannot.delete");
    expect((await admin("POST", `${flows}/actions/publish?flow=${own?.id}`)).status).toBe(405);
  });

  it("a rollback is refused while something that the old version names is missing", async () => {
    const admin = await lab().login("standby", "admin");
    const queue = await created(admin, "/api/v2/routing/queues", { name: "Old" });
    const id = await flowId(admin, "workflow:\n  name: A\n  targetQueue: { lit: { name: Old } }\n");
    await flowId(admin, "workflow:\n  name: A\n");
    await admin("DELETE", `/api/v2/routing/queues/${queue}`);
    const answer = await admin("POST", `${flows}/actions/publish?flow=${id}&version=1.0`);
    expect([answer.status, answer.body.code]).toEqual([409, "architect.flow.cannot.publish.missing.dependencies"]);
  });

  it("a lock held by another client blocks publishing until it is forced open", async () => {
    const { login } = lab();
    const [admin, writer] = [await login("standby", "admin"), await login("standby", "client")];
    const id = await flowId(admin, "workflow:\n  name: A\n");
    await admin("POST", `${flows}/actions/checkout?flow=${id}`);
    expect((await publish(writer, "workflow:\n  name: A\n")).status).toBe("Failure");
    const republish = await writer("POST", `${flows}/actions/publish?flow=${id}&version=1.0`);
    expect(republish.body.code).toBe("architect.flow.locked.by.user");
    await writer("POST", `${flows}/actions/unlock?flow=${id}`);
    expect((await publish(writer, "workflow:\n  name: A\n")).status).toBe("Success");
  });

  it("deactivating takes the published version away", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await flowId(admin, "workflow:\n  name: A\n");
    expect((await admin("POST", `${flows}/actions/deactivate?flow=${id}`)).body.publishedVersion).toBeUndefined();
  });
});
