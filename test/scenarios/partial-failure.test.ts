import { describe, expect, it } from "vitest";
import { documentOf } from "./support/cli.ts";
import { buildCentre } from "./support/centre.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

interface Applied {
  readonly operations: { readonly done: number; readonly failed: number; readonly skipped: number };
  readonly failures: readonly {
    readonly coordinate: string;
    readonly code: string;
    readonly blocked: readonly string[];
  }[];
  readonly verified: boolean;
}

const blocked = ["flow/inboundcall:Main", "ivr/Main line", "queue/Billing", "queue/Support"];

describe("an apply of which a part fails", () => {
  it("does the rest, tells what failed and what waited for it, and ends with 4", async () => {
    const workspace = await stage.workspace();
    const plan = (await works(workspace, 2, "plan", "-o", "plan.json")) as { operations: readonly unknown[] };
    await stage.control.faults({ org: "standby", method: "POST", path: "/routing/wrapupcodes$", action: "status:400" });
    const ended = await workspace.json("apply", "plan.json");
    expect(ended.exit).toBe(4);
    const applied = documentOf<Applied>(ended);
    expect(applied.verified).toBe(false);
    expect(applied.failures).toHaveLength(1);
    const [failure] = applied.failures;
    expect(failure?.coordinate).toMatch(/^wrap-up-code\/(Resolved|Callback)$/);
    expect(failure?.code).toBe("request-refused");
    expect([...(failure?.blocked ?? [])].sort()).toEqual(blocked);
    const { done, failed, skipped } = applied.operations;
    expect({ done, failed, skipped }).toEqual({ done: plan.operations.length - 5, failed: 1, skipped: 4 });
    const left = (await works(workspace, 2, "diff")) as { changes: readonly { coordinate: string }[] };
    expect(left.changes.map(({ coordinate }) => coordinate).sort()).toEqual(
      [...blocked, failure?.coordinate ?? ""].sort(),
    );

    const again = documentOf<Applied>(await workspace.json("apply", "plan.json"));
    expect(again).toMatchObject({ operations: { done: 5, failed: 0, resumed: done }, failures: [], verified: true });
    expect(await works(workspace, 0, "diff")).toMatchObject({ changes: [] });
  });

  it("names the failure on the terminal too", async () => {
    const workspace = await stage.workspace();
    await works(workspace, 2, "plan", "-o", "plan.json");
    await stage.control.faults({ org: "standby", method: "POST", path: "/architect/ivrs$", action: "status:409" });
    const ended = await workspace.run(["apply", "plan.json"]);
    expect(ended.exit).toBe(4);
    expect(ended.stdout).toContain("failed: ivr/Main line: ");
    expect(ended.stdout).toContain("1 failed");
  });
});
