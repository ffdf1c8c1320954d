import { expect, it } from "vitest";
import { writesTo } from "../scenarios/support/control.ts";
import { works } from "../scenarios/support/refused.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import { placeFor, stateBytes } from "./support/engine.ts";
import { errors, named } from "./support/events.ts";
import { fillOrg } from "./support/fill-org.ts";
import { describeEngine } from "./support/needs.ts";
import { orgStack, takeSnapshot } from "./support/orgs.ts";

/** `.ci/run` takes 1,000, as `npm run bench:pulumi` does. */
const OBJECTS = Number(process.env["LOCKSTEP_OBJECTS"] ?? 300);

describeEngine("real engine: many objects", [], ({ engine }) => {
  const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) =>
    fillOrg(await set.admin("primary"), OBJECTS),
  );
  const place = placeFor(engine);

  it(
    "takes as many writes as an apply, and a state of a size that can be told",
    { timeout: OBJECTS * 2_000 },
    async () => {
      const workspace = await stage.workspace();
      await takeSnapshot(workspace);
      const stack = await orgStack(place(), workspace, { role: "standby" });
      const mark = await stage.control.mark();
      const up = await stack.up();
      expect(errors(up)).toEqual([]);
      expect(named(up, "create")).toHaveLength(OBJECTS);
      const writes = writesTo("standby", await stage.control.log(mark)).length;

      const second = await stage.control.mark();
      const again = await stack.up({ expectNoChanges: true });
      expect(errors(again)).toEqual([]);
      expect(writesTo("standby", await stage.control.log(second))).toEqual([]);
      const size = stateBytes(place(), "standby") / 1024;
      expect(size / OBJECTS).toBeLessThan(10);
      const figures = `created in ${up.seconds.toFixed(0)} s, unchanged in ${again.seconds.toFixed(0)} s`;
      process.stderr.write(`${OBJECTS} objects: ${figures}, state ${size.toFixed(0)} KB\n`);

      await stage.reset();
      const other = await stage.workspace();
      await works(other, 2, "plan", "-o", "plan.json");
      const applied = (await works(other, 0, "apply", "plan.json")) as { writes: number };
      expect(writes).toBe(applied.writes);
    },
  );
});
