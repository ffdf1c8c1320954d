import { describe, expect, test } from "vitest";
import { comparableFlow } from "../../../src/formats/architect/compare.ts";
import { sipHeadersRead } from "../../../src/formats/architect/headers.ts";
import { setAt } from "../../../src/formats/architect/literals.ts";
import { parseFlow } from "../../../src/formats/architect/parse.ts";
import { renameReferences, type RenamedName } from "../../../src/formats/architect/rename.ts";
import { contactCentre, demoPairing } from "../../../src/simulator/centre/index.ts";

const SEED = { seed: 1, size: "S" } as const;

function flowsOf(side: "primary" | "standby"): string[] {
  return contactCentre({ ...SEED, side }).flatMap(({ yaml }) => (yaml === undefined ? [] : [yaml]));
}

function renamed({ kind, name }: RenamedName): string | undefined {
  const rule = demoPairing(SEED).renames.find((candidate) => candidate.kind === kind);
  return rule && name.replace(new RegExp(rule.pattern), rule.replace);
}

describe("the flows of the simulated contact centre", () => {
  test("renames and the override turn each flow of the primary into the standby's, byte by byte", () => {
    const [primary, standby] = [flowsOf("primary"), flowsOf("standby")];
    expect(primary.length).toBeGreaterThan(20);
    const override = demoPairing(SEED).overrides.find(({ kind }) => kind === "flow");
    for (const [at, text] of primary.entries()) {
      const wanted = standby[at] ?? "";
      const { division } = parseFlow(wanted);
      const { text: paired } = renameReferences(text, renamed, division === undefined ? {} : { division });
      const isOverridden = override?.name === `inboundcall:${parseFlow(text).name}`;
      const result = isOverridden ? setAt(paired, override.path.replace("/yaml", ""), override.value) : paired;
      expect(result).toBe(wanted);
      expect(comparableFlow(result)).toEqual(comparableFlow(wanted));
    }
  });

  test("read the SIP headers that the carriers send", () => {
    const reads = flowsOf("primary").flatMap((text) => sipHeadersRead(parseFlow(text)));
    expect(reads.map(({ headers }) => headers)).toContainEqual(expect.arrayContaining(["X-Caller-Tier"]));
  });
});
