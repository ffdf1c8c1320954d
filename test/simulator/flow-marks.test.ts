import { describe, expect, it } from "vitest";
import { created, lab, publish } from "./lab.ts";

const milestones = "/api/v2/flows/milestones";
const outcomes = "/api/v2/flows/outcomes";
const flow = (action: string): string => `workflow:\n  name: Uses\n  tasks: [{ task: { actions: [${action}] } }]\n`;

describe("flow milestones (genesys-api §4.3)", () => {
  it.each([
    ["", "architect.flow.milestone.validate.failed.missing.name"],
    [" Paid", "architect.flow.milestone.validate.failed.invalid.name.spaces"],
    ["***", "architect.flow.milestone.validate.failed.invalid.name.no.alpha"],
  ])("refuse the name %j with the service's own code", async (name, code) => {
    const admin = await lab().login("standby", "admin");
    const answer = await admin("POST", milestones, { name });
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it("have one name once, are found by id and text, and answer 404 with their own code", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await created(admin, milestones, { name: "Paid", description: "Has paid" });
    const twin = await admin("POST", milestones, { name: "Paid" });
    expect([twin.status, twin.body.code]).toEqual([409, "architect.flow.milestone.already.exists"]);
    for (const query of [`id=${id}`, "name=Pa*", "description=paid", "nameOrDescription=has"])
      expect((await admin("GET", `${milestones}?${query}`)).body.entities).toMatchObject([{ id }]);
    expect((await admin("GET", `${milestones}/none`)).body.code).toBe("architect.flow.milestone.not.found");
  });

  it.each(["{ lit: { name: Paid } }", "{ name: Paid }"])(
    "stay while a flow reports them: milestone: %s",
    async (named) => {
      const admin = await lab().login("standby", "admin");
      const yaml = flow(`{ addFlowMilestone: { name: Add, milestone: ${named} } }`);
      expect(JSON.stringify(await publish(admin, yaml))).toContain("milestone 'Paid'");
      const id = await created(admin, milestones, { name: "Paid" });
      expect(await publish(admin, yaml)).toMatchObject({ status: "Success" });
      const refused = await admin("DELETE", `${milestones}/${id}`);
      expect([refused.status, refused.body.code]).toEqual([409, "architect.dependency.object.in.use"]);
      expect((await admin("GET", `${milestones}/${id}`)).status).toBe(200);
    },
  );
});

describe("flow outcomes (genesys-api §1.3, §1.5, §4.3)", () => {
  it("are never deleted, and an empty description is one space", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await created(admin, outcomes, { name: "Sold", description: "" });
    expect((await admin("GET", `${outcomes}/${id}`)).body.description).toBe(" ");
    expect((await admin("DELETE", `${outcomes}/${id}`)).status).toBe(405);
    expect((await admin("POST", outcomes, { name: "Sold" })).body.code).toBe("architect.flow.outcome.already.exists");
  });

  it("are updated by an operation: as before until it is done, and one at a time", async () => {
    const { login, clock } = lab({ jobMs: 2000 });
    const admin = await login("standby", "admin");
    const id = await created(admin, outcomes, { name: "Sold", description: "Old" });
    const one = `${outcomes}/${id}`;
    const started = (await admin("PUT", one, { name: "Sold", description: "New" })).body;
    expect(started).toMatchObject({ complete: false, actionName: "UPDATE", actionStatus: "STARTED" });
    expect((await admin("GET", one)).body).toMatchObject({ description: "Old", currentOperation: { complete: false } });
    const second = await admin("PUT", one, { name: "Sold", description: "Newer" });
    expect([second.status, second.body.code]).toEqual([409, "architect.operation.already.in.progress"]);
    clock.pass(2000);
    const done = { description: "New", currentOperation: { id: started.id, complete: true, actionStatus: "SUCCESS" } };
    expect((await admin("GET", one)).body).toMatchObject(done);
  });

  it.each(["initializeFlowOutcome", "setFlowOutcome"])("have to exist when a flow names them: %s", async (action) => {
    const admin = await lab().login("standby", "admin");
    const yaml = flow(
      `{ ${action}: { name: Outcome, flowOutcome: { name: Sold }, flowOutcomeValue: { lit: success } } }`,
    );
    expect(JSON.stringify(await publish(admin, yaml))).toContain("outcome 'Sold'");
    await created(admin, outcomes, { name: "Sold" });
    expect(await publish(admin, yaml)).toMatchObject({ status: "Success" });
  });
});
