import { rm } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
import { documentOf } from "./support/cli.ts";
import type { Workspace } from "./support/workspace.ts";
import { stageFor } from "./support/stage.ts";
import type { DriftReport } from "../../src/model/report.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  const admin = await set.admin("primary");
  await buildCentre(admin);
  await admin.create("/api/v2/integrations/credentials", {
    name: "Tickets",
    type: { name: "basicAuth" },
    credentialFields: { userName: "lockstep", password: "not-a-real-one" },
  });
});

const SECRETS = {
  secrets: ["userName", "password"].map((field) => ({
    kind: "credential",
    name: "basicAuth:Tickets",
    path: `/credentialFields/${field}`,
    value: "env:LOGIN",
  })),
};

/** A workspace in which both organisations are in step, and were read since. */
async function inStep(): Promise<Workspace> {
  const workspace = await stage.workspace({ env: { LOGIN: "not-a-real-one" } });
  await workspace.configure(SECRETS);
  const synced = await workspace.hurried("sync", "--yes");
  expect(documentOf(synced), synced.stderr).toMatchObject({ verified: true });
  expect((await workspace.hurried("diff")).exit).toBe(0);
  return workspace;
}

/** The path of an object that is there once. */
async function pathOf(org: string, collection: string, name: string): Promise<string> {
  const found = Object.entries(await stage.control.state(org)).filter(
    ([path, entity]) => path.split("/").at(-2) === collection && entity["name"] === name,
  );
  expect(found).toHaveLength(1);
  return found[0]?.[0] ?? "";
}

/** What the lists of an organisation leave out: objects that others refer to, and some that nothing refers to. */
const LEFT_OUT = [
  ["queues", "Support"],
  ["wrapupcodes", "Callback"],
  ["schedules", "Working days"],
  ["schedulegroups", "Office hours"],
  ["flows", "Main"],
  ["credentials", "Tickets"],
] as const;

async function leaveOut(org: string, objects: readonly (readonly [collection: string, name: string])[]): Promise<void> {
  await stage.control.set({ unlisted: await Promise.all(objects.map(([at, name]) => pathOf(org, at, name))) });
}

describe("lists that leave out what is there", () => {
  it.each(["primary", "standby"])("of the %s: it is asked for each by its id, and both are in step", async (org) => {
    const workspace = await inStep();
    await leaveOut(org, LEFT_OUT);
    const diff = await workspace.hurried("diff");
    expect(documentOf<DriftReport>(diff)).toMatchObject({ changes: [], findings: [] });
    expect(diff.exit).toBe(0);
    const sync = await workspace.hurried("sync", "--yes", "--prune");
    expect(documentOf(sync), sync.stderr).toMatchObject({ writes: 0, verified: true });
  });

  it("create nothing a second time where only the ids of what was written are known", async () => {
    const workspace = await inStep();
    await rm(workspace.path(".lockstep", "cache"), { recursive: true });
    await leaveOut("standby", LEFT_OUT);
    const sync = await workspace.hurried("sync", "--yes", "--prune");
    expect(documentOf(sync), sync.stderr).toMatchObject({ writes: 0, verified: true });
  });

  it("hide nothing that others refer to, although nothing was known of it", async () => {
    await inStep();
    const workspace = await stage.workspace();
    await workspace.configure(SECRETS);
    await leaveOut("primary", [...LEFT_OUT.slice(1, 5), ["divisions", "Sales"]]);
    expect(documentOf<DriftReport>(await workspace.hurried("diff"))).toMatchObject({ changes: [], findings: [] });
    const narrowed = await workspace.hurried("diff", "--kind", "queue", "--kind", "ivr", "--kind", "wrap-up-code");
    expect(documentOf<DriftReport>(narrowed)).toMatchObject({ changes: [] });
  });
});

it("asks for an object that is gone once", async () => {
  const workspace = await inStep();
  const path = await pathOf("primary", "queues", "Support");
  await (await stage.admin("primary")).send("DELETE", path);
  for (const times of [1, 0]) {
    const mark = await stage.control.mark();
    const { changes } = documentOf<DriftReport>(await workspace.hurried("diff"));
    expect(changes.map(({ coordinate, action }) => [coordinate, action])).toEqual([["queue/Support", "delete"]]);
    const asked = (await stage.control.log(mark)).filter((line) => line.path === path);
    expect(asked).toHaveLength(times);
  }
});
