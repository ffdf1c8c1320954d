import { expect, it } from "vitest";
import { applyPlan } from "../../src/app/apply-plan.ts";
import { openApp } from "../../src/platform/open-app.ts";
import type { Transport } from "../../src/platform/genesys/transport.ts";
import { openOffice, type Office } from "../conformance/office.ts";

const INTEGRATIONS = "/api/v2/integrations";
const CRM = { name: "CRM", integrationType: { id: "custom-rest-actions" } };

/** Makes an integration in an organisation, by hand. */
async function integration(office: Office, side: "primary" | "standby", notes: string): Promise<void> {
  const { id } = await office.admin[side]("POST", INTEGRATIONS, CRM);
  const config = { name: "CRM", version: 1, properties: {}, advanced: {}, notes, credentials: {} };
  await office.admin[side]("PUT", `${INTEGRATIONS}/${String(id)}/config/current`, config);
}

interface Outcome {
  readonly applied: unknown;
  readonly integrations: number;
}

/** Applies a plan that creates an integration, which somebody makes by hand before the last look, or right before the create itself. */
async function appliedWhile(notes: string, settings: object, method: "GET" | "POST" = "GET"): Promise<Outcome> {
  const office = await openOffice(settings);
  await integration(office, "primary", "Ours");
  const [primary, standby] = [await office.snapshot("primary"), await office.snapshot("standby")];
  const plan = office.plan(await office.drift(primary, standby));
  let seen = 0;
  const transport: Transport = {
    handle: async (request) => {
      const isMeant = request.method === method && new URL(request.url, "http://x").pathname === INTEGRATIONS;
      if (isMeant && (seen += 1) === (method === "GET" ? 2 : 1)) await integration(office, "standby", notes);
      return office.simulator.handle(request);
    },
  };
  const app = await openApp("/work/lockstep.yaml", { ...office.ports, transport }, { tool: "test" });
  const applied = await applyPlan(app, plan, new Set());
  const { entities } = await office.admin.standby("GET", INTEGRATIONS);
  return { applied, integrations: (entities as unknown[]).length };
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

it("takes back what it made where somebody was faster by a moment, and nothing keeps others out", async () => {
  const { applied, integrations } = await appliedWhile("Ours", { lock: { use: "off" } }, "POST");
  expect(integrations).toBe(1);
  expect(applied).toMatchObject({ operations: { done: 1, failed: 0 }, verified: true });
});

it("leaves what somebody made in another way a moment before, takes back its own and tells it", async () => {
  const { applied, integrations } = await appliedWhile("Theirs", { lock: { use: "off" } }, "POST");
  expect(integrations).toBe(1);
  expect(applied).toMatchObject({ failures: [{ code: "version-conflict" }], verified: false });
});
