import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
import { refused, works } from "./support/refused.ts";
import { grantOnlyIn, withoutPermission } from "./support/roles.ts";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

interface Manifest {
  readonly complete: boolean;
  readonly kinds: { readonly [kind: string]: { readonly kept: number; readonly incomplete?: string } };
}

describe("a client that may not see everything", () => {
  it("is told which permission is missing, and for which kind", async () => {
    await withoutPermission(await stage.admin("primary"), "routing:wrapupCode");
    const workspace = await stage.workspace();
    const error = await refused(stage, workspace, "snapshot", "primary");
    expect(error).toMatchObject({ exit: 1, code: "permission-missing", coordinate: "wrap-up-code" });
    expect(error.hint).toContain("routing:wrapupCode:view");
  });

  it("is told which divisions a narrow grant covers, before mass deletion is planned from it", async () => {
    const admin = await stage.admin("primary");
    const sales = await admin.named("/api/v2/authorization/divisions", "Sales");
    await grantOnlyIn(admin, stage.line.orgs["primary"]?.client.id ?? "", [sales.id]);
    const workspace = await stage.workspace();
    for (const args of [
      ["snapshot", "primary"],
      ["plan", "-o", "plan.json", "--prune"],
    ]) {
      const error = await refused(stage, workspace, ...args);
      expect(error).toMatchObject({ exit: 1, code: "narrow-grant" });
      expect(error.message).toContain("granted in Sales only");
    }
  });

  it("can take an incomplete snapshot on demand, from which nothing is planned", async () => {
    await withoutPermission(await stage.admin("primary"), "routing:wrapupCode");
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary", "--allow-incomplete");
    const manifest = JSON.parse(
      await readFile(workspace.path("snapshots", "primary", "manifest.json"), "utf8"),
    ) as Manifest;
    expect(manifest.complete).toBe(false);
    expect(manifest.kinds["wrap-up-code"]).toMatchObject({ kept: 0 });
    expect(manifest.kinds["wrap-up-code"]?.incomplete).toContain("routing:wrapupCode:view");
    expect(manifest.kinds["queue"]?.incomplete).toBeUndefined();
    const error = await refused(stage, workspace, "plan", "--from", "snapshots/primary", "-o", "plan.json");
    expect(error).toMatchObject({ exit: 3, code: "incomplete-source" });
    expect(error.message).toContain("wrap-up-code");
  });
});
