import fc from "fast-check";
import { expect, it } from "vitest";
import { answersFor } from "../../src/dns/answer.ts";
import { labelOf, oddsOf } from "./by-the-documents.ts";
import { NAMES, randomZone } from "./random-zone.ts";

const ZONES = 10_000;
const SEED = 530_053;

it(`says for ${String(ZONES)} random zones what playing the documents out step by step says`, () => {
  const seen = { zones: 0, split: 0, aliased: 0, sole: 0 };
  fc.assert(
    fc.property(randomZone, (play) => {
      const health = { checks: new Map(play.checks.map((check) => [check.id, check])), sick: new Set(play.down) };
      seen.zones += 1;
      for (const name of NAMES) {
        const answers = answersFor(play, health, name, "A");
        const modelled = new Map(answers?.map(({ record, share }) => [labelOf(record), share]));
        const played = oddsOf(play, name, "A");
        expect([...modelled.keys()].sort()).toEqual([...played.keys()].sort());
        for (const [label, odds] of played) expect(modelled.get(label)).toBeCloseTo(odds, 10);
        if (played.size > 1) seen.split += 1;
        if (played.size === 1) seen.sole += 1;
        if (answers?.some(({ record }) => record.name !== name) === true) seen.aliased += 1;
      }
    }),
    { numRuns: ZONES, seed: SEED },
  );
  // The zones are worth their name only when they hold what is hard: shares, trees, single answers.
  expect(seen.zones).toBe(ZONES);
  for (const count of [seen.split, seen.aliased, seen.sole]) expect(count).toBeGreaterThan(ZONES / 2);
}, 120_000);
