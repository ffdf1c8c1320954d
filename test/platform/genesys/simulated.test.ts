import { expect, test } from "vitest";
import { createSimulator } from "../../../src/simulator/index.ts";
import { connect } from "../../../src/platform/genesys/connect.ts";
import { virtualClock } from "../../../src/platform/clock.ts";

test("smoke", async () => {
  const clock = virtualClock(1_700_000_000_000);
  const simulator = createSimulator({ orgs: [{ name: "primary" }], clock });
  const org = simulator.world.orgs.get("primary");
  if (!org) throw new Error("no org");
  const client = await connect({
    baseUrl: "http://sim.invalid/x",
    clientId: org.client.id,
    clientSecret: org.client.secret,
    access: "read-only",
    clock,
    random: () => 0.5,
    transport: { handle: (r) => simulator.handle({ ...r, url: r.url.replace(/^\/x/, "") }) },
  });
  console.log(client.org, client.counts(), client.budget());
  for (let i = 0; i < 700; i++)
    await client.send({ op: "GET /api/v2/routing/queues", query: { pageSize: 100 } }, "queue");
  console.log(clock.elapsed(), client.counts(), client.budget());
  expect(client.org.id).toBe(org.id);
});
