import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Call } from "../../src/model/api.ts";
import { LockstepError } from "../../src/model/error.ts";
import { textOf, type Obj } from "../../src/model/json.ts";
import type { Progress } from "../../src/model/ports.ts";
import { parsePlan } from "../../src/importers/plan-file.ts";
import { fakeOrg, refused, type FakeOrg } from "./fake-org.ts";
import { applyTo, memoryFiles, planBetween } from "./job.ts";

/** An item by the names of what it refers to: `needs` only earlier ones, `next` and `calls` any. */
interface Drawn {
  readonly needs: readonly number[];
  readonly next: number | undefined;
  readonly calls: readonly { readonly to: number; readonly from: readonly number[] }[];
  readonly description: string;
  readonly leaf: boolean;
}

interface World {
  readonly source: readonly Drawn[];
  /** Which of the source's items the standby has, and with which description. */
  readonly target: readonly (string | undefined)[];
  /** Items that only the standby has. */
  readonly extra: number;
}

const SIZE = 7;

const drawn = (at: number) =>
  fc.record({
    needs: fc.subarray(
      Array.from({ length: at }, (_, before) => before),
      { maxLength: Math.min(at, 2) },
    ),
    next: fc.option(fc.nat(SIZE - 1), { nil: undefined }),
    calls: fc.array(fc.record({ to: fc.nat(SIZE - 1), from: fc.array(fc.nat(SIZE - 1), { maxLength: 2 }) }), {
      maxLength: 2,
    }),
    description: fc.constantFrom("one", "two", "three"),
    leaf: fc.boolean(),
  });

const world: fc.Arbitrary<World> = fc.record({
  source: fc.tuple(...Array.from({ length: SIZE }, (_, at) => drawn(at))),
  target: fc.array(fc.option(fc.constantFrom("one", "two"), { nil: undefined }), { minLength: SIZE, maxLength: SIZE }),
  extra: fc.nat(3),
});

const nameOf = (at: number): string => `item ${at}`;

function fill(org: FakeOrg, items: readonly Drawn[]): void {
  const ids = items.map(({ description }, at) => org.put("items", { name: nameOf(at), description }));
  const refTo = (at: number): Obj => ({ id: ids[at] ?? "" });
  items.forEach(({ needs, next, calls, leaf }, at) => {
    const refs: Obj = needs.length === 0 ? {} : { needs: needs.map(refTo) };
    const after: Obj = next === undefined ? {} : { next: refTo(next) };
    const called = calls.map(({ to, from }) => ({ to: refTo(to), from: from.map(refTo) }));
    org.change("items", nameOf(at), { ...refs, ...after, ...(called.length === 0 ? {} : { calls: called }) });
    if (leaf) org.put("leaves", { name: "leaf", item: ids[at] ?? "", size: at });
  });
}

function build({ source, target, extra }: World): { from: FakeOrg; to: FakeOrg } {
  const [from, to] = [fakeOrg("primary"), fakeOrg("standby")];
  fill(from, source);
  target.forEach((description, at) => {
    if (description !== undefined) to.put("items", { name: nameOf(at), description });
  });
  const first = to.put("items", { name: "old", description: "only here", enabled: true });
  for (let at = 0; at < extra; at += 1) {
    to.put("items", { name: `extra ${at}`, next: { id: first } });
  }
  if (extra > 0) to.put("leaves", { name: "old leaf", item: first, size: 3 });
  return { from, to };
}

