import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildCentre, CENTRE } from "../scenarios/support/centre.ts";
import { writesTo } from "../scenarios/support/control.ts";
import { works } from "../scenarios/support/refused.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import type { Workspace } from "../scenarios/support/workspace.ts";
import { enginePlace, type EnginePlace } from "./support/engine.ts";
import { named, operations } from "./support/events.ts";
import { describeEngine } from "./support/needs.ts";
import { orgStack } from "./support/orgs.ts";

const HEALTH = { primary: "+13175550200", standby: "+13175550201" } as const;

describeEngine("real engine: two empty organisations from one directory", [], ({ engine }) => {
  const repository = mkdtempSync(join(tmpdir(), "lockstep-organisation-"));
  const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
    const empty = await set.control.save();
    await buildCentre(await set.admin("primary"));
    const workspace = await set.workspace();
    await works(workspace, 0, "snapshot", "primary", "--repository", "-o", "organisation");
    cpSync(workspace.path("organisation"), repository, { recursive: true });
    await set.control.restore(empty);
  });
  let place: EnginePlace;

  beforeAll(async () => {
    place = await enginePlace(engine, "each step");
  });
  afterAll(() => {
    place.remove();
    rmSync(repository, { recursive: true, force: true });
  });

  /** A workspace whose organisations come from the directory, and a login that may write the primary. */
  async function provisioning(): Promise<Workspace> {
    const admin = stage.line.orgs["primary"]?.admin;
    const env = { WRITE_ID: admin?.id ?? "", WRITE_SECRET: admin?.secret ?? "" };
    const workspace = await stage.workspace({ env });
    cpSync(repository, workspace.path("organisation"), { recursive: true });
    await workspace.configure({
      repository: { directory: "organisation" },
      orgs: {
        primary: { healthEntry: { number: HEALTH.primary } },
        standby: { healthEntry: { number: HEALTH.standby } },
      },
    });
    return workspace;
  }

  /** Plans the primary and gives the configuration that the approval consists of. */
  async function approval(workspace: Workspace): Promise<{ readonly [key: string]: string }> {
    const plan = (await works(workspace, 2, "plan", "--stack", "primary", "-o", "primary.json")) as {
      readonly sha256: string;
    };
    return {
      "lockstep:source": "repository",
      "lockstep:snapshot": workspace.path("organisation"),
      "lockstep:access": "bootstrap",
      "lockstep:orgId": stage.line.orgs["primary"]?.id ?? "",
      "lockstep:plan": workspace.path("primary.json"),
      "lockstep:approvedPlan": plan.sha256,
      "lockstep:writeClientId": "env:WRITE_ID",
      "lockstep:writeClientSecret": "env:WRITE_SECRET",
    };
  }

  const writes = async (org: "primary" | "standby", since: number): Promise<number> =>
    writesTo(org, await stage.control.log(since)).length;

  it("provisions the primary along the approved plan, then the standby from its snapshot, each once", async () => {
    const workspace = await provisioning();
    const config = await approval(workspace);
    const primary = await orgStack(place, workspace, { role: "primary", config });

    const preview = await primary.preview();
    expect(preview.failed, preview.text).toBe(false);
    expect(named(preview, "create")).toEqual(expect.arrayContaining([...CENTRE.objects, "ivr/lockstep health"]));
    const up = await primary.up();
    expect(up.failed, up.text).toBe(false);
    const mark = await stage.control.mark();
    const again = await primary.up({ expectNoChanges: true });
    expect(again.failed, again.text).toBe(false);
    expect(await writes("primary", mark)).toBe(0);

    await works(workspace, 0, "snapshot", "primary", "-o", "snapshot");
    const closed = {
      "lockstep:source": "primary-org",
      "lockstep:access": "read-only",
      "lockstep:snapshot": workspace.path("snapshot"),
    };
    const readOnly = await orgStack(place, workspace, { role: "primary", config: { ...blank(config), ...closed } });
    const kept = await readOnly.up();
    expect(kept.failed, kept.text).toBe(false);
    // The connection is another one, so the provider itself is updated; the objects are as they were.
    expect(named(kept, "update")).toEqual([]);
    expect(operations(kept)).toEqual({ same: expect.any(Number) as number, update: 1 });
    expect(await writes("primary", mark)).toBe(0);

    const standby = await orgStack(place, workspace, { role: "standby" });
    const brought = await standby.up();
    expect(brought.failed, brought.text).toBe(false);
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });
    const second = await stage.control.mark();
    const still = await standby.up({ expectNoChanges: true });
    expect(still.failed, still.text).toBe(false);
    expect(await writes("standby", second)).toBe(0);
    expect((await standby.stack.outputs())["healthEntry"]?.value).toMatchObject({ number: HEALTH.standby });
  });

  it("refuses to bootstrap an organisation that holds what it did not make, and sends no write", async () => {
    await buildCentre(await stage.admin("primary"));
    const workspace = await provisioning();
    await writeFile(workspace.path("organisation/skill/French.json"), '{"name":"French"}\n');
    const stack = await orgStack(place, workspace, {
      role: "primary",
      name: "populated",
      config: await approval(workspace),
    });
    const mark = await stage.control.mark();
    const up = await stack.up();
    expect(up.failed).toBe(true);
    expect(up.text).toContain("populated-org");
    expect(await writes("primary", mark)).toBe(0);
  });
});

/** What Pulumi fills in again once a key is not set any more. */
function blank(config: { readonly [key: string]: string }): { readonly [key: string]: string } {
  return Object.fromEntries(Object.keys(config).map((key) => [key, ""]));
}
