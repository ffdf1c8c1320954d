import { LockstepError } from "../../model/error.ts";
import { parsePlan } from "../../importers/plan-file.ts";
import { applyPlan, showApplied } from "../apply-plan.ts";
import type { Context } from "../context.ts";
import { fromCwd, openWorkspace, type CommonOptions } from "../workspace.ts";

interface ApplyOptions extends CommonOptions {
  readonly allow: readonly string[];
}

/** `lockstep apply FILE`: applies a plan to the standby. */
export async function run(context: Context, options: ApplyOptions, [name]: readonly string[]): Promise<number> {
  const workspace = await openWorkspace(context, options);
  const file = fromCwd(context, name ?? "");
  const text = await context.files.read(file);
  if (text === undefined) {
    throw new LockstepError("plan-missing", `there is no plan ${file}`, "Make one with `lockstep plan -o FILE`.", {
      file,
    });
  }
  const applied = await applyPlan(context, workspace, parsePlan(text, file), new Set(options.allow));
  return showApplied(context, options.format, applied);
}
