import { readFileSync } from "node:fs";
import type { Outcome } from "../../test/reliability/campaign.ts";

/** What `npm run soak -- --record` writes. */
type Recorded = Outcome & { readonly at: string; readonly minutes: number };

/** The last recorded result, as docs/reliability.md shows it. */
export function soakResult(): string {
  const result = JSON.parse(readFileSync(new URL("../soak.json", import.meta.url), "utf8")) as Recorded;
  const { at, minutes, seed, played, commands, cpuSeconds, by, failures } = result;
  const figures = [
    `${at}, ${minutes} minutes, seed ${seed}: ${played} cases, ${commands} commands, ${cpuSeconds} CPU seconds`,
    `(${(played / Math.max(cpuSeconds, 1)).toFixed(1)} cases per CPU second); ${failures.length} failed.`,
  ];
  const rows = Object.entries(by).flatMap(([dimension, counts]) =>
    Object.entries(counts).map(([value, count]) => `| ${dimension} | \`${value}\` | ${count} |`),
  );
  const failing = failures.map((failure) => `- \`${failure.case}\``);
  return [
    figures.join(" "),
    ...failing,
    ["| dimension | value | cases |", "| --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n");
}
