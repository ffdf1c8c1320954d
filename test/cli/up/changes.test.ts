import { describe, expect, it } from "vitest";
import { changesOf, nameOf, type Step } from "../../../src/cli/up/changes.ts";

const QUEUE = "gclockstep:index:Queue";

function urn(type: string, name: string): string {
  return `urn:pulumi:standby::lockstep::${type}::${name}`;
}

function step(op: string, type: string, name: string, more: Partial<Step> = {}): Step {
  return { op: op as Step["op"], urn: urn(type, name), type, ...more };
}

describe("the name of a resource", () => {
  it.each([
    [urn(QUEUE, "queue/Billing"), "queue/Billing", false],
    [urn(QUEUE, "queue/A::B $ C/D"), "queue/A::B $ C/D", false],
    [urn("gclockstep:index:Link", "link/queue/Billing"), "queue/Billing", true],
    [urn(QUEUE, "link/queue"), "queue", true],
    [urn("lockstep:dns:FailoverName$aws:route53/record:Record", "primary"), "aws:route53/record:Record/primary", false],
  ])("of %s", (from, coordinate, second) => {
    expect(nameOf(from)).toEqual({ coordinate, second });
  });
});

describe("changes", () => {
  it("name what only the state forgets: what is retained, and what the provider does not manage", () => {
    const named = (name: string, more: object = {}): Partial<Step> => ({ old: { urn: urn(QUEUE, name), ...more } });
    const steps = [
      step("delete", QUEUE, "queue/Retained", named("queue/Retained", { retainOnDelete: true })),
      step("delete", QUEUE, "queue/Left", named("queue/Left")),
      step("delete", QUEUE, "queue/Before", named("queue/Before", { outputs: { coordinate: "queue/Left" } })),
      step("delete", QUEUE, "queue/Gone", named("queue/Gone", { outputs: { coordinate: "queue/Gone" } })),
      step("update", QUEUE, "queue/Same", named("queue/Same", { retainOnDelete: true })),
      step("delete", "gclockstep:index:Link", "link/queue/Left", {}),
      step("delete", "aws:sns/topic:Topic", "alarms", { old: { urn: "", retainOnDelete: true } }),
    ];
    const { forgotten } = changesOf("standby", steps, (coordinate) => coordinate === "queue/Left");
    expect(forgotten).toEqual(["queue/Retained", "queue/Left", "queue/Before"]);
  });

  it("are one for each resource, by name, without the engine's bookkeeping", () => {
    const told = changesOf("standby", [
      step("create", "pulumi:pulumi:Stack", "lockstep-standby"),
      step("create", "pulumi:providers:gclockstep", "standby"),
      step("same", QUEUE, "queue/C"),
      step("update", QUEUE, "queue/B", {
        detailedDiff: { description: { diffKind: "update" as never, inputDiff: false } },
      }),
      step("create", QUEUE, "queue/A"),
      step("refresh", QUEUE, "queue/C"),
    ]);
    expect(told).toEqual({
      stack: "standby",
      changes: [
        { coordinate: "queue/A", action: "create", edits: [] },
        { coordinate: "queue/B", action: "update", edits: ["/description"] },
      ],
      same: 1,
      kept: ["queue/C"],
      forgotten: [],
    });
  });

  it("tell what is adopted as it is from what is adopted and changed", () => {
    const { changes } = changesOf("standby", [
      step("import", QUEUE, "queue/A"),
      step("import", QUEUE, "queue/B"),
      step("update", QUEUE, "queue/B", { diffs: ["description"] }),
    ]);
    expect(changes).toEqual([
      { coordinate: "queue/A", action: "import", edits: [] },
      { coordinate: "queue/B", action: "update", edits: ["/description"], imported: true },
    ]);
  });

  it("tell a replacement once", () => {
    const { changes } = changesOf("standby", [
      step("delete-replaced", QUEUE, "queue/A"),
      step("create-replacement", QUEUE, "queue/A", { keys: ["division"] }),
      step("replace", QUEUE, "queue/A"),
    ]);
    expect(changes).toEqual([{ coordinate: "queue/A", action: "replace", edits: ["/division"] }]);
  });

  it("tell what an object was called", () => {
    const old = { urn: urn(QUEUE, "queue/Old") };
    expect(changesOf("standby", [step("same", QUEUE, "queue/New", { old })]).changes).toEqual([
      { coordinate: "queue/New", action: "update", edits: [], from: "queue/Old" },
    ]);
  });

  it("mark what closes a cycle, and do not count it among the objects that stay", () => {
    const link = "gclockstep:index:Link";
    expect(changesOf("s", [step("create", link, "link/queue/A")]).changes).toEqual([
      { coordinate: "queue/A", action: "update", edits: [], second: true },
    ]);
    expect(changesOf("s", [step("same", link, "link/queue/A")])).toMatchObject({ same: 1, kept: [] });
  });
});
