import { LockstepError } from "../../model/error.ts";
import { defineCommand, allowOption, TEXT_JSON } from "../command.ts";
import { fromCwd } from "../context.ts";

export const apply = defineCommand(
  {
    name: "apply",
    summary: "apply a plan to the standby",
    formats: TEXT_JSON,
    examples: ["lockstep apply plan.json", "lockstep apply plan.json --allow max-updates"],
  },
  (command) => command.argument("<plan>").addOption(allowOption("plan")),
  async (context, options, plan) => {
    const { applyPlan, parsePlan } = await import("../../app/index.ts");
    const { allowedGuards } = await import("../../model/allowed-guards.ts");
    const { openCliApp } = await import("../open-app.ts");
    const { showApplied } = await import("../show-applied.ts");
    const allow = allowedGuards(options.allow);
    const app = await openCliApp(context, options.config);
    const file = fromCwd(context, plan);
    const text = await context.files.read(file);
    if (text === undefined) throw missingPlan(file);
    return showApplied(context, options.format, await applyPlan(app, parsePlan(text, file), allow));
  },
);

function missingPlan(file: string): LockstepError {
  return new LockstepError("plan-missing", `There is no plan ${file}`, "Make one with `lockstep plan -o FILE`.", {
    file,
  });
}
