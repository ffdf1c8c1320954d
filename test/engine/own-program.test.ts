import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Flow, Link, Provider, Queue, type FlowArgs, type QueueArgs } from "../../src/pulumi/index.ts";
import { writesTo } from "../scenarios/support/control.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import { inlineStack, placeFor } from "./support/engine.ts";
import { describeEngine } from "./support/needs.ts";
import { takeSnapshot } from "./support/orgs.ts";

/** An in-queue flow that names the queue whose callers it keeps. */
const hold = (home: string): string => `inqueueCall:
  name: Billing Hold
  division: ${home}
  startUpRef: "/inqueueCall/tasks/task[Start_1]"
  defaultLanguage: en-us
  supportedLanguages:
    en-us:
      defaultLanguageSkill:
        noValue: true
  tasks:
    - task:
        name: Start
        refId: Start_1
        actions:
          - transferToAcd:
              name: Back to the queue
              targetQueue:
                lit:
                  name: Billing
`;

describeEngine("real engine: a program of somebody else", [], ({ engine }) => {
  const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
    const admin = await set.admin("primary");
    const { name: home } = await admin.send("GET", "/api/v2/authorization/divisions/home");
    const queue = await admin.create("/api/v2/routing/queues", { name: "Billing" });
    const flow = await admin.publish(hold(String(home)));
    await admin.send("PUT", `/api/v2/routing/queues/${queue}`, { name: "Billing", queueFlow: { id: flow } });
  });
  const place = placeFor(engine);

  it("closes a cycle of references with a Link, in one run", async () => {
    const workspace = await stage.workspace();
    await takeSnapshot(workspace);
    const snapshot = <Args>(...path: string[]): Args =>
      JSON.parse(readFileSync(workspace.path("snapshot", ...path), "utf8")) as Args;
    const billing = snapshot<QueueArgs>("queue", "Billing.json");
    const held = snapshot<FlowArgs>("flow", "inqueuecall%3ABilling Hold.json");
    const { name: home } = await (await stage.admin("standby")).send("GET", "/api/v2/authorization/divisions/home");
    const config = workspace.path("lockstep.yaml");
    const stack = await inlineStack(place(), {
      name: "own",
      // Only because the place has the project file of lockstep's own program.
      config: { "lockstep:role": "standby" },
      env: workspace.env,
      program: async () => {
        const provider = new Provider("standby", { config, org: "standby", access: "write" });
        const queue = new Queue("Billing", { ...billing, lockstep: { linked: ["/queueFlow"] } }, { provider });
        const args = { ...held, yaml: hold(String(home)) };
        const flow = new Flow("Billing Hold", args, { provider, dependsOn: queue });
        new Link("Billing", { target: queue.coordinate, values: { "/queueFlow": flow.coordinate } }, { provider });
      },
    });
    const up = await stack.up();
    expect(up.failed, up.text).toBe(false);
    const admin = await stage.admin("standby");
    const { id } = await admin.named("/api/v2/flows", "Billing Hold");
    const { id: queue } = await admin.named("/api/v2/routing/queues", "Billing");
    expect(await admin.send("GET", `/api/v2/routing/queues/${queue}`)).toMatchObject({ queueFlow: { id } });

    const mark = await stage.control.mark();
    const again = await stack.up({ expectNoChanges: true });
    expect(again.failed, again.text).toBe(false);
    expect(writesTo("standby", await stage.control.log(mark))).toEqual([]);
  });
});
