import { beforeEach, describe, expect, it } from "vitest";
import { openOffice, type Office } from "./office.ts";

const QUEUES = "/api/v2/routing/queues";
const NAME = "Service [24h] *";
const CODE = "platform-keeps-value";

let office: Office;
let queueId: string;

async function describeQueue(side: "primary" | "standby", description: string): Promise<void> {
  const path = side === "primary" ? `${QUEUES}/${queueId}` : `${QUEUES}/${await standbyId()}`;
  await office.admin[side]("PUT", path, { name: NAME, description });
}

async function standbyId(): Promise<string> {
  const { ids } = await office.snapshot("standby");
  return ids.get(`queue/${NAME}`) ?? "";
}

async function drift(): ReturnType<Office["drift"]> {
  return office.drift(await office.snapshot("primary"), await office.snapshot("standby"));
}

/** One plan, and what applying it said. */
async function run(): Promise<{ planned: number; blocked: readonly unknown[]; unequal: number; writes: number }> {
  const plan = office.plan(await drift());
  const applied = await office.apply(plan);
  expect(applied.verified).toBe(applied.blocked.length === 0 && applied.unequal.length === 0);
  const { blocked, unequal, writes } = applied;
  return { planned: plan.operations.length, blocked, unequal: unequal.length, writes };
}

const kept = [{ coordinate: `queue/${NAME}`, code: CODE, message: expect.stringContaining("- {") as string }];

beforeEach(async () => {
  office = await openOffice();
  queueId = String((await office.admin.primary("POST", QUEUES, { name: NAME, description: "one" }))["id"]);
  expect(await run()).toMatchObject({ blocked: [], unequal: 0 });
  const keeps = [{ org: "standby", kind: "queue", property: "description", value: "of the platform" }];
  office.simulator.configure({ keeps });
  await describeQueue("primary", "two");
});

describe("a value that the platform keeps", () => {
  it("is a failure once, then a finding, and is not written a third time", async () => {
    expect(await run()).toMatchObject({ planned: 1, blocked: [], unequal: 1 });
    expect(await run()).toMatchObject({ planned: 1, blocked: kept, unequal: 0 });
    expect(await run()).toMatchObject({ planned: 0, blocked: kept, unequal: 0, writes: 0 });
    const { report } = await drift();
    expect(report.changes).toMatchObject([{ coordinate: `queue/${NAME}` }]);
    expect(report.findings).toMatchObject([{ code: CODE, coordinate: `queue/${NAME}`, path: "/description" }]);
  });

  it("is accepted by the rule that the finding has ready", async () => {
    await run();
    const [{ message } = { message: "" }] = (await run()).blocked as readonly { message: string }[];
    const rule = message.slice(message.indexOf("- {") + 2);
    const config = (await office.files.read("/work/lockstep.yaml")) ?? "";
    const other = await openOffice({ ignores: [JSON.parse(rule)] });
    expect(other).toBeDefined();
    expect(config).not.toContain("ignores");
    const { ignored } = (await drift()).comparison;
    expect(ignored(`queue/${NAME}`, "/description")).toBe(false);
    const [primary, standby] = [await office.snapshot("primary"), await office.snapshot("standby")];
    expect((await other.drift(primary, standby)).report.changes).toEqual([]);
  });

  it.each([
    ["the primary", () => describeQueue("primary", "three")],
    [
      "the standby",
      async () => {
        office.simulator.configure({ keeps: [] });
        await describeQueue("standby", "by hand");
      },
    ],
  ])("is written again when its value changes in %s", async (_, change) => {
    await run();
    await run();
    await change();
    expect(await run()).toMatchObject({ planned: 1 });
  });

  it("does not hold up what else differs in the object", async () => {
    await run();
    await run();
    await office.admin.primary("PUT", `${QUEUES}/${queueId}`, {
      name: NAME,
      description: "two",
      callingPartyName: "Service",
    });
    expect(await run()).toMatchObject({ planned: 1, blocked: kept, unequal: 0 });
    expect(await office.admin.standby("GET", `${QUEUES}/${await standbyId()}`)).toMatchObject({
      callingPartyName: "Service",
    });
    expect(await run()).toMatchObject({ planned: 0, blocked: kept });
  });

  it("is found at an object that is renamed, and at a new one", async () => {
    await run();
    await run();
    await office.admin.primary("POST", QUEUES, { name: "New", description: "new" });
    await office.admin.primary("PUT", `${QUEUES}/${queueId}`, { name: "Renamed", description: "two" });
    const before = await standbyId();
    expect(await run()).toMatchObject({ planned: 2, unequal: 2 });
    expect((await office.snapshot("standby")).ids.get("queue/Renamed")).toBe(before);
    expect(await run()).toMatchObject({ planned: 2, unequal: 0 });
    expect(await run()).toMatchObject({ planned: 0, writes: 0 });
  });
});
