import { afterAll, beforeAll, expect, it } from "vitest";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { program } from "../../src/stacks/program.ts";
import { furnish } from "../conformance/companions.ts";
import { targetsOf, type Target } from "../conformance/edit-round.ts";
import { openOffice, rawState, type Office } from "../conformance/office.ts";
import { SECRETS } from "../conformance/settings.ts";
import { plainState } from "../scenarios/support/raw-state.ts";
import { enginePlace, inlineStack, type EnginePlace, type EngineStack } from "./support/engine.ts";
import { changed, named, operations } from "./support/events.ts";
import { describeEngine } from "./support/needs.ts";
import { openPairPlace, type PairPlace } from "./support/pair-place.ts";
import { driftApart, mismatches, randomOf } from "./support/pairs.ts";
import { differingPlaces } from "./support/previewed.ts";

/** Pairs that are generated, and what each of them takes. */
const PAIRS = Number(process.env["LOCKSTEP_PAIRS"] ?? 3);
const LEAST = { edits: 10, kinds: 8 };
const MINUTES = 60_000;

describeEngine("real engine: primaries that moved on, and their standbys", [], ({ engine }) => {
  let office: Office;
  let place: EnginePlace;
  let pair: PairPlace;
  let stack: EngineStack;
  let primary: Snapshot;
  let targets: readonly Target[];

  beforeAll(async () => {
    process.env["AWS_EC2_METADATA_DISABLED"] = "true";
    office = await openOffice(SECRETS);
    await furnish(office);
    primary = await office.snapshot("primary");
    await office.apply(office.plan(await office.drift(primary, await office.snapshot("standby"))));
    targets = await targetsOf(office, primary);
    place = await enginePlace(engine);
    pair = await openPairPlace(office, SECRETS);
    await pair.store(primary);
    stack = await inlineStack(place, {
      name: "standby",
      program,
      config: { "lockstep:role": "standby", "lockstep:config": pair.config },
      env: pair.env,
    });
  }, 5 * MINUTES);

  afterAll(async () => {
    await pair.close();
    place.remove();
  });

  it("adopts a standby that is in step without a write", { timeout: 5 * MINUTES }, async () => {
    const mark = await lastRequest(office);
    const up = await stack.up();
    expect(up.failed, up.text).toBe(false);
    expect(operations(up)["create"] ?? 0).toBeLessThanOrEqual(2);
    expect(await writesSince(office, mark)).toEqual([]);
  });

  it(
    `${String(PAIRS)} times, plan and preview name the changes that were made and no others, and up does what apply does`,
    { timeout: PAIRS * 5 * MINUTES },
    async () => {
      const spent = new Set<string>();
      for (let seed = 1; seed <= PAIRS; seed += 1) {
        const made = await driftApart(office, primary, targets, randomOf(seed), LEAST, spent);
        expect(made.length, `edits of pair ${String(seed)}`).toBeGreaterThanOrEqual(LEAST.edits);
        primary = await office.snapshot("primary", primary);
        await pair.store(primary);
        const drift = await office.drift(primary, await office.snapshot("standby"));
        const plan = office.plan(drift);
        expect(mismatches(made, drift, plan), `plan of pair ${String(seed)}`).toEqual([]);

        const preview = await stack.preview({ diff: true });
        expect(preview.failed, preview.text).toBe(false);
        const others = Object.keys(operations(preview)).filter((name) => !["same", "update", "delete"].includes(name));
        expect(others).toEqual([]);
        // A Link goes when its object no longer takes part in a cycle; nothing is written for that.
        expect(named(preview, "delete").filter((name) => !name.startsWith("link/"))).toEqual([]);
        expect(differingPlaces(plan.operations, preview), `preview of pair ${String(seed)}`).toEqual([]);

        const saved = await control(office, "POST", "/_sim/save");
        const applied = await withWrites(office, () => office.apply(plan));
        const byApply = await standbyState(office);
        await control(office, "POST", `/_sim/restore/${String((saved as { id: string }).id)}`);

        const up = await withWrites(office, () => stack.up());
        expect(up.result.failed, up.result.text).toBe(false);
        expect(await standbyState(office), `standby of pair ${String(seed)}`).toEqual(byApply);
        expect(
          up.writes.length,
          `writes of pair ${String(seed)}: ${up.writes.join("\n")}\n${applied.writes.join("\n")}`,
        ).toBe(applied.writes.length);
      }
    },
  );

  it("has nothing left to do after that", { timeout: 5 * MINUTES }, async () => {
    const { result, writes } = await withWrites(office, () => stack.up());
    expect(result.failed, result.text).toBe(false);
    expect(changed(result)).toEqual({});
    expect(writes).toEqual([]);
  });
});

async function control(office: Office, method: string, url: string): Promise<unknown> {
  const answer = await office.simulator.handle({ method, url, headers: {} });
  return JSON.parse(String(answer.body)) as unknown;
}

async function standbyState(office: Office): Promise<unknown> {
  return plainState(await rawState(office, "standby"));
}

interface LogLine {
  readonly n: number;
  readonly org: string | null;
  readonly method: string;
  readonly path: string;
}

async function logSince(office: Office, since: number): Promise<LogLine[]> {
  return (await control(office, "GET", `/_sim/log?since=${String(since)}`)) as LogLine[];
}

async function lastRequest(office: Office): Promise<number> {
  return (await logSince(office, 0)).at(-1)?.n ?? 0;
}

/** Mutating requests to the standby; a flow can only be read by a job, so a job for an export changes nothing. */
async function writesSince(office: Office, since: number): Promise<string[]> {
  return (await logSince(office, since))
    .filter(({ org, method, path }) => org === "standby" && path.startsWith("/api/") && method !== "GET")
    .map(({ method, path }) => `${method} ${path}`)
    .filter((request) => !/^POST .*\/(flows\/export\/jobs|audits\/query\/realtime)$/.test(request));
}

async function withWrites<Result>(
  office: Office,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly writes: readonly string[] }> {
  const mark = await lastRequest(office);
  const result = await work();
  return { result, writes: await writesSince(office, mark) };
}
