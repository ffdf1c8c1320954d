import { join } from "node:path";
import type { DriftReport } from "../../model/report.ts";
import type { Plan } from "../../model/plan.ts";
import type { Side } from "../../model/side.ts";
import type { App } from "../../model/app.ts";
import { applyPlan, type AppliedPlan } from "../../app/apply-plan.ts";
import { findDrift, type FoundDrift } from "../../app/find-drift.ts";
import { planDrift } from "../../app/make-plan.ts";
import { readDirectory, snapshotDirectory } from "../../app/read-side.ts";
import { takeSnapshot } from "../../app/take-snapshot.ts";
import { validateDirectory } from "../../app/validate-directory.ts";
import { planText } from "../../importers/plan-file.ts";
import type { Context } from "../context.ts";
import { openCliApp } from "../open-app.ts";

/** What happened, act by act. */
export interface Story {
  readonly snapshots: {
    readonly [side in Side]: { readonly objects: number; readonly requests: number; readonly problems: number };
  };
  readonly before: DriftReport;
  readonly plan: Plan;
  readonly apply: AppliedPlan;
  readonly after: DriftReport;
  readonly second: AppliedPlan;
}

/** Told after each act, with everything known so far. */
export type Tell = (story: Partial<Story>) => void;

/** The main job: snapshots, validation, drift, plan, apply, drift again, apply again. */
export async function tellStory(context: Context, tell: Tell): Promise<Story> {
  const app = await openCliApp(context, "lockstep.yaml");
  const snapshots = {
    primary: await snapshotOf(app, "primary"),
    standby: await snapshotOf(app, "standby"),
  };
  tell({ snapshots });
  const drift = await driftOnDisk(app);
  const before = drift.report;
  tell({ before });
  const plan = planDrift(app, drift);
  await app.files.write(join(app.workspace.directory, "plan.json"), planText(plan));
  tell({ plan });
  const allow = new Set(plan.guards.map((hit) => hit.guard));
  const apply = await applyPlan(app, plan, allow);
  tell({ apply });
  await snapshotOf(app, "standby");
  const after = (await driftOnDisk(app)).report;
  tell({ after });
  const second = await applyPlan(app, plan, allow);
  tell({ second });
  return { snapshots, before, plan, apply, after, second };
}

async function snapshotOf(app: App, side: Side): Promise<Story["snapshots"][Side]> {
  const { snapshot, directory, requests } = await takeSnapshot(app, side, {});
  const { problems } = await validateDirectory(app, directory);
  return { objects: snapshot.objects.size, requests: requests.total, problems: problems.length };
}

async function driftOnDisk(app: App): Promise<FoundDrift> {
  const source = await readDirectory(app, snapshotDirectory(app, "primary"));
  const target = await readDirectory(app, snapshotDirectory(app, "standby"));
  return findDrift(app, source, target);
}
