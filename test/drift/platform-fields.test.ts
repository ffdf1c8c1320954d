import { describe, expect, it } from "vitest";
import type { Obj } from "../../src/model/json.ts";
import type { Finding } from "../../src/model/snapshot.ts";
import type { Comparison } from "../../src/drift/compare.ts";
import { compareKnown } from "../../src/drift/platform-fields.ts";
import { KINDS } from "../../src/kinds/index.ts";

const NAMES = ["A", "B", "C"];

function skills(grown: (name: string) => Obj): Map<string, Obj> {
  return new Map(NAMES.map((name) => [`skill/${name}`, { name, ...grown(name) }]));
}

function comparisonOf(desired: Map<string, Obj>, current: Map<string, Obj>): Comparison {
  return { kinds: KINDS, desired, current, ignored: () => false, renamed: new Map() };
}

function unknown(...names: readonly string[]): Finding[] {
  return names.map((name) => ({
    code: "unknown-field",
    coordinate: `skill/${name}`,
    path: "/grown",
    message: "Is not in lockstep's schema of this kind; it is kept and compared as it is",
  }));
}

const grown = (name: string): Obj => ({ grown: `of ${name}` });
const plain = (): Obj => ({});

describe("a field that the platform has just grown", () => {
  it.each([
    ["in the primary alone", grown, plain, unknown(...NAMES)],
    ["in the standby alone", plain, grown, unknown(...NAMES)],
    ["in both, with another value everywhere", grown, () => ({ grown: 1 }), unknown(...NAMES, ...NAMES)],
  ])("%s: is one finding for the kind, and no difference", (_, primary, standby, findings) => {
    const compared = compareKnown(comparisonOf(skills(primary), skills(standby)), findings);
    expect(compared.differences).toEqual([]);
    expect(compared.findings).toMatchObject([{ code: "unknown-field", path: "/grown" }]);
    expect(compared.findings[0]?.message).toContain("not compared");
  });

  it("hides no other difference, and stays as the standby has it when the object is written", () => {
    const desired = skills(plain).set("skill/B", { name: "B", state: "new" });
    const { differences } = compareKnown(comparisonOf(desired, skills(grown)), unknown(...NAMES));
    expect(differences).toMatchObject([{ coordinate: "skill/B", edits: [{ path: "/state" }], wanted: grown("B") }]);
  });

  it("is compared where it differs on some objects only, and told once", () => {
    const desired = skills(grown).set("skill/B", { name: "B", grown: "changed" });
    const compared = compareKnown(comparisonOf(desired, skills(grown)), unknown(...NAMES));
    expect(compared.differences).toMatchObject([{ coordinate: "skill/B", edits: [{ path: "/grown" }] }]);
    expect(compared.findings).toHaveLength(1);
  });
});
