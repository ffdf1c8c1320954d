import { describe, expect, it } from "vitest";
import { compare } from "../../src/drift/compare.ts";
import { KINDS } from "../../src/kinds/index.ts";
import type { Plan } from "../../src/model/plan.ts";
import { makePlan } from "../../src/importers/plan.ts";
import { inputFor, steps, type Objects } from "./planning.ts";

function planned(desired: Objects, current: Objects, prune = false, renamed = new Map<string, string>()): Plan {
  const input = inputFor(desired, current, { prune, known: ["site/London"] });
  const comparison = { ...input.comparison, kinds: KINDS, renamed };
  return makePlan({ ...input, comparison, differences: compare(comparison) });
}

const ivr = (name: string, ...dnis: string[]): Objects => ({ [`ivr/${name}`]: { name, dnis } });
const pool = (start: string, end: string): Objects => ({
  [`did-pool/${start}..${end}`]: { startPhoneNumber: start, endPhoneNumber: end },
});
const route = (name: string, ...classificationTypes: string[]): Objects => ({
  [`outbound-route/London/${name}`]: { name, site: "site/London", classificationTypes },
});

/** Which operation waits for which, by coordinate. */
function waiting({ operations }: Plan): string[] {
  const name = (id: string): string => operations.find((operation) => operation.id === id)?.coordinate ?? id;
  return operations.flatMap(({ coordinate, dependsOn }) => dependsOn.map((id) => `${coordinate} < ${name(id)}`));
}

describe("a value that can have one holder", () => {
  it.each<[string, Objects, Objects]>([
    ["a number", { ...ivr("A"), ...ivr("B", "+1") }, { ...ivr("A", "+1"), ...ivr("B") }],
    ["a number that a new object gets", { ...ivr("A"), ...ivr("B", "+1") }, ivr("A", "+1")],
    ["a classification", { ...route("A"), ...route("B", "National") }, { ...route("A", "National"), ...route("B") }],
  ])("%s is given up before it is taken", (_, desired, current) => {
    const plan = planned(desired, current);
    const [first, second] = plan.operations;
    expect([first?.coordinate, second?.coordinate]).toEqual(Object.keys(desired));
    expect(waiting(plan)).toEqual([`${second?.coordinate} < ${first?.coordinate}`]);
  });

  it.each<[string, Objects, Objects, string]>([
    ["numbers", { ...ivr("A", "+2"), ...ivr("B", "+1") }, { ...ivr("A", "+1"), ...ivr("B", "+2") }, "dnis"],
    [
      "classifications",
      { ...route("A", "National", "Partner"), ...route("B", "International") },
      { ...route("A", "International", "Partner"), ...route("B", "National") },
      "classificationTypes",
    ],
  ])("%s are exchanged in one run: one lets go first and takes last", (_, desired, current, property) => {
    const plan = planned(desired, current);
    const [a = "", b = ""] = Object.keys(desired);
    expect(steps(plan)).toEqual([`1 update ${a}#1`, `2 update ${b}`, `3 update ${a}#2`]);
    const kept = (current[a]?.[property] as string[]).filter((value) => value === "Partner");
    expect(plan.operations[0]?.after?.[property] ?? []).toEqual(kept);
    expect(plan.operations[2]?.after?.[property]).toEqual(desired[a]?.[property]);
  });

  it("does not tie routes of different sites together", () => {
    const elsewhere = { "outbound-route/Berlin/B": { name: "B", classificationTypes: ["National"] } };
    expect(waiting(planned({ ...route("A"), ...elsewhere }, route("A", "National")))).toEqual([]);
  });

  it("makes a pool before the number that is in it, and lets the number go before the pool", () => {
    const made = planned({ ...pool("+100", "+199"), ...ivr("A", "+150") }, ivr("A"));
    expect(waiting(made)).toEqual(["ivr/A < did-pool/+100..+199"]);
    const gone = planned(ivr("A"), { ...pool("+100", "+199"), ...ivr("A", "+150") }, true);
    expect(waiting(gone)).toEqual(["did-pool/+100..+199 < ivr/A"]);
  });

  it("deletes the pool whose range overlaps before it makes the other one", () => {
    const plan = planned(pool("+100", "+299"), pool("+100", "+199"), true);
    expect(steps(plan)).toEqual(["1 delete did-pool/+100..+199", "2 create did-pool/+100..+299"]);
  });

  it.each<[string, Objects, Objects, string]>([
    ["a number", ivr("A", "+1"), ivr("B", "+1"), "ivr/A"],
    ["a range", pool("+100", "+299"), pool("+100", "+199"), "did-pool/+100..+299"],
  ])("is not taken while %s belongs to an object that only --prune deletes", (_, desired, current, coordinate) => {
    const { operations, blocked } = planned(desired, current);
    expect(operations).toEqual([]);
    expect(blocked).toMatchObject([{ coordinate, code: "value-taken" }]);
    expect(blocked[0]?.message).toContain("--prune deletes it");
    expect(planned(desired, current, true)).toMatchObject({ blocked: [] });
  });

  it.each<[string, Objects, Objects, string]>([
    ["a number", ivr("A", "+1"), ivr("B", "+1"), "ivr/A"],
    ["a range", pool("+100", "+299"), pool("+100", "+199"), "did-pool/+100..+299"],
  ])("is not taken while %s belongs to an object that is left out, which nothing deletes", (_, desired, all, at) => {
    const input = inputFor(desired, all, { prune: true });
    const comparison = { ...input.comparison, kinds: KINDS, current: new Map() };
    const { operations, blocked } = makePlan({ ...input, comparison, differences: compare(comparison) });
    expect(operations).toEqual([]);
    expect(blocked).toMatchObject([{ coordinate: at, code: "value-taken" }]);
    expect(blocked[0]?.message).toContain("take the value from it by hand, or include it");
  });

  it("gives up a name before another object gets it", () => {
    const desired = { "queue/Old": { name: "Old" }, "queue/Main": { name: "Main" } };
    const plan = planned(desired, { "queue/Main": { name: "Main" } }, false, new Map([["queue/Old", "queue/Main"]]));
    expect(steps(plan)).toEqual(["1 rename queue/Old", "2 create queue/Main"]);
    expect(waiting(plan)).toEqual(["queue/Main < queue/Old"]);
  });
});

describe("an object that only has to exist", () => {
  it("holds nothing up when its update is impossible", () => {
    const table = (secure: boolean): Objects => ({
      "data-action/x:Y/C/N": { name: "N", category: "C", integrationId: "integration/x:Y", secure },
    });
    const flow = (text: string): Objects => ({
      "flow/inboundcall:Main": { name: "Main", type: "inboundcall", yaml: text },
    });
    const yaml = "inboundCall:\n  name: Main\n  description: ";
    const plan = planned({ ...table(true), ...flow(`${yaml}a\n`) }, { ...table(false), ...flow(`${yaml}b\n`) });
    expect(plan.blocked.map(({ coordinate }) => coordinate)).toEqual(["data-action/x:Y/C/N"]);
    expect(plan.operations.map(({ coordinate }) => coordinate)).toEqual(["flow/inboundcall:Main"]);
  });
});
