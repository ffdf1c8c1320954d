import { assertOutput, writeOutput } from "../app/output-file.ts";
import type { App } from "../model/app.ts";
import { LockstepError } from "../model/error.ts";
import type { DriftReport } from "../model/report.ts";
import { annotationReport } from "../report/annotations.ts";
import { htmlReport } from "../report/html.ts";
import { jsonReport } from "../report/json.ts";
import { junitReport } from "../report/junit.ts";
import { markdownReport } from "../report/markdown.ts";
import { planSummary } from "../report/plan-text.ts";
import { sarifReport } from "../report/sarif.ts";
import { textReport, type TextOptions } from "../report/text.ts";
import type { REPORT_FORMATS } from "./command.ts";
import { fromCwd, terminalLayout, type Context } from "./context.ts";

type Render = (report: DriftReport, options: TextOptions) => string;

type ReportFormat = (typeof REPORT_FORMATS)[number];

/** A report in each of its formats; only a text for people asks for the options. */
const RENDER: { readonly [format in ReportFormat]: Render } = {
  text: ({ plan, ...report }, options) =>
    plan === undefined ? textReport(report, options) : planSummary({ ...report, plan }, options),
  json: (report) => jsonReport(report),
  markdown: (report) => markdownReport(report),
  html: htmlReport,
  sarif: sarifReport,
  junit: junitReport,
  github: annotationReport,
};

/** A report that goes to a file. */
interface ReportFile {
  readonly render: Render;
  readonly file: string;
}

/** What each `--report FORMAT=FILE` asks for. @throws LockstepError `invalid-report` */
export function reportFiles(context: Context, given: readonly string[]): ReportFile[] {
  const files = given.map((argument) => {
    const [name = "", path = ""] = argument.split(/=(.*)/s);
    const format = Object.keys(RENDER).find((known): known is ReportFormat => known === name);
    if (format !== undefined && path !== "") return { render: RENDER[format], file: fromCwd(context, path) };
    throw new LockstepError(
      "invalid-report",
      `${JSON.stringify(argument)} is not FORMAT=FILE`,
      `Formats are ${Object.keys(RENDER).join(", ")}; for example --report markdown=drift.md.`,
    );
  });
  assertDistinct(files.map(({ file }) => file));
  return files;
}

/** The second report to a file would replace the first. */
function assertDistinct(files: readonly string[]): void {
  const twice = files.find((file, at) => files.indexOf(file) !== at);
  if (twice === undefined) return;
  const hint = "Give each --report a file of its own.";
  throw new LockstepError("invalid-report", `Two reports would go to ${twice}`, hint, { file: twice });
}

/** Fails before any work where a report could not be written. @throws LockstepError `would-overwrite`, `file-unwritable` */
export async function assertReports(app: App, wanted: readonly ReportFile[]): Promise<void> {
  for (const { file } of wanted) await assertOutput(app, file);
}

/** Writes a report in each of the formats that were asked for. */
export async function writeReports(app: App, wanted: readonly ReportFile[], report: DriftReport): Promise<void> {
  for (const { render, file } of wanted) await writeOutput(app, file, render(report, { colour: false, full: true }));
}

/** Shows a report on stdout. */
export function showReport(
  context: Context,
  report: DriftReport,
  { format, full, stat }: { readonly format: ReportFormat; readonly full: boolean; readonly stat: boolean },
): void {
  const layout = { ...terminalLayout(context, context.stdout), full, stat };
  context.stdout.write(RENDER[format](report, layout));
}
