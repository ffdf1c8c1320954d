import { describe, expect, it } from "vitest";
import { KINDS } from "../../src/kinds/index.ts";
import type { Obj } from "../../src/model/json.ts";
import { planResources, type PlannedResource, type DesiredOrg } from "../../src/stacks/plan-resources.ts";

/** What the program plans for these objects. @param ids what the organisation has; `current`: how that is */
function plan(
  objects: { readonly [coordinate: string]: Obj },
  ids: readonly string[],
  { current = {}, ...more }: Partial<DesiredOrg> & { readonly current?: { readonly [coordinate: string]: Obj } } = {},
): ReturnType<typeof planResources> {
  return planResources({
    desired: new Map(Object.entries(objects)),
    inventory: {
      orgId: "org",
      orgName: "Org",
      homeDivision: "Home",
      ids: new Map(ids.map((coordinate) => [coordinate, `id of ${coordinate}`])),
      unread: [],
      skipped: new Set(),
      namesakes: new Map(),
      current: new Map(Object.entries(current)),
    },
    retained: [],
    setAside: new Set(),
    pruned: [],
    renamed: new Map(),
    formerNames: () => [],
    treatment: () => ({ ignored: [], extra: [], sourceId: undefined }),
    kinds: KINDS,
    protects: () => false,
    ...more,
  });
}

const argsOf = (resources: readonly PlannedResource[], name: string): Obj | undefined =>
  resources.find((resource) => resource.name === name)?.args;

const CIRCLE = {
  "queue/A": { name: "A", directRouting: { backupQueueId: "queue/B" } },
  "queue/B": { name: "B", directRouting: { backupQueueId: "queue/A" } },
};

describe("the resources of a program", () => {
  it("name each object once, also where only its Link cannot be written", () => {
    const objects = {
      "queue/Q": {
        name: "Q",
        directRouting: { backupQueueId: "queue/B" },
        conditionalGroupRouting: { rules: [{ queue: "queue/B" }] },
      },
      "queue/B": { name: "B", directRouting: { backupQueueId: "queue/Q" }, division: "division/Gone" },
    };
    const { resources, blocked } = plan(objects, ["queue/Q"]);
    const names = resources.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(argsOf(resources, "queue/Q")).toMatchObject({ name: "Q" });
    expect(names).not.toContain("link/queue/Q");
    expect(blocked.map(({ coordinate }) => coordinate)).toContain("queue/B");
  });

  it("tell a Link what is ignored and where its object comes from, as they tell the object", () => {
    const treatment = () => ({ ignored: ["/directRouting"], extra: [], sourceId: "id in the source" });
    const { resources } = plan(CIRCLE, [], { treatment });
    const link = resources.find(({ kind }) => kind === undefined);
    expect(link?.args).toMatchObject({ lockstep: { ignored: ["/directRouting"], sourceId: "id in the source" } });
  });

  it("tell what an object refers to by a name that is about to change, and nothing else", () => {
    const objects = {
      "division/New": { name: "New" },
      "queue/Q": { name: "Q", division: "division/New" },
      "skill/S": { name: "S" },
    };
    const { resources } = plan(objects, ["division/Old", "queue/Q", "skill/S"], {
      renamed: new Map([["division/New", "division/Old"]]),
    });
    expect(argsOf(resources, "queue/Q")).toMatchObject({ lockstep: { moved: { "division/Old": "division/New" } } });
    expect(argsOf(resources, "skill/S")).toEqual({ key: "S", name: "S", lockstep: {} });
    expect(resources.find(({ name }) => name === "division/New")?.importId).toBe("id of division/Old");
  });

  it.each([
    ["A", "B"],
    ["B", "A"],
  ])("take a number from %s before they give it to %s, under an old name too", (from, to) => {
    const { resources } = plan(
      { [`ivr/${from}`]: { name: from, dnis: [] }, [`ivr/${to}`]: { name: to, dnis: ["+1317"] } },
      ["ivr/Old", `ivr/${to}`],
      {
        renamed: new Map([[`ivr/${from}`, "ivr/Old"]]),
        current: { "ivr/Old": { name: "Old", dnis: ["+1317"] }, [`ivr/${to}`]: { name: to, dnis: [] } },
      },
    );
    expect(resources.map(({ name, dependsOn }) => [name, dependsOn])).toEqual([
      [`ivr/${from}`, []],
      [`ivr/${to}`, [`ivr/${from}`]],
    ]);
  });

  it("let two objects exchange what they have without an order, because there is none", () => {
    const { resources } = plan(
      { "ivr/A": { name: "A", dnis: ["+2"] }, "ivr/B": { name: "B", dnis: ["+1"] } },
      ["ivr/A", "ivr/B"],
      { current: { "ivr/A": { name: "A", dnis: ["+1"] }, "ivr/B": { name: "B", dnis: ["+2"] } } },
    );
    expect(resources.map(({ dependsOn }) => dependsOn)).toEqual([[], []]);
  });
});
