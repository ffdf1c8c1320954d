import { create } from "xmlbuilder2";
import { groupBy } from "../model/group-by.ts";
import { printable, printableLines } from "../model/printable.ts";
import type { DriftReport } from "../model/report.ts";
import { problemsIn, type ReportProblem } from "./problems.ts";

/**
 * A report as JUnit XML: a suite for each kind, with a failed case for each object that differs and one case for all that are
 * equal. What is no difference (notes) is told as output of its case and does not fail.
 */
export function junitReport(report: DriftReport): string {
  const problems = groupBy(problemsIn(report), ({ kind }) => kind);
  const kinds = [...new Set([...Object.keys(report.kinds), ...problems.keys()])].sort();
  const suites = kinds.map((kind) => ({ kind, problems: problems.get(kind) ?? [], equal: equalIn(report, kind) }));
  const all = suites.map(countsOf);
  const root = create({ version: "1.0", encoding: "UTF-8" }).ele("testsuites", {
    name: `lockstep: ${printable(report.target.name)}`,
    ...attributesOf(
      all.reduce((sum, { tests, failures }) => ({ tests: sum.tests + tests, failures: sum.failures + failures }), NONE),
    ),
  });
  for (const suite of suites) {
    const element = root.ele("testsuite", {
      name: suite.kind === "" ? "report" : printable(suite.kind),
      ...attributesOf(countsOf(suite)),
    });
    if (suite.equal > 0) element.ele("testcase", { classname: printable(suite.kind), name: `${suite.equal} in step` });
    for (const problem of suite.problems) addCase(element, problem);
  }
  return root.end({ prettyPrint: true }) + "\n";
}

type Element = ReturnType<ReturnType<typeof create>["ele"]>;

function addCase(suite: Element, { coordinate, level, title, details, rule, place }: ReportProblem): void {
  const element = suite.ele("testcase", {
    classname: printable(rule),
    name: printable(title),
    ...(place === undefined ? {} : { file: printable(place.file), line: String(place.line) }),
  });
  const text = printableLines(`${details}\n${coordinate}`);
  if (level === "note") element.ele("system-out").txt(text);
  else element.ele("failure", { message: printable(title), type: printable(rule) }).txt(text);
}

interface Suite {
  readonly problems: readonly ReportProblem[];
  readonly equal: number;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
}

const NONE: Counts = { tests: 0, failures: 0 };

function countsOf({ problems, equal }: Suite): Counts {
  const failures = problems.filter(({ level }) => level !== "note").length;
  return { tests: problems.length + (equal > 0 ? 1 : 0), failures };
}

function attributesOf({ tests, failures }: Counts): { [name: string]: string } {
  return { tests: String(tests), failures: String(failures), errors: "0" };
}

function equalIn(report: DriftReport, kind: string): number {
  const { compared = 0, changed = 0 } = report.kinds[kind] ?? {};
  return Math.max(0, compared - changed);
}
