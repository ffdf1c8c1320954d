import { describe, expect, it } from "vitest";
import { KINDS } from "../../src/kinds/index.ts";
import { comparisonOf } from "./job.ts";
import { inputFor, snapshotOf, steps, type Objects } from "./planning.ts";
import { compare } from "../../src/drift/compare.ts";
import { makePlan } from "../../src/importers/plan.ts";

const configuration = (description: string): Objects => ({
  "web-configuration/Site": { name: "Site", description },
});

const deployment = (description: string): Objects => ({
  "web-deployment/Home": { name: "Home", description, configuration: "web-configuration/Site" },
});

describe("an update that also writes what refers to the object", () => {
  // Publishing a configuration puts its deployments on the new version: a deployment written at the same time would lose its
  // own change, and a new one could miss the version.
  it.each<[string, Objects, string]>([
    ["an update", deployment("old"), "2 update web-deployment/Home"],
    ["a create", {}, "2 create web-deployment/Home"],
  ])("comes before %s of that", (_, current, last) => {
    const desired = { ...configuration("new"), ...deployment("new") };
    const before = { ...configuration("old"), ...current };
    const comparison = {
      ...comparisonOf(snapshotOf("primary", desired), snapshotOf("standby", before)),
      kinds: KINDS,
    };
    const plan = makePlan({ ...inputFor(desired, before), comparison, differences: compare(comparison) });
    expect(steps(plan)).toEqual(["1 update web-configuration/Site", last]);
  });
});
