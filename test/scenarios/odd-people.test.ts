import { describe, expect, it } from "vitest";
import type { Admin } from "./support/admin.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const QUEUES = "/api/v2/routing/queues";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  for (const org of ["primary", "standby"]) {
    const admin = await set.admin(org);
    await admin.create(QUEUES, { name: "Billing" });
    for (const name of ["ann", "joe"]) await personIn(admin, name);
  }
});

async function personIn(admin: Admin, name: string): Promise<string> {
  const { id: divisionId } = await admin.send("GET", "/api/v2/authorization/divisions/home");
  return admin.create("/api/v2/users", { name, email: `${name}@example.com`, divisionId });
}

/** Makes people members of Billing, and gives one of them another state afterwards. */
async function join(org: string, names: readonly string[], inactive?: string): Promise<void> {
  const admin = await stage.admin(org);
  const { id } = await admin.named(QUEUES, "Billing");
  for (const name of names) {
    const user = await admin.named("/api/v2/users", name);
    await admin.send("POST", `${QUEUES}/${id}/members`, [{ id: user.id }]);
    if (name !== inactive) continue;
    const { version } = await admin.send("GET", `/api/v2/users/${user.id}`);
    await admin.send("PATCH", `/api/v2/users/${user.id}`, { state: "inactive", version });
  }
}

/** Makes somebody without an e-mail address a member of Billing, which the API lets nobody do any more. */
async function joinUnnamed(org: string, ...names: readonly string[]): Promise<void> {
  const admin = await stage.admin(org);
  const { id } = await admin.named(QUEUES, "Billing");
  for (const name of names) {
    const answer = await fetch(`${stage.line.baseUrl}/_sim/orgs/${org}/objects`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ kind: "user", name, state: "active" }),
    });
    const made = (await answer.json()) as { id: string };
    await admin.send("POST", `${QUEUES}/${id}/members`, [{ id: made.id }]);
  }
}

describe("a member who is inactive", () => {
  it.each([
    ["in both organisations", "ann", "ann"],
    ["in the primary", "ann", undefined],
    ["in the standby", undefined, "ann"],
  ])("%s stays a member, and no queue differs by it", async (_, inPrimary, inStandby) => {
    await join("primary", ["ann", "joe"], inPrimary);
    await join("standby", ["ann", "joe"], inStandby);
    const workspace = await stage.workspace();
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [], findings: [] });
  });

  it("in the primary, and no member in the standby, becomes one there, and stays it", async () => {
    await join("primary", ["ann", "joe"], "ann");
    const workspace = await stage.workspace();
    expect(await works(workspace, 0, "sync", "--yes")).toMatchObject({ verified: true });
    expect(await works(workspace, 0, "sync", "--yes")).toMatchObject({ writes: 0 });
  });

  it("in the standby, and no member in the primary, is taken out", async () => {
    await join("primary", ["joe"]);
    await join("standby", ["ann", "joe"], "ann");
    const workspace = await stage.workspace();
    expect(await works(workspace, 0, "sync", "--yes")).toMatchObject({ verified: true });
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });
  });
});

describe("members without an e-mail address", () => {
  it.each([
    ["in the primary", ["primary"]],
    ["in the standby", ["standby"]],
    ["in both organisations", ["primary", "standby"]],
  ])("%s are left out with a finding that names them, and the queue is written all the same", async (_, orgs) => {
    await join("primary", ["joe"]);
    for (const org of orgs) await joinUnnamed(org, "Nameless One", "Nameless Two");
    const workspace = await stage.workspace();
    expect(await works(workspace, 0, "sync", "--yes")).toMatchObject({ failures: [], verified: true });
    const report = (await works(workspace, 0, "diff")) as { findings: readonly { code: string; message: string }[] };
    expect(JSON.stringify(report)).not.toMatch(/"user\/"|user\/[ ,]/);
    const people = report.findings.filter(({ code }) => code === "person-unknown");
    expect(people).toHaveLength(orgs.includes("primary") ? 2 : 0);
    if (orgs.includes("primary")) expect(people[0]?.message).toContain("Nameless");
    await works(workspace, 0, "snapshot", "primary");
    await works(workspace, 0, "validate", "snapshots/primary");
  });
});
