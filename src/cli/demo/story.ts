import { join } from "node:path";
import type { DriftReport } from "../../model/report.ts";
import type { Plan } from "../../model/plan.ts";
import type { Side } from "../../model/side.ts";
import { KINDS } from "../../kinds/index.ts";
import { planText } from "../../importers/plan-file.ts";
import { snapshotFiles } from "../../snapshot/snapshot-files.ts";
import { validateSnapshot } from "../../snapshot/validate.ts";
import { applyPlan, type Applied } from "../apply-plan.ts";
import type { Context } from "../context.ts";
import { findDrift } from "../drift.ts";
import { planFor } from "../make-plan.ts";
import { loadDirectory, sweepSide } from "../sides.ts";
import { besideConfig, connectSide, openWorkspace, type Workspace } from "../workspace.ts";

/** What happened, act by act. */
export interface Story {
  readonly snapshots: {
    readonly [side in Side]: { readonly objects: number; readonly requests: number; readonly problems: number };
  };
  readonly before: DriftReport;
  readonly plan: Plan;
  readonly apply: Applied;
  readonly after: DriftReport;
  readonly second: Applied;
}

/** Told after each act, with everything known so far. */
export type Tell = (story: Partial<Story>) => void;

/** The main job: snapshots, validation, drift, plan, apply, drift again, apply again. */
export async function tellStory(context: Context, tell: Tell): Promise<Story> {
  const workspace = await openWorkspace(context, {});
  const snapshots = {
    primary: await takeSnapshot(context, workspace, "primary"),
    standby: await takeSnapshot(context, workspace, "standby"),
  };
  tell({ snapshots });
  const drift = await driftOnDisk(context, workspace);
  const before = drift.report;
  tell({ before });
  const plan = planFor(context, workspace, drift, false);
  await context.files.write(join(workspace.directory, "plan.json"), planText(plan));
  tell({ plan });
  const allow = new Set(plan.guards.map((hit) => hit.guard));
  const apply = await applyPlan(context, workspace, plan, allow);
  tell({ apply });
  await takeSnapshot(context, workspace, "standby");
  const after = (await driftOnDisk(context, workspace)).report;
  tell({ after });
  const second = await applyPlan(context, workspace, plan, allow);
  tell({ second });
  return { snapshots, before, plan, apply, after, second };
}

async function takeSnapshot(context: Context, workspace: Workspace, side: Side): Promise<Story["snapshots"][Side]> {
  const directory = besideConfig(workspace, workspace.config.snapshots[side]);
  const client = await connectSide(context, workspace, side);
  try {
    const { snapshot, takenAt } = await sweepSide(context, workspace, client, directory);
    const requests = client.counts().total;
    const files = snapshotFiles(snapshot, KINDS, context.tool, { finishedAt: takenAt, requests: { total: requests } });
    await context.files.replaceDirectory(directory, files);
    return { objects: snapshot.objects.size, requests, problems: validateSnapshot(files, KINDS).length };
  } finally {
    client.close();
  }
}

async function driftOnDisk(context: Context, workspace: Workspace): ReturnType<typeof findDrift> {
  const directory = (side: Side): string => besideConfig(workspace, workspace.config.snapshots[side]);
  const source = await loadDirectory(context, directory("primary"));
  const target = await loadDirectory(context, directory("standby"));
  return findDrift(context, workspace, source, target);
}
