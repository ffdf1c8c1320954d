import { EXIT } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { defineCommand, TEXT_JSON } from "../command.ts";
import { wantsColour } from "../context.ts";

export const doctor = defineCommand(
  {
    name: "doctor",
    summary: "check logins, permissions, rate budget, clocks and directories",
    formats: TEXT_JSON,
    examples: ["lockstep doctor"],
  },
  (command) => command,
  async (context, { config, format }) => {
    const { checkSetup } = await import("../../app/index.ts");
    const { openCliApp } = await import("../open-app.ts");
    const { checksText } = await import("../checks-text.ts");
    const checks = await checkSetup(await openCliApp(context, config));
    const ok = checks.every(({ outcome }) => outcome !== "failed");
    const colour = wantsColour(context.stdout, context.env);
    context.stdout.write(format === "json" ? canonicalJson({ ok, checks }) : checksText(checks, colour));
    return ok ? EXIT.done : EXIT.error;
  },
);
