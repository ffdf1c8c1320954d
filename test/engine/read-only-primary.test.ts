import { expect, it } from "vitest";
import { buildCentre } from "../scenarios/support/centre.ts";
import { writesTo } from "../scenarios/support/control.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import { placeFor } from "./support/engine.ts";
import { named } from "./support/events.ts";
import { describeEngine } from "./support/needs.ts";
import { orgStack, takeSnapshot } from "./support/orgs.ts";

const QUEUES = "/api/v2/routing/queues";

describeEngine("real engine: a primary that is only read", [], ({ engine }) => {
  const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) =>
    buildCentre(await set.admin("primary")),
  );
  const place = placeFor(engine);

  it("follows what was renamed and what is selected, without a write", async () => {
    const workspace = await stage.workspace();
    await takeSnapshot(workspace);
    const stack = await orgStack(place(), workspace, { role: "primary", name: "renamed" });
    const first = await stack.up();
    expect(first.failed, first.text).toBe(false);

    const admin = await stage.admin("primary");
    const queue = await admin.named(QUEUES, "Support");
    await admin.send("PUT", `${QUEUES}/${queue.id}`, { ...queue, name: "Customer support" });
    await takeSnapshot(workspace);
    const mark = await stage.control.mark();
    const renamed = await stack.up();
    expect(renamed.failed, renamed.text).toBe(false);
    expect(named(renamed, "import")).toContain("queue/Customer support");
    expect((await stack.up({ expectNoChanges: true })).failed).toBe(false);

    await workspace.configure({ include: { exclude: [{ kind: "skill", name: "*" }] } });
    const narrowed = await stack.up();
    expect(narrowed.failed, narrowed.text).toBe(false);
    expect(writesTo("primary", await stage.control.log(mark))).toEqual([]);
    expect(await admin.named(QUEUES, "Customer support")).toMatchObject({ id: queue.id });
  });

  it("says what to do where the snapshot is older than a deletion", async () => {
    const workspace = await stage.workspace();
    await takeSnapshot(workspace);
    const admin = await stage.admin("primary");
    await admin.send("DELETE", `/api/v2/routing/skills/${(await admin.named("/api/v2/routing/skills", "Spanish")).id}`);
    const stack = await orgStack(place(), workspace, { role: "primary", name: "deleted" });
    const preview = await stack.preview();
    expect(preview.failed).toBe(true);
    expect(preview.text).toMatch(
      /object-vanished: The primary has no .*skill with the id .*lockstep snapshot primary/s,
    );
  });
});
