import type { Pin } from "../../app/index.ts";
import { EXIT } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { printable } from "../../model/printable.ts";
import { defineCommand, TEXT_JSON } from "../command.ts";
import { wantsColour } from "../context.ts";

export const doctor = defineCommand(
  {
    name: "doctor",
    summary: "check logins, permissions, rate budget, clocks and directories",
    formats: TEXT_JSON,
    examples: ["lockstep doctor", "lockstep doctor --pin", "lockstep doctor --probe"],
  },
  (command) =>
    command
      .option("--pin", "first write the ids of both organisations to the configuration")
      .option("--probe", "also read both organisations with and without the audit log, and compare"),
  async (context, { config, format, pin = false, probe = false }) => {
    const { checkSetup, pinOrganisations, probeAudit } = await import("../../app/index.ts");
    const { openCliApp } = await import("../open-app.ts");
    const { checksText } = await import("../checks-text.ts");
    const app = await openCliApp(context, config);
    const pins = pin ? await pinOrganisations(app) : undefined;
    // What was written is what is checked.
    const checked = pins === undefined ? app : await openCliApp(context, config);
    const setup = await checkSetup(checked);
    const isWell = setup.every(({ outcome }) => outcome !== "failed");
    const checks = probe && isWell ? [...setup, ...(await probeAudit(checked))] : setup;
    const ok = checks.every(({ outcome }) => outcome !== "failed");
    const colour = wantsColour(context.stdout, context.env);
    const document = pins === undefined ? { ok, checks } : { ok, checks, pins };
    if (pins !== undefined && format === "text") context.stdout.write(pinsText(pins));
    context.stdout.write(format === "json" ? canonicalJson(document) : checksText(checks, colour));
    return ok ? EXIT.done : EXIT.error;
  },
);

function pinsText(pins: readonly Pin[]): string {
  const lines = pins.map(({ side, orgId, name, added }) => {
    const organisation = `${side}: ${printable(name)} (${orgId})`;
    return added ? `pinned the ${organisation}` : `already pinned, the ${organisation}`;
  });
  return `${lines.join("\n")}\n`;
}
