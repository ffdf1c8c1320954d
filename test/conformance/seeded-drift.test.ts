import { beforeAll, describe, expect, it } from "vitest";
import type { DriftReport } from "../../src/model/report.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { contactCentre, demoPairing, drifted, type Drift } from "../../src/simulator/centre/index.ts";
import { fill, openOffice } from "./office.ts";

const LONG = 300_000;

const pairingOf = (seed: number): object => {
  const { environment: _, ...pairing } = demoPairing({ seed, size: "S" });
  return pairing;
};

async function primaryOf(seed: number): Promise<Snapshot> {
  const office = await openOffice(pairingOf(seed));
  await fill(office, "primary", contactCentre({ seed, size: "S" }));
  return office.snapshot("primary");
}

/** What is found where the standby of a seed has its drifts but for some. */
async function found(
  seed: number,
  primary: Snapshot,
  without: ReadonlySet<number> = new Set(),
): Promise<{ readonly report: DriftReport; readonly drifts: readonly Drift[] }> {
  const office = await openOffice(pairingOf(seed));
  const { steps, drifts } = drifted(contactCentre({ seed, size: "S", side: "standby" }), { seed, without });
  await fill(office, "standby", steps);
  const { report } = await office.drift(primary, await office.snapshot("standby"));
  return { report, drifts };
}

/** A difference as a report has it, to the value. */
const linesOf = ({ changes }: DriftReport): readonly string[] => changes.map((change) => JSON.stringify(change));

const byKind = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...new Set(names)].map((kind) => [kind, names.filter((name) => name === kind).length]));

describe.each([1, 2, 3])("the drift that the demo states, seed %i", (seed) => {
  it("is found, kind by kind, and nothing is found in a kind that has none", { timeout: LONG }, async () => {
    const { report, drifts } = await found(seed, await primaryOf(seed));
    const seeded = byKind(drifts.map(({ kind }) => kind));
    const told = byKind(report.changes.map(({ coordinate }) => coordinate.slice(0, coordinate.indexOf("/"))));
    expect(Object.keys(told).sort()).toEqual(Object.keys(seeded).sort());
    for (const [kind, count] of Object.entries(seeded)) expect(told[kind], kind).toBeGreaterThanOrEqual(count);
    const switched = report.operational.filter(({ coordinate }) => coordinate.startsWith("emergency-group/"));
    expect(switched).toMatchObject([{ path: "/enabled", primary: false, standby: true, off: true }]);
  });
});

describe("each drift of seed 1", () => {
  const BITS = [0, 1, 2, 3, 4, 5, 6];
  let drifts: readonly Drift[] = [];
  let all: readonly string[] = [];
  let runs: readonly (readonly string[])[] = [];

  // In run b those drifts are left undone whose number has the bit b, so that seven runs tell them all apart.
  beforeAll(async () => {
    const primary = await primaryOf(1);
    const whole = await found(1, primary);
    drifts = whole.drifts;
    all = linesOf(whole.report);
    const left: (readonly string[])[] = [];
    for (const bit of BITS) {
      const without = new Set(drifts.map(({ n }) => n).filter((n) => ((n >> bit) & 1) === 1));
      const fewer = await found(1, primary, without);
      expect(fewer.drifts).toEqual(drifts);
      left.push(linesOf(fewer.report));
    }
    runs = left;
  }, LONG);

  /** The number of the drift without which a line is gone; a line of several is there whenever one of these is. */
  const missingIn = (line: string): number =>
    BITS.filter((bit) => runs[bit]?.includes(line) === false).reduce((sum, bit) => sum + 2 ** bit, 0);

  it("has a line of its own in the report, which goes with it", () => {
    expect(drifts.length).toBeLessThan(2 ** BITS.length);
    const told = new Set(all.map(missingIn));
    expect(drifts.filter(({ n }) => !told.has(n)).map(({ n, kind, name, what }) => ({ n, kind, name, what }))).toEqual(
      [],
    );
  });

  it("is all that the report tells", () => {
    expect(all.filter((line) => missingIn(line) === 0)).toEqual([]);
  });
});
