import { readFile, rm, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parsePlan, planText, sealPlan } from "../../src/importers/plan-file.ts";
import { buildCentre } from "./support/centre.ts";
import { writesTo } from "./support/control.ts";
import { refused, works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import type { Workspace } from "./support/workspace.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

const UNPINNED = { orgs: { primary: { orgId: undefined }, standby: { orgId: undefined } } };

/** A workspace whose logins may write everywhere; `swapped` are those of the other organisation. */
function workspaceOf({ swapped = false } = {}): Promise<Workspace> {
  const { primary, standby } = stage.line.orgs;
  if (primary === undefined || standby === undefined) throw new Error("two organisations are needed");
  const [first, second] = swapped ? [standby, primary] : [primary, standby];
  return stage.workspace({ logins: { primary: first.admin, standby: second.admin } });
}

describe("a standby that is not pinned", () => {
  it("is not written, and sync says so before it reads anything", async () => {
    const workspace = await workspaceOf();
    await works(workspace, 2, "plan", "-o", "plan.json");
    await workspace.configure(UNPINNED);
    const mark = await stage.control.mark();
    for (const command of [
      ["sync", "--yes"],
      ["apply", "plan.json"],
    ]) {
      const error = await refused(stage, workspace, ...command);
      expect(error).toMatchObject({ exit: 3, code: "standby-not-pinned", path: "/orgs/standby/orgId" });
      expect(error.hint).toContain("lockstep doctor --pin");
    }
    expect(await stage.control.log(mark)).toEqual([]);
  });

  it("is pinned by doctor, which keeps the rest of the file, and is written then", async () => {
    const workspace = await workspaceOf();
    await workspace.configure(UNPINNED);
    const file = workspace.path("lockstep.yaml");
    await writeFile(file, `# Our pair.\n${await readFile(file, "utf8")}`);
    const { primary, standby } = stage.line.orgs;
    const first = (await works(workspace, 0, "doctor", "--pin")) as { pins: unknown };
    expect(first.pins).toEqual([
      { side: "primary", orgId: primary?.id, name: primary?.name, added: true },
      { side: "standby", orgId: standby?.id, name: standby?.name, added: true },
    ]);
    const text = await readFile(file, "utf8");
    expect(text).toMatch(/^# Our pair\.\n/);
    expect(text).toContain(`orgId: ${String(standby?.id)}`);
    const again = await workspace.run(["doctor", "--pin"]);
    expect(again.stdout).toContain(`already pinned, the standby: ${String(standby?.name)} (${String(standby?.id)})`);
    expect(await readFile(file, "utf8")).toBe(text);
    await works(workspace, 0, "sync", "--yes");
  });
});

describe("the primary", () => {
  it("is not written through swapped logins, pinned or not, once the pair has been in step", async () => {
    const workspace = await workspaceOf();
    await works(workspace, 0, "sync", "--yes");
    const { primary, standby } = stage.line.orgs;
    const swapped = await workspaceOf({ swapped: true });
    await rm(swapped.path(".lockstep"), { recursive: true, force: true });
    const env = swapped.env;
    const mark = await stage.control.mark();
    // The same workspace, with the logins of the other side.
    const run = (...args: string[]) => workspace.run([...args, "--format", "json"], env);
    expect(await run("sync", "--yes")).toMatchObject({
      exit: 3,
      stdout: expect.stringContaining("org-mismatch") as string,
    });
    await workspace.configure(UNPINNED);
    expect((await run("sync", "--yes")).stdout).toContain("standby-not-pinned");
    expect((await run("doctor", "--pin")).stdout).toContain("primary-as-target");
    const orgs = { primary: { orgId: standby?.id }, standby: { orgId: primary?.id } };
    await workspace.configure({ orgs });
    const ended = await run("sync", "--yes");
    expect(ended).toMatchObject({ exit: 3, stdout: expect.stringContaining("primary-as-target") as string });
    expect(writesTo("primary", await stage.control.log(mark))).toEqual([]);
  });

  it("is not written by a plan that was changed to name it", async () => {
    const workspace = await workspaceOf();
    await works(workspace, 2, "plan", "-o", "plan.json");
    const file = workspace.path("plan.json");
    const { sha256: _, ...plan } = parsePlan(await readFile(file, "utf8"), file);
    const target = { ...plan.target, orgId: stage.line.orgs["primary"]?.id ?? "" };
    await writeFile(file, planText(sealPlan({ ...plan, target })));
    const error = await refused(stage, workspace, "apply", "plan.json");
    expect(error).toMatchObject({ exit: 3, code: "primary-as-target" });
  });
});

describe("a secret of the standby", () => {
  it("is not shown where the platform repeats it in a refusal", async () => {
    const secret = 'hunter "2" & co';
    const workspace = await workspaceOf();
    const admin = await stage.admin("primary");
    await admin.send("POST", "/api/v2/integrations/credentials", {
      name: "CRM",
      type: { name: "basicAuth" },
      credentialFields: { userName: "crm", password: "of the primary" },
    });
    const reference = (field: string, value: string): object => ({
      kind: "credential",
      name: "basicAuth:CRM",
      path: `/credentialFields/${field}`,
      value,
    });
    await workspace.configure({
      secrets: [reference("userName", "env:CRM_USER"), reference("password", "env:CRM_PASSWORD")],
    });
    const message = `The value ${secret} (${encodeURIComponent(secret)}) is not accepted`;
    for (const status of [400, 409]) {
      const body = JSON.stringify({ status, code: "invalid.value", message });
      const answer = { action: "answer", status, contentType: "application/json", body };
      await stage.control.faults({ method: "POST", path: "/integrations/credentials", times: 9, ...answer });
      for (const format of ["text", "json"]) {
        const env = { CRM_USER: "crm", CRM_PASSWORD: secret };
        const ended = await workspace.run(["sync", "--yes", "--format", format], env);
        expect(ended.exit).toBe(4);
        expect(ended.stdout).toContain("[secret]");
        expect(ended.stdout + ended.stderr).not.toContain("hunter");
      }
    }
  });
});
