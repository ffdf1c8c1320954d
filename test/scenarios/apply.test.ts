import { describe, expect, it } from "vitest";
import { documentOf } from "./support/cli.ts";
import { buildCentre, CENTRE } from "./support/centre.ts";
import { writesTo } from "./support/control.ts";
import { plainState } from "./support/raw-state.ts";
import { stageFor } from "./support/stage.ts";

interface PlanDocument {
  readonly schemaVersion: number;
  readonly sha256: string;
  readonly target: { readonly orgId: string };
  readonly operations: readonly {
    readonly id: string;
    readonly wave: number;
    readonly action: string;
    readonly coordinate: string;
    readonly dependsOn: readonly string[];
  }[];
}

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

describe("plan and apply", () => {
  it("bring an empty standby in step, and do nothing the second time", async () => {
    const workspace = await stage.workspace();
    const planned = await workspace.json("plan", "-o", "plan.json");
    expect(planned.exit, planned.stderr).toBe(2);
    const plan = documentOf<PlanDocument>(planned);
    expect(
      plan.operations
        .filter(({ action }) => action === "create")
        .map(({ coordinate }) => coordinate)
        .sort(),
    ).toEqual([...CENTRE.objects].sort());
    const mark = await stage.control.mark();
    const applied = await workspace.json("apply", "plan.json");
    expect(applied.exit, applied.stderr + applied.stdout).toBe(0);
    const log = await stage.control.log(mark);
    const { writes } = documentOf<{ writes: number }>(applied);
    expect(writesTo("standby", log)).toHaveLength(writes);
    expect(log.filter(({ org }) => org === "primary")).toEqual([]);

    const states = await Promise.all(["primary", "standby"].map(async (org) => configurationOf(org)));
    expect(states[1]).toEqual(states[0]);

    const diff = await workspace.json("diff");
    expect(documentOf(diff)["changes"]).toEqual([]);
    expect(diff.exit).toBe(0);
    const again = await workspace.json("apply", "plan.json");
    expect([again.exit, documentOf(again)["writes"]]).toEqual([0, 0]);
  });
});

const KEPT = /\/(queues|skills|wrapupcodes|schedules|schedulegroups|ivrs|didpools|flows|divisions):/;

/** The raw configuration that lockstep keeps in step, with the Home division called the same in both organisations. */
async function configurationOf(org: string): Promise<unknown> {
  const entries = Object.entries(plainState(await stage.control.state(org))).filter(([path]) => KEPT.test(path));
  return JSON.parse(JSON.stringify(Object.fromEntries(entries)).replaceAll("Home standby", "Home")) as unknown;
}
