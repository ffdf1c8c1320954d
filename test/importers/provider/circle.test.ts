import { describe, expect, it } from "vitest";
import { openOffice, type Office } from "../../conformance/office.ts";
import { programFor, refresh, up, type States } from "./support/engine.ts";
import { pluginIn } from "./support/plugin.ts";

/** A pair of which only the primary has queues: two that help each other out, each named by an object in a list of the other. */
async function pair(): Promise<Office> {
  const office = await openOffice();
  const admin = office.admin.primary;
  const body = (name: string, rules: object[] = []): object => ({ name, conditionalGroupRouting: { rules } });
  const make = async (name: string): Promise<string> =>
    String((await admin("POST", "/api/v2/routing/queues", body(name)))["id"]);
  const [one, two] = [await make("One"), await make("Two")];
  const rule = { metric: "EstimatedWaitTime", operator: "GreaterThan", conditionValue: 10, waitSeconds: 30 };
  const rules = (id: string): object[] => [rule, { ...rule, queue: { id } }];
  await admin("PUT", `/api/v2/routing/queues/${one}`, body("One", rules(two)));
  await admin("PUT", `/api/v2/routing/queues/${two}`, body("Two", rules(one)));
  return office;
}

/** Requests of the standby that write queues. */
function writes(office: Office): string[] {
  return office.simulator.world.log.flatMap(({ org, method, path }) =>
    org === "standby" && method !== "GET" && path.startsWith("/api/v2/routing/queues")
      ? [`${method} ${path.replace(/[0-9a-f-]{36}/, "{id}")}`]
      : [],
  );
}

const WRITES = ["POST /api/v2/routing/queues", "POST /api/v2/routing/queues", "PUT /api/v2/routing/queues/{id}"];

describe("two queues that refer to each other in a list of rules", () => {
  it("are brought to the standby by an apply", async () => {
    const office = await pair();
    const drift = await office.drift(await office.snapshot("primary"), await office.snapshot("standby"));
    const plan = office.plan(drift);
    expect(plan.blocked).toEqual([]);
    expect(await office.apply(plan)).toMatchObject({ failures: [], unequal: [], verified: true });
    expect(writes(office)).toEqual(WRITES);
    const after = await office.drift(await office.snapshot("primary"), await office.snapshot("standby"));
    expect(after.report.changes).toEqual([]);
  });

  it("are brought to the standby by a program, whose Link writes the rules", async () => {
    const office = await pair();
    const [primary, standby] = [await office.snapshot("primary"), await office.snapshot("standby")];
    const program = programFor(await office.drift(primary, standby), primary, standby.ids);
    const links = program.flatMap(({ kind, news }) => (kind === "link" ? [news] : []));
    expect(links).toEqual([
      {
        target: "queue/One",
        values: {
          "/conditionalGroupRouting/rules": [expect.anything(), expect.objectContaining({ queue: "queue/Two" })],
        },
      },
    ]);
    const states: States = new Map();
    const { client } = await pluginIn(office);
    await up(client, program, states);
    expect(writes(office)).toEqual(WRITES);
    const after = await office.drift(primary, await office.snapshot("standby"));
    expect(after.report.changes).toEqual([]);
    expect(await refresh(client, program, states)).toEqual([]);
    expect((await up(client, program, states)).same).toHaveLength(program.length);
    const [link] = [...states].filter(([name]) => name.startsWith("link/"));
    expect((await client.read("link", link?.[1].id ?? ""))?.outputs).toMatchObject({ values: links[0]?.["values"] });
  });
});
