import { allowedGuards } from "../../model/allowed-guards.ts";
import { LockstepError } from "../../model/error.ts";
import { parsePlan } from "../../importers/plan-file.ts";
import { applyPlan } from "../../app/apply-plan.ts";
import type { Context } from "../context.ts";
import { fromCwd, openApp, type CommonOptions } from "../open-app.ts";
import { showApplied } from "../show-applied.ts";

interface ApplyOptions extends CommonOptions {
  readonly allow: readonly string[];
}

/** `lockstep apply FILE`: applies a plan to the standby. */
export async function run(context: Context, options: ApplyOptions, [name]: readonly string[]): Promise<number> {
  const allow = allowedGuards(options.allow);
  const app = await openApp(context, options);
  const file = fromCwd(context, name ?? "");
  const text = await context.files.read(file);
  if (text === undefined) {
    throw new LockstepError("plan-missing", `there is no plan ${file}`, "Make one with `lockstep plan -o FILE`.", {
      file,
    });
  }
  const applied = await applyPlan(app, parsePlan(text, file), allow);
  return showApplied(context, options.format, applied);
}
