import { describe, expect, it } from "vitest";
import type { ResourceChanges } from "../../../src/cli/up/changes.ts";
import { leftAlone, stackGuards } from "../../../src/cli/up/guards.ts";
import { KINDS } from "../../../src/kinds/index.ts";
import type { StackChange } from "../../../src/report/stack-text.ts";

const HALF = { percent: 50, minimum: 4 };
const GUARDS = { maxUpdates: HALF, maxDeletes: HALF, staleSnapshotHours: 24, protected: [] };

function queues(action: StackChange["action"], count: number, more: Partial<StackChange> = {}): StackChange[] {
  return Array.from({ length: count }, (_, at) => ({ coordinate: `queue/${action}${at}`, action, edits: [], ...more }));
}

function told(changes: readonly StackChange[], kept = 0): ResourceChanges {
  const names = Array.from({ length: kept }, (_, at) => `queue/kept${at}`);
  return { stack: "standby", changes, same: kept, kept: names, forgotten: [] };
}

function hits(changes: ResourceChanges, more: Partial<Parameters<typeof stackGuards>[1]> = {}): string[] {
  const found = stackGuards(changes, { kinds: KINDS, guards: GUARDS, prune: true, ...more });
  return found.map(({ guard, message }) => `${guard}: ${message}`);
}

describe("guards of a stack", () => {
  it("stop deletes that nobody asked for", () => {
    expect(hits(told(queues("delete", 4), 20), { prune: false })).toEqual([
      "prune: Deletes 4 resources (queue/delete0, queue/delete1, queue/delete2 …)",
    ]);
    expect(hits(told(queues("delete", 4), 20))).toEqual([]);
  });

  it("stop replacements of objects that nobody asked for, because the old object has to go; not those of AWS", () => {
    const replaced: StackChange[] = [
      { coordinate: "data-table/Holidays", action: "replace", edits: ["/referenceId"] },
      { coordinate: "aws:route53/record:Record/main", action: "replace", edits: ["/name"] },
    ];
    expect(hits(told(replaced), { prune: false })).toEqual([
      "prune: Deletes 1 resource (data-table/Holidays, which is created again)",
    ]);
    expect(hits(told(replaced))).toEqual([]);
  });

  it("judge updates and deletes by their share of what exists, replacements as deletes", () => {
    expect(hits(told(queues("update", 3), 1))).toEqual([
      "max-updates: Changes 3 of 4 objects of kind queue, more than 50 %",
    ]);
    expect(hits(told([...queues("delete", 2), ...queues("replace", 1)], 1))).toEqual([
      "max-deletes: Deletes 3 of 4 objects of kind queue, more than 50 %",
    ]);
  });

  it("count what is adopted among what exists, and what is new not", () => {
    expect(hits(told([...queues("update", 2, { imported: true }), ...queues("import", 2)]))).toEqual([]);
    expect(hits(told([...queues("update", 2), ...queues("create", 9)], 1))).toEqual([]);
    expect(hits(told([...queues("update", 3), ...queues("create", 9)], 1))).toHaveLength(1);
  });

  it("count what only a Link changes in an object as an update of the object, once", () => {
    const links = queues("update", 3, { second: true });
    const kept = links.map(({ coordinate }) => coordinate);
    const alone: ResourceChanges = { stack: "standby", changes: links, same: 6, kept, forgotten: [] };
    expect(hits(alone)).toEqual([]);
    const four = { ...alone, kept: [...kept, "queue/other"] };
    expect(hits(four)).toEqual(["max-updates: Changes 3 of 4 objects of kind queue, more than 50 %"]);
    const guards = { ...GUARDS, protected: [{ kind: "queue", name: "update1" }] };
    expect(hits(alone, { guards })).toEqual([
      "protected: queue/update1 is protected in lockstep.yaml; the plan would update it",
    ]);
    expect(hits(told([...queues("update", 3), ...links], 1))).toEqual(hits(told(queues("update", 3), 1)));
    const adopted = [...queues("import", 4), ...queues("import", 3, { action: "update", second: true })];
    expect(hits(told(adopted))).toEqual(["max-updates: Changes 3 of 4 objects of kind queue, more than 50 %"]);
  });

  it("do not count a Link that is created beside its object, nor one that goes", () => {
    const created = [...queues("create", 3), ...queues("create", 3, { action: "update", second: true })];
    expect(hits(told(created, 4))).toEqual([]);
    expect(hits(told(queues("delete", 4, { second: true }), 4), { prune: false })).toEqual([]);
  });

  it("stop at what carries callers, and at what the configuration names", () => {
    const ivr: StackChange = { coordinate: "ivr/Main", action: "replace", edits: [] };
    expect(hits(told([ivr]))).toEqual(["protected: ivr/Main carries entry points; the plan would delete it"]);
    const guards = { ...GUARDS, protected: [{ kind: "queue", name: "update*" }] };
    expect(hits(told(queues("update", 1)), { guards })).toEqual([
      "protected: queue/update0 is protected in lockstep.yaml; the plan would update it",
    ]);
  });

  it("ignore what is only forgotten, and stop at other deletes beside it", () => {
    const forgotten = queues("delete", 2).map(({ coordinate }) => coordinate);
    const protecting = { ...GUARDS, protected: [{ kind: "queue", name: "*" }] };
    expect(hits({ ...told(queues("delete", 2), 2), forgotten }, { prune: false, guards: protecting })).toEqual([]);
    expect(hits({ ...told(queues("delete", 3), 3), forgotten }, { prune: false })).toEqual([
      "prune: Deletes 1 resource (queue/delete2)",
    ]);
  });

  it("know what the provider does not manage: what lockstep.yaml does not select", () => {
    const exclude = [{ kind: "skill", name: "Spanish" }];
    const flows = [{ name: "Main", mode: "independent" as const }];
    const isLeft = leftAlone({ include: { kinds: [], exclude, members: "emails", secrets: "values" }, flows }, KINDS);
    const asked = ["skill/Spanish", "skill/French", "flow/inboundcall:Main", "queue/Main"];
    expect(asked.filter(isLeft)).toEqual(["skill/Spanish", "flow/inboundcall:Main"]);
    const queuesOnly = leftAlone(
      { include: { kinds: ["queue"], exclude: [], members: "emails", secrets: "values" }, flows: [] },
      KINDS,
    );
    expect(asked.filter(queuesOnly)).toEqual(["skill/Spanish", "skill/French", "flow/inboundcall:Main"]);
  });
});
