import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import { demoPairing } from "../../src/simulator/centre/index.ts";
import { writesTo } from "../scenarios/support/control.ts";
import { plainState } from "../scenarios/support/raw-state.ts";
import { works } from "../scenarios/support/refused.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import type { Workspace } from "../scenarios/support/workspace.ts";
import { type Run, placeFor } from "./support/engine.ts";
import { named, operations, registered } from "./support/events.ts";
import { describeEngine } from "./support/needs.ts";
import { orgStack, takeSnapshot } from "./support/orgs.ts";
import { differingPlaces, objectOf } from "./support/previewed.ts";

const { environment, ...pairing } = demoPairing({ seed: 1, size: "S" });

describeEngine("real engine: the two organisations of the demo", [], ({ engine }) => {
  const stage = stageFor({ primary: "seed", standby: "seed" });
  const place = placeFor(engine);

  /** The demo's rules, the primary's snapshot and a plan; no memory of any earlier run. */
  async function planned(): Promise<{ workspace: Workspace; plan: Plan }> {
    const workspace = await stage.workspace({ env: environment });
    await workspace.configure(pairing);
    await takeSnapshot(workspace);
    await works(workspace, 2, "plan", "-o", "plan.json");
    return { workspace, plan: JSON.parse(readFileSync(workspace.path("plan.json"), "utf8")) as Plan };
  }

  const standby = async (): Promise<unknown> => plainState(await stage.control.state("standby"));

  /** What work writes to the standby: method and path of each request, whatever the ids. */
  async function writes<Result>(work: () => Promise<Result>): Promise<[Result, string[]]> {
    const mark = await stage.control.mark();
    const result = await work();
    const log = writesTo("standby", await stage.control.log(mark));
    return [result, log.map(({ method, path }) => `${method} ${path.replaceAll(ID, "*")}`).sort()];
  }

  it(
    "a preview shows what the plan wants, and up leaves the standby as apply does, once",
    { timeout: 900_000 },
    async () => {
      const { workspace, plan } = await planned();
      expect(plan.operations.length).toBeGreaterThan(40);
      expect(plan.blocked).toEqual([]);
      const stack = await orgStack(place(), workspace, { role: "standby" });
      const [preview, none] = await writes(() => stack.preview({ diff: true }));
      expect(preview.failed, preview.text).toBe(false);
      expect(none).toEqual([]);
      expect(previewed(preview)).toEqual(wanted(plan));
      const updates = plan.operations.filter(({ action }) => action === "update");
      expect(differingPlaces(updates, preview)).toEqual([]);
      const creates = plan.operations.filter(({ action }) => action === "create");
      const inputs = registered(preview, "create");
      for (const { coordinate, after } of creates) {
        const { key: _, lockstep: __, ...object } = inputs.get(coordinate) ?? {};
        expect([coordinate, object]).toEqual([coordinate, after]);
      }

      const saved = await stage.control.save();
      const [, applied] = await writes(async () => works((await planned()).workspace, 0, "apply", "plan.json"));
      const byApply = await standby();
      await stage.control.restore(saved);
      const [up, written] = await writes(() => stack.up());
      expect(up.failed, up.text).toBe(false);
      expect(await standby()).toEqual(byApply);
      expect(written).toEqual(applied);

      const [again, nothing] = await writes(() => stack.up({ expectNoChanges: true }));
      expect(again.failed, again.text).toBe(false);
      expect(Object.keys(operations(again))).toEqual(["same"]);
      expect(nothing).toEqual([]);
    },
  );
});

const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

/** Coordinate → action of what a plan does. */
function wanted({ operations: all }: Plan): { readonly [coordinate: string]: string } {
  return Object.fromEntries(all.map(({ coordinate, action }) => [coordinate, action]));
}

/** Coordinate → action of what a preview shows beside what is adopted as it is. A Link that is created completes its object. */
function previewed(run: Run): { readonly [coordinate: string]: string } {
  const unexpected = Object.keys(operations(run)).filter((name) => !["create", "update", "import"].includes(name));
  expect(unexpected).toEqual([]);
  const updated = named(run, "update").map((name) => [objectOf(name), "update"]);
  const created = named(run, "create").map((name) => [objectOf(name), "create"]);
  return Object.fromEntries([...updated, ...created]) as { readonly [coordinate: string]: string };
}
