// Holds the traffic that `npm test` recorded against the official definition of the API, which is in ../shared/contract.
import { existsSync } from "node:fs";
import { routesOf } from "../src/simulator/engine.ts";
import { resources } from "../src/simulator/resources/index.ts";
import { filesRoutes } from "../src/simulator/transfer.ts";
import { readContract } from "./fidelity/contract.ts";
import { coverageOf } from "./fidelity/coverage.ts";
import { holdAgainst } from "./fidelity/mismatches.ts";
import { readReasons, reasoned, type Reasoned } from "./fidelity/reasons.ts";
import { readTraffic } from "./fidelity/traffic.ts";
import { unseenFields } from "./fidelity/writable.ts";

const CONTRACT = "../shared/contract";
const TRAFFIC = process.argv[2] ?? "reports/traffic";
const LOGIN = { method: "POST", path: "/oauth/token" };

/** Prints a part of the report, and answers what is wrong in it. */
function tell(title: string, { excused, open, idle, unmet }: Reasoned): string[] {
  console.log(`\n${title}: ${open.length} without a reason, ${excused.length} with one`);
  for (const why of new Set(excused.map((entry) => entry.why))) {
    const cases = excused.filter((entry) => entry.why === why).map(({ what }) => what);
    console.log(`  (${cases.length}) ${why}\n    ${cases.join("\n    ")}`);
  }
  for (const what of unmet) console.log(`  reason without a case in this run: ${what}`);
  return [
    ...open.map((what) => `${title}, without a reason: ${what}`),
    ...idle.map((what) => `${title}, a reason without a case, which has to go: ${what}`),
  ];
}

/** Prints the whole report; what is wrong comes last, because a long log is read from its end. */
function compare(): boolean {
  const contract = readContract(CONTRACT);
  const traffic = readTraffic(TRAFFIC);
  const served = [...resources.flatMap(routesOf), ...filesRoutes, LOGIN];
  const coverage = coverageOf(contract, served, traffic);
  const verdict = holdAgainst(contract, traffic);
  const unseen = unseenFields(contract, coverage.known, traffic);
  const reasons = readReasons();
  const mismatches = reasoned(
    verdict.mismatches.map(({ operation, what }) => `${operation} ${what}`),
    reasons.meant,
  );
  console.log(
    `operations ${coverage.known.length}, requests ${verdict.requests}, answers ${verdict.answers}, mismatches ${mismatches.open.length}`,
  );
  const faults = [
    tell("mismatches", mismatches),
    tell("operations that the definition lacks (unchecked)", reasoned(coverage.unknown, reasons.unchecked)),
    tell("operations never exercised", reasoned(coverage.idle, [])),
    tell("operations never answered with content", reasoned(coverage.silent, reasons.silent)),
    tell(
      "writable fields that no answer carried",
      reasoned(
        unseen.map(({ base, field }) => `${base} ${field}`),
        reasons.unseen,
      ),
    ),
  ].flat();
  console.log(`\n${faults.length === 0 ? "nothing without a reason" : `faults: ${faults.length}`}`);
  for (const fault of faults) console.log(`  ${fault}`);
  return faults.length === 0;
}

if (!existsSync(CONTRACT)) console.log(`skipped: ${CONTRACT} is not there, the simulator is not held against it`);
else if (!existsSync(TRAFFIC)) {
  console.error(`nothing is recorded in ${TRAFFIC}: run "npm test" first`);
  process.exitCode = 1;
} else if (!compare()) process.exitCode = 1;
