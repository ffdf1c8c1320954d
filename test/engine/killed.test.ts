import { rmSync } from "node:fs";
import { expect, it } from "vitest";
import { buildCentre } from "../scenarios/support/centre.ts";
import { plainState } from "../scenarios/support/raw-state.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import { placeFor } from "./support/engine.ts";
import { killingProxy } from "./support/killing-proxy.ts";
import { describeEngine } from "./support/needs.ts";
import { orgStack, takeSnapshot } from "./support/orgs.ts";

describeEngine(
  "real engine: the plugin is killed between an answer of the API and the state file",
  [],
  ({ engine }) => {
    const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) =>
      buildCentre(await set.admin("primary")),
    );
    const place = placeFor(engine, "each step");

    it("at each write: the next up ends with the same organisation, without a duplicate", async () => {
      const proxy = await killingProxy(stage.line.baseUrl);
      const workspace = await stage.workspace();
      await takeSnapshot(workspace);
      await workspace.configure({ orgs: { standby: { baseUrl: proxy.baseUrl } } });
      const attempt = async (at: number) => {
        await stage.reset();
        rmSync(workspace.path(".lockstep"), { recursive: true, force: true });
        const stack = await orgStack(place(), workspace, { role: "standby", name: `killed-${at}` });
        proxy.killAt(at);
        const first = await stack.up();
        const writes = proxy.writes();
        proxy.killAt(0);
        const last = at === 0 ? first : await stack.up();
        const state = plainState(await stage.control.state("standby"));
        return { at, writes, killed: first.failed, problem: last.failed ? last.text : "", state };
      };
      const whole = await attempt(0);
      expect(whole.writes).toBeGreaterThan(10);
      expect(whole.problem).toBe("");
      for (let at = 1; at <= whole.writes; at += 1) {
        const { state, killed, problem } = await attempt(at);
        // The last write gives the lock of the standby back, when the run has ended.
        expect({ at, killed, problem }).toEqual({ at, killed: at < whole.writes, problem: "" });
        expect(state, `killed at write ${at}`).toEqual(whole.state);
      }
      proxy.close();
    }, 900_000);
  },
);
