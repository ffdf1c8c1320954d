import { describe, expect, it } from "vitest";
import { KINDS } from "../../src/kinds/index.ts";
import type { Obj } from "../../src/model/json.ts";
import type { DesiredOrg } from "../../src/stacks/desired-org.ts";
import { planResources, type PlannedResource } from "../../src/stacks/plan-resources.ts";

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
    leftOut: new Set(),
    findings: [],
    untold: [],
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

  it("let the first of two objects take what the other one gives it in exchange", () => {
    const { resources } = plan(
      { "ivr/A": { name: "A", dnis: ["+2"] }, "ivr/B": { name: "B", dnis: ["+1"] } },
      ["ivr/A", "ivr/B"],
      { current: { "ivr/A": { name: "A", dnis: ["+1"] }, "ivr/B": { name: "B", dnis: ["+2"] } } },
    );
    expect(resources.map(({ name, dependsOn, args }) => [name, dependsOn, args["lockstep"]])).toEqual([
      ["ivr/A", [], { takes: ["ivr/B"] }],
      ["ivr/B", ["ivr/A"], {}],
    ]);
    expect(resources.map(({ kind }) => kind)).toEqual(["ivr", "ivr"]);
  });

  it("leave out what a finding says cannot be written as it is, and what refers to it", () => {
    const message = "Is what the standby has as integration/custom-rest-actions:Beta";
    const own = { code: "names-exchanged", coordinate: "integration/custom-rest-actions:Alpha", message } as const;
    const action = "data-action/custom-rest-actions:Alpha/Calls/Look up";
    const objects: { readonly [coordinate: string]: Obj } = {
      [own.coordinate]: { name: "Alpha", integrationType: "custom-rest-actions" },
      [action]: { name: "Look up", category: "Calls", integrationId: own.coordinate },
      "skill/S": { name: "S" },
    };
    const { resources, blocked } = plan(objects, Object.keys(objects), { findings: [own] });
    expect(blocked).toEqual([
      own,
      { code: "blocked-by", coordinate: action, message: `Needs ${own.coordinate}, which cannot be written` },
    ]);
    expect(resources.map(({ name, args }) => [name, "retained" in (args["lockstep"] as Obj)])).toEqual([
      [own.coordinate, true],
      [action, true],
      ["skill/S", false],
    ]);
  });
});

describe("a value that an object holds which the program does not want", () => {
  const ivr = (name: string, ...dnis: string[]): Obj => ({ name, dnis });
  const pool = (startPhoneNumber: string, endPhoneNumber: string): Obj => ({ startPhoneNumber, endPhoneNumber });
  const [small, large] = ["did-pool/+100..+199", "did-pool/+150..+249"] as const;

  it("is taken, where that object stays", () => {
    const current = { "ivr/A": ivr("A"), "ivr/Gone": ivr("Gone", "+1") };
    const ids = Object.keys(current);
    const told = (protects: boolean): unknown =>
      plan({ "ivr/A": ivr("A", "+1") }, ids, { current, retained: ["ivr/Gone"], protects: () => protects }).blocked;
    const message = "Needs +1, which belongs to ivr/Gone in the target; the source does not have that object: --prune";
    expect(told(false)).toEqual([{ code: "value-taken", coordinate: "ivr/A", message: `${message} deletes it` }]);
    expect(told(true)).toEqual([
      { code: "value-taken", coordinate: "ivr/A", message: `${message} with --allow protected deletes it` },
    ]);
  });

  it("is taken, and no pruning is suggested, where the configuration leaves that object out", () => {
    const current = { "ivr/A": ivr("A"), "ivr/Gone": ivr("Gone", "+1") };
    const left = { current, retained: ["ivr/Gone"], leftOut: new Set(["ivr/Gone"]) };
    const { blocked } = plan({ "ivr/A": ivr("A", "+1") }, Object.keys(current), left);
    expect(blocked).toMatchObject([{ code: "value-taken", coordinate: "ivr/A" }]);
    expect(blocked[0]?.message).toContain("take the value from it by hand, or include it");
  });

  it("is given up before that object is deleted, by the update after this one", () => {
    const current = { "ivr/A": ivr("A"), "ivr/Gone": ivr("Gone", "+1", "+2") };
    const ids = [...Object.keys(current), "skill/Gone"];
    const { resources, blocked, leaving } = plan({ "ivr/A": ivr("A", "+1") }, ids, {
      current,
      pruned: ["ivr/Gone", "skill/Gone"],
    });
    expect(blocked).toEqual([]);
    expect(leaving).toEqual(["ivr/Gone"]);
    expect(resources.map(({ name, dependsOn, args }) => [name, dependsOn, args["lockstep"]])).toEqual([
      ["skill/Gone", [], { retained: true }],
      ["ivr/Gone", [], { leaving: true }],
      ["ivr/A", ["ivr/Gone"], {}],
    ]);
    expect(argsOf(resources, "ivr/Gone")).toMatchObject({ dnis: [] });
    const next = { "ivr/A": ivr("A", "+1"), "ivr/Gone": ivr("Gone") };
    const then = plan({ "ivr/A": ivr("A", "+1") }, ids, { current: next, pruned: ["ivr/Gone", "skill/Gone"] });
    expect(then.resources.map(({ name }) => name)).toEqual(["ivr/A"]);
  });

  it("is taken by the next update, where it is the range of an object that this one deletes", () => {
    const current = { [small]: pool("+100", "+199"), "ivr/A": ivr("A") };
    const desired = { [large]: pool("+150", "+249"), "ivr/A": ivr("A", "+220") };
    const first = plan(desired, Object.keys(current), { current, pruned: [small] });
    expect(first.blocked.map(({ coordinate, code }) => [coordinate, code])).toEqual([
      [large, "value-taken"],
      ["ivr/A", "blocked-by"],
    ]);
    expect(first.blocked[0]?.message).toMatch(
      /^Needs \+150 to \+249, which belongs to did-pool\/\+100\.\.\+199 .*run the same command again/,
    );
    expect(first.resources.map(({ name }) => name)).toEqual(["ivr/A"]);
    const then = plan(desired, ["ivr/A"], { current: { "ivr/A": ivr("A") } });
    expect(then.blocked).toEqual([]);
    expect(then.resources.map(({ name }) => name)).toEqual([large, "ivr/A"]);
  });

  it("keeps a range alive that an object which stays has a number of", () => {
    const current = { [small]: pool("+100", "+199"), "ivr/A": ivr("A", "+150") };
    const { resources, blocked } = plan({ "ivr/A": ivr("A", "+150") }, Object.keys(current), {
      current,
      pruned: [small],
    });
    expect(blocked).toMatchObject([{ coordinate: small, code: "value-taken" }]);
    expect(argsOf(resources, small)).toMatchObject({ lockstep: { retained: true } });
  });
});
