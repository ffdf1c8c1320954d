import { describe, expect, it } from "vitest";
import { contactCentre, drifted } from "../../src/simulator/centre/index.ts";
import type { SeedStep } from "../../src/simulator/centre/index.ts";
import { createdBy, mentionsIn } from "./seed-walk.ts";

const inStep = contactCentre({ seed: 1, size: "S", side: "standby" });
const { steps, drifts } = drifted(inStep, { seed: 1 });

const keys = (list: readonly SeedStep[]): ReadonlyMap<string, string> =>
  new Map(list.map((step) => [`${step.kind}/${step.name}`, JSON.stringify(step)]));

describe("the drift of a standby", () => {
  it.each([1, 2, 3, 4, 5])("of seed %i is wide: at least 64 differences", (seed) => {
    const result = drifted(contactCentre({ seed, size: "S", side: "standby" }), { seed });
    expect(result.drifts.length).toBeGreaterThanOrEqual(64);
    expect(result.drifts.map(({ n }) => n)).toEqual(result.drifts.map((_, index) => index + 1));
  });

  it("covers every kind that is kept in step", () => {
    const kinds = [
      "division",
      "skill",
      "language",
      "wrap-up-code",
      "queue",
      "location",
      "schedule",
      "schedule-group",
      "data-table",
      "flow",
      "ivr",
      "integration",
      "credential",
      "data-action",
      "trunk",
      "site",
      "outbound-route",
      "did-pool",
      "outcome",
      "milestone",
      "response-library",
      "edge-group",
      "extension-pool",
      "message-recipient",
      "emergency-group",
      "group",
      "skill-group",
      "email-route",
      "web-configuration",
      "web-deployment",
      "prompt",
    ];
    expect(kinds.filter((kind) => !drifts.some((drift) => drift.kind === kind))).toEqual([]);
  });

  it("is never the same thing twice: each object drifts in one way", () => {
    const objects = drifts.map(({ kind, name }) => `${kind}/${name}`);
    expect(new Set(objects).size).toBe(objects.length);
    expect(new Set(drifts.map(({ kind, what }) => `${kind} ${what}`)).size).toBeGreaterThanOrEqual(drifts.length - 6);
  });

  it("shows in the steps of every object that is listed", () => {
    const [before, after] = [keys(inStep), keys(steps)];
    const touched = [...new Set([...before.keys(), ...after.keys()])].filter(
      (key) => before.get(key) !== after.get(key),
    );
    const parts: Readonly<Record<string, RegExp>> = {
      queue: /^queue(-members|-wrap-up-codes)?\//,
      integration: /^integration-config\//,
      "data-table": /^data-table(-row)?\//,
      site: /^(site|number-plans)\//,
      group: /^group-(settings|members)\//,
      prompt: /^prompt-(resource|audio)\//,
      "emergency-group": /^emergency-group-flows\//,
      "message-recipient": /^message-recipient-flow\//,
    };
    const unseen = drifts.filter(
      ({ kind, name }) =>
        !touched.some((key) => (parts[kind] ?? new RegExp(`^${kind}/`)).test(key) && key.includes(name)),
    );
    expect(unseen).toEqual([]);
    expect(touched.length).toBeGreaterThanOrEqual(drifts.length);
  });

  it("leaves a standby that could exist: everything that is named is there", () => {
    const created = createdBy(steps);
    const named = steps.flatMap(({ yaml }) => (yaml === undefined ? [] : mentionsIn(yaml)));
    expect(named.filter(({ kind, name }) => !created.has(`${kind}/${name}`))).toEqual([]);
    const references = [...JSON.stringify(steps).matchAll(/\{"\$ref":\["([^"]+)","((?:[^"\\]|\\.)*)"\]\}/g)].map(
      ([, kind = "", name = ""]) => `${kind}/${name}`,
    );
    expect(references.filter((key) => !created.has(key) && !/^(division\/@home|site\/PureCloud)/.test(key))).toEqual(
      [],
    );
  });

  it("is the same for the same seed and another one for another", () => {
    expect(drifted(inStep, { seed: 1 })).toEqual({ steps, drifts });
    expect(drifted(inStep, { seed: 2 }).drifts).not.toEqual(drifts);
  });

  it("stays below the shares of updates that a plan is stopped at", () => {
    const [before, after] = [keys(inStep), keys(steps)];
    for (const kind of ["queue", "flow", "data-table", "data-action", "schedule", "wrap-up-code"]) {
      const all = [...after.keys()].filter((key) => key.startsWith(`${kind}/`));
      const changed = all.filter((key) => before.has(key) && before.get(key) !== after.get(key));
      expect(changed.length / all.length, kind).toBeLessThan(0.3);
    }
  });
});
