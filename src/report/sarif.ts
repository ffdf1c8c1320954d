import type { Log, ReportingDescriptor, Result } from "sarif";
import { asJson, canonicalJson } from "../model/json.ts";
import type { DriftReport } from "../model/report.ts";
import { printableLines, wellFormed } from "../model/printable.ts";
import { digestText } from "../canonical/digest.ts";
import { capitalised } from "./plain.ts";
import { problemsIn, type ReportProblem } from "./problems.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/**
 * Where that is told which no file of a snapshot holds, such as operational state: GitHub refuses a whole upload for one result without a
 * file ("locationFromSarifResult: expected a physical location").
 */
const NO_FILE = { file: "lockstep.yaml", line: 1 };

/**
 * A report as SARIF 2.1.0 (OASIS): one result for each object that differs, at the line of the snapshot file where it differs
 * first. Fingerprints stay the same from run to run, so that a code scanner tells new differences from known ones.
 */
export function sarifReport(report: DriftReport): string {
  const problems = problemsIn(report);
  const rules = [...new Set(problems.map(({ rule }) => rule))].sort();
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "lockstep", rules: rules.map((rule) => ruleOf(rule)) } },
        columnKind: "utf16CodeUnits",
        results: problems.map((problem) => resultOf(problem, rules.indexOf(problem.rule))),
      },
    ],
  };
  return canonicalJson(asJson(log));
}

function ruleOf(id: string): ReportingDescriptor {
  const text = RULES.get(id) ?? id.replace(/^[a-z]+\//, "").replaceAll("-", " ");
  return { id, shortDescription: { text: capitalised(text) } };
}

const RULES: ReadonlyMap<string, string> = new Map([
  ["drift/missing", "missing in the standby"],
  ["drift/different", "different in the standby"],
  ["drift/renamed", "has another name in the standby"],
  ["drift/only-in-standby", "only in the standby"],
  ["operational", "operational state differs or is off in the standby"],
]);

function resultOf(
  { rule, level, title, details, coordinate, place = NO_FILE }: ReportProblem,
  ruleIndex: number,
): Result {
  return {
    ruleId: rule,
    ruleIndex,
    level,
    message: { text: printableLines(wellFormed(details === "" ? title : details)) },
    partialFingerprints: { "lockstep/v1": digestText(`${rule} ${coordinate}`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(wellFormed(place.file)).replace(/[?#]/g, encodeURIComponent) },
          region: { startLine: place.line },
        },
        logicalLocations: [{ fullyQualifiedName: printableLines(coordinate) || "report", kind: "object" }],
      },
    ],
  };
}
