import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { buildCentre, CENTRE } from "../scenarios/support/centre.ts";
import { writesTo } from "../scenarios/support/control.ts";
import { lockRows, lockTableId, withoutLock } from "../scenarios/support/lock.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import { enginePlace, type EnginePlace, type Run } from "./support/engine.ts";
import { named } from "./support/events.ts";
import { describeEngine } from "./support/needs.ts";
import { orgStack, takeSnapshot } from "./support/orgs.ts";

describeEngine("real engine: a provider that somebody has started already", [], ({ engine }) => {
  const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) =>
    buildCentre(await set.admin("primary")),
  );
  const children: ChildProcess[] = [];
  let place: EnginePlace;

  beforeAll(async () => {
    place = await enginePlace(engine);
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });
  afterAll(() => place.remove());

  /** Starts the plugin as a developer does, for a debugger: without an engine. Gives its port. */
  async function startedAlone(env: { readonly [name: string]: string }): Promise<string> {
    const plugin = join(place.directory, "plugin", "pulumi-resource-gclockstep");
    const child = spawn(plugin, {
      env: { PATH: process.env["PATH"] ?? "", ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(child);
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    return line.toString("utf8").trim();
  }

  it("is attached to by one run after another, does their work and tells each of them how it goes", async () => {
    const workspace = await stage.workspace();
    await takeSnapshot(workspace);
    const port = await startedAlone(workspace.env);
    // Whoever is not attached to has no login.
    const env = { PULUMI_DEBUG_PROVIDERS: `gclockstep:${port}` };
    const stack = await orgStack(place, { ...workspace, env }, { role: "standby" });
    const up = await stack.up();
    expect(up.failed, up.text).toBe(false);
    expect(named(up, "create")).toEqual(expect.arrayContaining([...CENTRE.objects]));
    expect(told(up)).toContainEqual(expect.stringMatching(/: \d+ objects listed/));

    // Nobody closes a provider that a run attached to: it notices that the engine is gone.
    await vi.waitFor(async () => expect(await lockRows(stage)).toEqual([]), 60_000);
    const mark = await stage.control.mark();
    const again = await stack.up({ expectNoChanges: true });
    expect(again.failed, again.text).toBe(false);
    expect(told(again)).toContainEqual(expect.stringMatching(/: \d+ objects listed/));
    const writes = writesTo("standby", await stage.control.log(mark));
    expect(withoutLock(writes, await lockTableId(stage))).toEqual([]);

    const alone = await orgStack(place, { ...workspace, env: {} }, { role: "standby" });
    expect((await alone.preview()).text).toContain("STANDBY_ID");
  });
});

/** What the plugin said to the user. */
function told({ events }: Run): string[] {
  return events.flatMap(({ diagnosticEvent }) => diagnosticEvent?.message ?? []);
}
