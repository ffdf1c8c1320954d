import { printable } from "../model/printable.ts";
import type { Check } from "../app/doctor/check.ts";
import { painter } from "../report/paint.ts";
import { plural } from "../report/plain.ts";

/** The checks of `lockstep doctor` for people: each with what to do, and what comes next. */
export function checksText(checks: readonly Check[], colour: boolean): string {
  const paint = painter(colour);
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
