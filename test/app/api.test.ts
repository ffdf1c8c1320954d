import { expect, it } from "vitest";
import { findDrift, planDrift, readSide } from "../../src/app/index.ts";
import { fill, openOffice, seedSteps } from "../conformance/office.ts";

it("reads both organisations, compares them and plans without a command line", async () => {
  const office = await openOffice();
  await fill(office, "primary", seedSteps());
  const { app } = office;
  const [primary, standby] = [await readSide(app, "primary"), await readSide(app, "standby")];
  const plan = planDrift(app, await findDrift(app, primary, standby));
  expect(plan.operations.length).toBeGreaterThan(10);
  expect(plan.operations.every(({ action }) => action === "create" || action === "update")).toBe(true);
  expect(plan.target.orgId).toBe(standby.snapshot.org.id);
  expect(office.told()).toContain('"event":"listed"');
});
