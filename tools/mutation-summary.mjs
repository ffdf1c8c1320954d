// Mutants by group, from the report that `npm run mutation` has just made. Fails when a group has less than the goal. What ended
// because it took too long counts as noticed and is listed separately.
import { readFileSync } from "node:fs";

const GOAL = 80;

/** Which part of the product a file belongs to; the first that matches. */
const GROUPS = [
  ["compare", /^src\/drift\//],
  ["pairing", /^src\/pairing\//],
  ["plan", /^src\/importers\/(plan|drafts|order|graph|guards|plan-file|secret-needs)\.ts$/],
  ["execute", /^src\/importers\//],
];

const report = JSON.parse(readFileSync(process.argv[2] ?? "reports/mutation.json", "utf8"));
const rows = new Map([...GROUPS.map(([name]) => name), "total"].map((name) => [name, { killed: 0, late: 0, all: 0 }]));
for (const [file, { mutants }] of Object.entries(report.files)) {
  const group = GROUPS.find(([, pattern]) => pattern.test(file))?.[0];
  for (const { status } of mutants) {
    if (status === "Ignored" || status === "CompileError" || status === "RuntimeError") continue;
    for (const row of [rows.get(group), rows.get("total")]) {
      row.all += 1;
      if (status === "Killed" || status === "Timeout") row.killed += 1;
      if (status === "Timeout") row.late += 1;
    }
  }
}

let missed = false;
for (const [name, { killed, late, all }] of rows) {
  if (all === 0) continue;
  const percent = (100 * killed) / all;
  missed ||= percent < GOAL;
  console.log(
    `${name.padEnd(8)} ${String(killed).padStart(5)} of ${String(all).padStart(5)} killed ${percent.toFixed(1).padStart(6)} %, ${String(late)} of them timed out`,
  );
}
process.exitCode = missed ? 1 : 0;
