import { EXIT } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { painter } from "../../report/paint.ts";
import { printable } from "../../model/printable.ts";
import { plural } from "../../report/plain.ts";
import { wantsColour, type Context } from "../context.ts";
import type { Check } from "../../app/doctor/check.ts";
import { checkSetup } from "../../app/doctor/check-setup.ts";
import { openApp, type CommonOptions } from "../open-app.ts";

/** `lockstep doctor`: everything that would stop the other commands, each with what to do. */
export async function run(context: Context, options: CommonOptions): Promise<number> {
  const checks = await checkSetup(await openApp(context, options));
  const well = checks.every((check) => check.outcome !== "failed");
  context.stdout.write(options.format === "json" ? canonicalJson({ ok: well, checks }) : checksText(checks, context));
  return well ? EXIT.done : EXIT.error;
}

function checksText(checks: readonly Check[], context: Context): string {
  const paint = painter(wantsColour(context.stdout, context.env));
  const sign = { ok: paint("green", "ok  "), warning: paint("yellow", "look"), failed: paint("red", "fail") };
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, outcome, message, hint }) => [
    `${sign[outcome]}  ${name.padEnd(width)}  ${printable(message)}`,
    ...(hint === undefined ? [] : [`      do: ${printable(hint)}`]),
  ]);
  return [...lines, "", verdict(checks)].join("\n") + "\n";
}

function verdict(checks: readonly Check[]): string {
  const count = (outcome: Check["outcome"]): number => checks.filter((check) => check.outcome === outcome).length;
  const [broken, odd] = [count("failed"), count("warning")];
  if (broken > 0) return `${plural(broken, "check")} failed: mend what is marked "fail" and run it again`;
  const advice = odd === 0 ? "" : `, ${plural(odd, "thing")} to look at`;
  return `all is well${advice}; next: lockstep snapshot primary`;
}
