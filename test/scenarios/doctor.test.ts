import { chmod, mkdir, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { documentOf } from "./support/cli.ts";
import { buildCentre } from "./support/centre.ts";
import { writesTo } from "./support/control.ts";
import { grantOnlyIn, withoutPermission } from "./support/roles.ts";
import { stageFor } from "./support/stage.ts";
import type { Workspace } from "./support/workspace.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

interface Check {
  readonly name: string;
  readonly outcome: "ok" | "warning" | "failed";
  readonly message: string;
  readonly hint?: string;
  readonly code?: string;
}

/** The checks that failed, after a look at the exit code and at what was written. */
async function failedChecks(workspace: Workspace): Promise<Check[]> {
  const mark = await stage.control.mark();
  const ended = await workspace.json("doctor");
  const { ok, checks } = documentOf<{ ok: boolean; checks: readonly Check[] }>(ended);
  const failed = checks.filter(({ outcome }) => outcome === "failed");
  expect([ended.exit, ok]).toEqual(failed.length === 0 ? [0, true] : [1, false]);
  for (const { hint, name } of checks.filter(({ outcome }) => outcome !== "ok")) expect(hint, name).toMatch(/\w/);
  const log = await stage.control.log(mark);
  expect([...writesTo("primary", log), ...writesTo("standby", log)]).toEqual([]);
  return failed;
}

describe("doctor", () => {
  it("finds nothing to mend where everything is well", async () => {
    expect(await failedChecks(await stage.workspace())).toEqual([]);
  });

  it("names every permission that is missing, by kind, and every narrow grant", async () => {
    await withoutPermission(await stage.admin("primary"), "routing:wrapupCode");
    const standby = await stage.admin("standby");
    const { id } = await standby.send("GET", "/api/v2/authorization/divisions/home");
    await grantOnlyIn(standby, stage.line.orgs["standby"]?.client.id ?? "", [String(id)]);
    const failed = await failedChecks(await stage.workspace());
    const missing = failed.filter(({ code }) => code === "permission-missing");
    expect(missing.map(({ name }) => name)).toContain("primary permissions: wrap-up-code");
    expect(missing.map(({ message }) => message).join()).toContain("routing:wrapupCode:view");
    const narrow = failed.filter(({ code }) => code === "narrow-grant");
    expect(narrow.map(({ name }) => name)).toContain("standby permissions: queue");
    for (const { message } of narrow) expect(message).toContain("granted in Home standby only");
  });

  it("looks at everything, whatever fails first", async () => {
    const { primary } = stage.line.orgs;
    if (primary === undefined) throw new Error("no primary");
    const workspace = await stage.workspace({ logins: { standby: { id: primary.client.id, secret: "not it" } } });
    await workspace.configure({ orgs: { standby: { orgId: undefined } } });
    await writeFile(workspace.path("snapshots"), "a file");
    const failed = await failedChecks(workspace);
    expect(failed.map(({ name, code }) => [name, code])).toEqual([
      ["standby login", "login-failed"],
      ["snapshot of the primary", "file-unwritable"],
      ["snapshot of the standby", "file-unwritable"],
    ]);
  });

  it("looks at the key of placeholders, which is needed before anything is read", async () => {
    const workspace = await stage.workspace();
    await workspace.configure({ include: { secrets: "placeholders", secretsKey: "env:LOCKSTEP_NO_SUCH_KEY" } });
    const failed = await failedChecks(workspace);
    expect(failed.map(({ name, code }) => [name, code])).toEqual([["key of placeholders", "secret-missing"]]);
  });

  it("warns of files with secrets that others than their owner may read", async () => {
    const workspace = await stage.workspace();
    const key = workspace.path("key");
    await writeFile(key, "0123456789abcdef".repeat(4), { mode: 0o644 });
    await workspace.configure({ include: { secrets: "placeholders", secretsKey: "file:key" } });
    const outcomes = async (): Promise<string[]> => {
      const { checks } = documentOf<{ checks: readonly Check[] }>(await workspace.json("doctor"));
      return checks.filter(({ name }) => name === "files with secrets").map(({ outcome }) => outcome);
    };
    expect(await outcomes()).toEqual(["warning"]);
    await chmod(key, 0o600);
    expect(await outcomes()).toEqual(["ok"]);
  });

  it("warns of a login of the primary that may write, and of a stack of the primary that is still open", async () => {
    const { primary } = stage.line.orgs;
    if (primary === undefined) throw new Error("no primary");
    const warnings = async (workspace: Workspace): Promise<string[]> => {
      const { checks } = documentOf<{ checks: readonly Check[] }>(await workspace.json("doctor"));
      const ours = checks.filter(({ name }) => /access|privilege/.test(name));
      return ours.filter(({ outcome }) => outcome === "warning").map(({ name, message }) => `${name}: ${message}`);
    };
    const careful = await stage.workspace();
    await mkdir(careful.path("stacks"));
    const stack = careful.path("stacks", "Pulumi.primary.yaml");
    await writeFile(stack, "config:\n  lockstep:access: read-only\n");
    expect(await warnings(careful)).toEqual([]);
    await writeFile(stack, "config:\n  lockstep:access: managed\n");
    expect(await warnings(careful)).toEqual([
      "primary access: stacks/Pulumi.primary.yaml still says lockstep:access: managed",
    ]);
    const careless = await stage.workspace({ logins: { primary: primary.admin } });
    expect(await warnings(careless)).toEqual([
      expect.stringMatching(/^primary least privilege: The OAuth client has \S+ and \d+ permissions more to write/),
    ]);
  });

  it("tells when both logins lead to one organisation", async () => {
    const { primary } = stage.line.orgs;
    if (primary === undefined) throw new Error("no primary");
    const workspace = await stage.workspace({ logins: { standby: primary.client } });
    await workspace.configure({ orgs: { standby: { orgId: undefined } } });
    expect((await failedChecks(workspace)).map(({ code }) => code)).toContain("same-org");
  });
});
