import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { KINDS } from "../../src/kinds/index.ts";
import { definitionsOf, fixtureOf, hasContract } from "../kinds/fixture.ts";
import { untouched } from "./by-hand.ts";
import { furnish } from "./companions.ts";
import { EDITORS } from "./editors.ts";
import { targetsOf, type Target } from "./edit-round.ts";
import { openOffice, type Office } from "./office.ts";
import { changePieces } from "./pieces.ts";
import { renameOneOfEach } from "./renames.ts";
import { changeAll, kindsOf, play, type Pair, type Round } from "./round.ts";
import { isMarked, SECRETS } from "./settings.ts";

/** Values that stand beside each other may depend on each other, so they are changed in different rounds; lists lose members last. */
const ROUNDS = 5;
const MINUTES = 180_000;

/** Kinds of which nothing that can be changed in place is shown: a skill's division (genesys-api §3) and a credential's values (§6). */
const UNSEEN: ReadonlySet<string> = new Set(["skill", "credential"]);

let office: Office;
let pair: Pair;
let targets: readonly Target[];

beforeAll(async () => {
  office = await openOffice(SECRETS);
  await furnish(office);
  const primary = await office.snapshot("primary");
  await office.apply(office.plan(await office.drift(primary, await office.snapshot("standby"))));
  pair = { primary, standby: await office.snapshot("standby") };
}, MINUTES);

function roundOf(round: number): (target: Target, at: number) => boolean {
  const last = ROUNDS - 1;
  return ({ leaf }, at) => (Array.isArray(leaf.value) ? last : at % last) === round;
}

const nothingWrong = { dropped: [], strange: [], failures: [], left: [], lost: [], collateral: [] };

function findings({ dropped, strange, failures, left, lost, collateral }: Round): object {
  return { dropped, strange, failures, left, lost, collateral };
}

it("an object with another name is renamed, and what refers to it stays as it is", { timeout: MINUTES }, async () => {
  const old = await renameOneOfEach(office, pair.primary);
  expect(old.length).toBeGreaterThan(10);
  pair.primary = await office.snapshot("primary", pair.primary);
  const drift = await office.drift(pair.primary, pair.standby);
  const renames = drift.report.changes.filter(({ action, coordinate }) => action === "rename" && isMarked(coordinate));
  expect(drift.report.changes).toEqual(renames);
  expect(renames.map(({ from }) => from)).toEqual(expect.arrayContaining(old));
  expect(await office.apply(office.plan(drift))).toMatchObject({ failures: [], unequal: [], verified: true });
  pair.standby = await office.snapshot("standby", pair.standby);
  expect((await office.drift(pair.primary, pair.standby)).report.changes).toEqual([]);
});

describe("each value that an administrator can change", () => {
  const rounds: Round[] = [];

  beforeAll(async () => void (targets = await targetsOf(office, pair.primary)), MINUTES);

  it.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    "gives its edit and no other, and arrives in the standby (part %i)",
    { timeout: MINUTES },
    async (round) => {
      const played = await play(office, pair, () => changeAll(office, pair, targets.filter(roundOf(round))));
      rounds.push(played);
      expect(findings(played)).toEqual(nothingWrong);
    },
  );

  it("is changed here, or excluded with a reason", () => {
    const outcomes = rounds.flatMap((round) => round.outcomes);
    expect(outcomes).toHaveLength(targets.length);
    const unchanged = outcomes.filter(({ result, excluded }) => result !== "changed" && excluded === undefined);
    expect(unchanged.map(({ name, result, why }) => `${name}: ${result} ${why ?? ""}`)).toEqual([]);
  });

  it.skipIf(!hasContract)("covers what the official definition lets be written (skipped without ../shared)", () => {
    const seen = new Set(targets.map(({ name }) => name.split("/").slice(0, 2).join("/")));
    const missing = EDITORS.filter(({ at }) => at === undefined).flatMap(({ kind, key }) => {
      const { tag, writes } = fixtureOf(kind).contract;
      const excluded = Object.keys(KINDS.get(kind)?.schema["x-excluded"] ?? {});
      return writes.flatMap((definition) =>
        Object.entries(definitionsOf(tag)[definition]?.properties ?? {})
          .filter(([name, { readOnly }]) => readOnly !== true && !key.includes(name) && !excluded.includes(`/${name}`))
          .map(([name]) => `${kind}/${name}`)
          .filter((name) => !seen.has(name) && untouched(name) === undefined),
      );
    });
    expect([...new Set(missing)]).toEqual([]);
  });

  it("is found in every kind that is written and has something to change", () => {
    const written = [...KINDS.values()].filter(({ mode, write }) => mode === "write" && write?.update !== undefined);
    const changed = kindsOf(rounds.flatMap((round) => round.outcomes));
    expect(changed).toEqual(
      written
        .map(({ name }) => name)
        .filter((name) => !UNSEEN.has(name))
        .sort(),
    );
  });
});

it("each piece that comes and goes gives its edit and no other, and arrives", { timeout: MINUTES }, async () => {
  const played = await play(office, pair, () => changePieces(office, pair));
  expect(findings(played)).toEqual(nothingWrong);
});

it("any set of changes is named exactly and brought to the standby", { timeout: 2 * MINUTES }, async () => {
  const sets = fc.uniqueArray(fc.nat({ max: targets.length - 1 }), { minLength: 1, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(sets, async (chosen) => {
      const some = chosen.flatMap((at) => targets[at] ?? []);
      expect(findings(await play(office, pair, () => changeAll(office, pair, some)))).toEqual(nothingWrong);
    }),
    { numRuns: 5, seed: 20_260_105, endOnFailure: true },
  );
});