/** What an organisation holds, in a form that does not depend on ids. */
async function contentsOf(org: FakeOrg): Promise<{ readonly [coordinate: string]: Obj }> {
  const { objects } = await org.snapshot();
  return Object.fromEntries([...objects].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isWrite = ({ op }: Call): boolean => !op.startsWith("GET");
const nameIn = ({ body }: Call): string => textOf((body as Obj | undefined)?.["name"]);

describe("a plan that is applied, whatever the organisations", () => {
  it("brings the standby in step, verifies it, and has nothing to do the second time", async () => {
    await fc.assert(
      fc.asyncProperty(world, async (drawn) => {
        const { from, to } = build(drawn);
        const plan = await planBetween(from, to);
        expect(plan.blocked).toEqual([]);
        const files = memoryFiles();
        const result = await applyTo(to, plan, files);
        expect(result).toMatchObject({ verified: true, failures: [], unequal: [] });
        expect(result.operations.done).toBe(plan.operations.length);
        expect(await contentsOf(to)).toEqual(await contentsOf(from));
        expect((await planBetween(from, to)).operations).toEqual([]);
        expect(from.writes()).toEqual([]);
        const before = to.writes().length;
        const again = await applyTo(to, plan, files);
        expect(again.operations).toEqual({ done: 0, failed: 0, skipped: 0, resumed: plan.operations.length });
        expect(to.writes()).toHaveLength(before);
      }),
    );
  });

  it("is taken back by its undo plan", async () => {
    await fc.assert(
      fc.asyncProperty(world, async (drawn) => {
        const { from, to } = build(drawn);
        const before = await contentsOf(to);
        const files = memoryFiles();
        const plan = await planBetween(from, to);
        const { undoPlan } = await applyTo(to, plan, files);
        if (plan.operations.length === 0) return expect(undoPlan).toBeUndefined();
        const undo = parsePlan(files.contents.get("undo") ?? "", "undo");
        const result = await applyTo(to, undo, memoryFiles());
        expect(result).toMatchObject({ failures: [], unequal: [] });
        expect(await contentsOf(to)).toEqual(before);
        return undefined;
      }),
    );
  });

  it("ends in the same state when it is killed at any point and run again, and creates nothing twice", async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.nat(40), fc.constantFrom("before", "after"), async (drawn, kill, when) => {
        const { from, to } = build(drawn);
        const plan = await planBetween(from, to);
        const files = memoryFiles();
        const state = { writes: 0, dead: false };
        to.interfere((call, moment) => {
          if (state.dead) throw new LockstepError("interrupted", "killed", "again");
          if (!isWrite(call) || moment !== when) return;
          state.writes += 1;
          if (state.writes <= kill) return;
          state.dead = true;
          throw new LockstepError("interrupted", "killed", "again");
        });
        const first = await applyTo(to, plan, files).catch((error: unknown) => error);
        if (state.dead) expect(first).toMatchObject({ code: "interrupted" });
        to.interfere(undefined);
        const result = await applyTo(to, plan, files);
        expect(result).toMatchObject({ failures: [], unequal: [] });
        expect(result.operations.done + result.operations.resumed).toBe(plan.operations.length);
        expect(await contentsOf(to)).toEqual(await contentsOf(from));
      }),
    );
  });

  it("does everything that does not depend on what fails, and says what was lost by it", async () => {
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.subarray(Array.from({ length: SIZE }, (_, at) => nameOf(at))),
        async (drawn, failing) => {
          const { from, to } = build(drawn);
          const plan = await planBetween(from, to);
          const told: Progress[] = [];
          to.interfere((call, moment) => {
            if (isWrite(call) && moment === "before" && failing.includes(nameIn(call))) throw refused(400, "bad-value");
          });
          const result = await applyTo(to, plan, memoryFiles(), { told });
          const outcomeOf = new Map(
            told.flatMap((each) => (each.event === "operation" ? [[each.id, each.outcome]] : [])),
          );
          const ends = [...outcomeOf.values()];
          expect(result.operations).toEqual({
            done: ends.filter((outcome) => outcome === "done").length,
            failed: ends.filter((outcome) => outcome === "failed").length,
            skipped: ends.filter((outcome) => outcome === "skipped").length,
            resumed: 0,
          });
          expect(outcomeOf.size).toBe(plan.operations.length);
          for (const { id, dependsOn } of plan.operations) {
            const lost = dependsOn.some((other) => outcomeOf.get(other) !== "done");
            expect(outcomeOf.get(id) === "skipped").toBe(lost);
          }
          const blocked = new Set(result.failures.flatMap((failure) => failure.blocked));
          const skipped = plan.operations.filter(({ id }) => outcomeOf.get(id) === "skipped");
          expect(blocked).toEqual(new Set(skipped.map(({ coordinate }) => coordinate)));
          expect(result.failures.every(({ code }) => code === "request-refused")).toBe(true);
          expect(result.verified).toBe(result.operations.failed === 0);
          expect(Math.min(...told.flatMap((each) => (each.event === "operation" ? [each.left] : [])), 0)).toBe(0);
        },
      ),
    );
  });
});
