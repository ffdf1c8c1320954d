import { describe, expect, it } from "vitest";
import { applyPlan } from "../../src/app/apply-plan.ts";
import { findDrift } from "../../src/app/find-drift.ts";
import { planDrift } from "../../src/app/make-plan.ts";
import { parseFlow } from "../../src/formats/architect/parse.ts";
import type { HealthEntry } from "../../src/model/config.ts";
import { textOf, type Obj } from "../../src/model/json.ts";
import { withHealthEntry } from "../../src/pairing/health-entry.ts";
import { openOffice } from "../conformance/office.ts";

const ENTRY: HealthEntry = {
  number: "+15550100",
  name: "lockstep health",
  greeting: "This number: answers.",
  language: "en-us",
  voice: "Jill",
};
const FLOW = "flow/inboundcall:lockstep health";
const IVR = "ivr/lockstep health";
const POOL = "did-pool/+15550100..+15550100";

const withEntry = (desired: readonly (readonly [string, Obj])[], existing: readonly string[] = [], entry = ENTRY) =>
  withHealthEntry(entry, new Map(desired), existing, "Home");

describe("a health entry", () => {
  it("is one flow that greets and hangs up, its call route and a pool for its number", () => {
    const { desired, endpoint } = withEntry([["queue/A", { name: "A" }]]);
    expect([...desired.keys()]).toEqual(["queue/A", FLOW, IVR, POOL]);
    expect(endpoint).toEqual({ number: ENTRY.number, ivr: IVR, flow: FLOW, pool: POOL });
    expect(desired.get(IVR)).toMatchObject({ dnis: [ENTRY.number], openHoursFlow: FLOW });
    const { structure } = parseFlow(textOf(desired.get(FLOW)?.["yaml"]));
    expect(structure).toMatchObject({ inboundCall: { name: ENTRY.name, initialGreeting: { tts: ENTRY.greeting } } });
  });

  it.each([
    ["of the source", [["did-pool/+15550000..+15550199", {}] as const], []],
    ["that the organisation has", [], ["did-pool/+15550000..+15550199"]],
  ])("uses a pool %s that holds its number", (_name, desired, existing) => {
    const { desired: result, endpoint } = withEntry(desired, existing);
    expect(result.has(POOL)).toBe(false);
    expect(endpoint.pool).toBe("did-pool/+15550000..+15550199");
  });

  it("keeps its own pool once that exists", () => {
    expect(withEntry([], [POOL, FLOW, IVR]).desired.has(POOL)).toBe(true);
  });

  it("takes the place of the one that the source brings along, whose number is the other organisation's", () => {
    const other = withEntry([], [], { ...ENTRY, number: "+15550200", name: "primary health" }).desired;
    expect([...withEntry([...other]).desired.keys()]).toEqual([FLOW, IVR, POOL]);
  });

  const clashes: readonly (readonly [string, readonly (readonly [string, Obj])[], string])[] = [
    ["another flow of its name", [[FLOW, { description: "Main" }]], "/healthEntry/name"],
    ["another call route of its name", [[IVR, { description: "Main" }]], "/healthEntry/name"],
    ["another use of its number", [["ivr/Main", { dnis: [ENTRY.number] }]], "/healthEntry/number"],
  ];

  it.each(clashes)("is refused where the source has %s", (_name, desired, path) => {
    expect(() => withEntry(desired)).toThrow(
      expect.objectContaining({ code: "health-entry-clash", place: expect.objectContaining({ path }) as object }),
    );
  });

  it("is published by an organisation, and is in step afterwards", async () => {
    const office = await openOffice();
    const { workspace } = office.app;
    const { orgs } = workspace.config;
    const config = { ...workspace.config, orgs: { ...orgs, standby: { ...orgs.standby, healthEntry: ENTRY } } };
    const app = { ...office.app, workspace: { ...workspace, config } };
    const drift = async () => {
      const takenAt = new Date(app.clock.now()).toISOString();
      const [primary, standby] = [await office.snapshot("primary"), await office.snapshot("standby")];
      return findDrift(app, { snapshot: primary, takenAt }, { snapshot: standby, takenAt });
    };
    const before = await drift();
    expect(before.differences.map(({ coordinate, action }) => `${action} ${coordinate}`)).toEqual([
      `create ${POOL}`,
      `create ${FLOW}`,
      `create ${IVR}`,
    ]);
    const plan = planDrift(app, before);
    const { failures } = await applyPlan(app, plan, new Set());
    expect(failures).toEqual([]);
    expect((await drift()).differences).toEqual([]);
  });
});
