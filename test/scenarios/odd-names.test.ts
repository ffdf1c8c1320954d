import { describe, expect, it } from "vitest";
import type { Admin } from "./support/admin.ts";
import { documentOf } from "./support/cli.ts";
import { callFlow } from "./support/centre.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";
import { digests } from "./support/workspace.ts";

const ODD_NAMES = [
  "Billing / Sales",
  "..",
  ".",
  "../../etc/passwd",
  "a\u0000b",
  "line\nbreak \u001b[31mred",
  "☎️ Füße 日本語 🧑‍🚒",
  "x".repeat(300),
  "billing",
  "Billing",
  "BILLING",
  "__proto__",
  "constructor",
  "con.json",
  "a%2Fb",
  "~tilde~",
  "'; DROP TABLE queues; --",
  "$1 $& {0}",
] as const;

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => oddObjects(await set.admin("primary")));

async function oddObjects(admin: Admin): Promise<void> {
  for (const name of ODD_NAMES) {
    const code = await admin.create("/api/v2/routing/wrapupcodes", { name, description: `about ${name}` });
    const queue = await admin.create("/api/v2/routing/queues", { name, description: "odd" });
    await admin.send("POST", `/api/v2/routing/queues/${queue}/wrapupcodes`, [{ id: code }]);
  }
  await admin.publish(callFlow("☎️ __proto__ ..", "__proto__"));
  const table = await admin.create("/api/v2/flows/datatables", {
    name: "__proto__",
    schema: {
      $schema: "http://json-schema.org/draft-04/schema#",
      type: "object",
      additionalProperties: false,
      required: ["key"],
      properties: {
        key: { title: "key", type: "string", $id: "/properties/key", displayOrder: 0 },
        constructor: {
          title: "constructor",
          type: "string",
          $id: "/properties/constructor",
          displayOrder: 1,
          default: "",
        },
      },
    },
  });
  for (const key of ["a/b", "a~1b", "constructor", "é"]) {
    await admin.send("POST", `/api/v2/flows/datatables/${table}/rows`, { key, constructor: `cell of ${key}` });
  }
}

interface Named {
  readonly coordinate: string;
  readonly action: string;
}

describe("objects with odd names", () => {
  it("travel from the primary to the standby by way of files", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 0, "snapshot", "primary");
    expect(await works(workspace, 0, "validate", "snapshots/primary")).toMatchObject({ problems: [] });
    for (const path of Object.keys(await digests(workspace.path("snapshots/primary")))) {
      expect(path).toMatch(/^[^/]+(\/[^/]+)*$/);
      expect(path.split("/").filter((segment) => segment.startsWith(".") && segment !== ".gitattributes")).toEqual([]);
      expect(path).not.toMatch(/[\u0000-\u001f]/);
    }
    const plan = await works(workspace, 2, "plan", "-o", "plan.json", "--from", "snapshots/primary");
    const { operations, blocked } = plan as { operations: readonly Named[]; blocked: readonly unknown[] };
    expect(blocked).toEqual([]);
    const created = new Set(operations.filter(({ action }) => action === "create").map(({ coordinate }) => coordinate));
    for (const name of ODD_NAMES) {
      expect([...created]).toContain(`queue/${name}`);
      expect([...created]).toContain(`wrap-up-code/${name}`);
    }
    const applied = await workspace.json("apply", "plan.json");
    expect(applied.exit, applied.stdout + applied.stderr).toBe(0);
    expect(applied.stderr).not.toContain("\u001b");
    expect(documentOf(await workspace.json("diff", "--from", "snapshots/primary"))).toMatchObject({ changes: [] });
    const names = Object.entries(await stage.control.state("standby")).flatMap(([path, { name }]) =>
      /^\/api\/v2\/routing\/queues\/[^/]+$/.test(path) ? [name] : [],
    );
    expect(names.sort()).toEqual([...ODD_NAMES].sort());
  });

  it("cannot move the cursor of a terminal", async () => {
    const workspace = await stage.workspace();
    const { stdout, stderr } = await workspace.run(["diff"]);
    expect(stdout).toContain("x".repeat(60));
    expect(stdout + stderr).not.toContain("\u001b");
    expect(stdout + stderr).not.toContain("\u0000");
  });
});
