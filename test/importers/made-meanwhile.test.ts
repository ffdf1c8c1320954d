import { expect, it } from "vitest";
import { applyPlan } from "../../src/app/apply-plan.ts";
import { openApp } from "../../src/platform/open-app.ts";
import type { Transport } from "../../src/platform/genesys/transport.ts";
import { openOffice, rawState, type Office } from "../conformance/office.ts";

const INTEGRATIONS = "/api/v2/integrations";
const CRM = { name: "CRM", integrationType: { id: "custom-rest-actions" } };

/** Makes an integration in an organisation, by hand. */
async function integration(office: Office, side: "primary" | "standby", notes: string): Promise<void> {
  const { id } = await office.admin[side]("POST", INTEGRATIONS, CRM);
  const config = { name: "CRM", version: 1, properties: {}, advanced: {}, notes, credentials: {} };
  await office.admin[side]("PUT", `${INTEGRATIONS}/${String(id)}/config/current`, config);
}

/** Applies a plan that creates an integration, which somebody makes by hand when everything has been read. */
async function appliedWhile(notes: string, settings: object): Promise<{ applied: unknown; integrations: number }> {
  const office = await openOffice(settings);
  await integration(office, "primary", "Ours");
  const [primary, standby] = [await office.snapshot("primary"), await office.snapshot("standby")];
  const plan = office.plan(await office.drift(primary, standby));
  let looks = 0;
  const transport: Transport = {
    handle: async (request) => {
      const isLook = request.method === "GET" && new URL(request.url, "http://x").pathname === INTEGRATIONS;
      if (isLook && (looks += 1) === 2) await integration(office, "standby", notes);
      return office.simulator.handle(request);
    },
  };
  const app = await openApp("/work/lockstep.yaml", { ...office.ports, transport }, { tool: "test" });
  const applied = await applyPlan(app, plan, new Set());
  const paths = Object.keys(await rawState(office, "standby"));
  return { applied, integrations: paths.filter((path) => /\/integrations\/[^/]+$/.test(path)).length };
}

it.each([{}, { lock: { use: "off" } }])(
  "leaves what somebody made in the meantime as it is where it is what the plan would make (%o)",
  async (settings) => {
    const { applied, integrations } = await appliedWhile("Ours", settings);
    expect(integrations).toBe(1);
    expect(applied).toMatchObject({ operations: { done: 1, failed: 0 }, verified: true });
  },
);

it("neither overwrites nor doubles what somebody made in the meantime in another way", async () => {
  const { applied, integrations } = await appliedWhile("Theirs", { lock: { use: "off" } });
  expect(integrations).toBe(1);
  expect(applied).toMatchObject({
    operations: { done: 0, failed: 1 },
    failures: [{ coordinate: "integration/custom-rest-actions:CRM", code: "version-conflict" }],
  });
});
