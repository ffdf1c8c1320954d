import { assertOutput, writeOutput } from "../app/output-file.ts";
import type { App } from "../model/app.ts";
import { LockstepError } from "../model/error.ts";
import type { DriftReport } from "../model/report.ts";
import type { TextOptions } from "../report/text.ts";
import type { REPORT_FORMATS } from "./command.ts";
import { fromCwd, terminalLayout, type Context } from "./context.ts";

type Render = (report: DriftReport, options: TextOptions) => string;

type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What makes a report of each format, loaded when it is asked for: most runs make one. */
const RENDER: { readonly [format in ReportFormat]: () => Promise<Render> } = {
  text: textRender,
  json: async () => (await import("../report/json.ts")).jsonReport,
  markdown: markdownRender,
  html: async () => (await import("../report/html.ts")).htmlReport,
  sarif: async () => (await import("../report/sarif.ts")).sarifReport,
  junit: async () => (await import("../report/junit.ts")).junitReport,
  github: async () => (await import("../report/annotations.ts")).annotationReport,
};

/** A text for people, which alone asks for the options. */
async function textRender(): Promise<Render> {
  const [{ textReport }, { planSummary }] = await Promise.all([
    import("../report/text.ts"),
    import("../report/plan-text.ts"),
  ]);
  return ({ plan, ...report }, options) =>
    plan === undefined ? textReport(report, options) : planSummary({ ...report, plan }, options);
}

/** Nothing is left out of Markdown because of how a terminal shows it. */
async function markdownRender(): Promise<Render> {
  const { markdownReport } = await import("../report/markdown.ts");
  return (report) => markdownReport(report);
}

/** A report that goes to a file. */
interface ReportFile {
  readonly format: ReportFormat;
  readonly file: string;
}

/** What each `--report FORMAT=FILE` asks for. @throws LockstepError `invalid-report` */
export function reportFiles(context: Context, given: readonly string[]): ReportFile[] {
  const files = given.map((argument) => {
    const [name = "", path = ""] = argument.split(/=(.*)/s);
    const format = Object.keys(RENDER).find((known): known is ReportFormat => known === name);
    if (format !== undefined && path !== "") return { format, file: fromCwd(context, path) };
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
  for (const { format, file } of wanted) {
    const render = await RENDER[format]();
    await writeOutput(app, file, render(report, { colour: false, full: true }));
  }
}

/** Shows a report on stdout. */
export async function showReport(
  context: Context,
  report: DriftReport,
  { format, full, stat }: { readonly format: ReportFormat; readonly full: boolean; readonly stat: boolean },
): Promise<void> {
  const layout = { ...terminalLayout(context, context.stdout), full, stat };
  const render = await RENDER[format]();
  context.stdout.write(render(report, layout));
}
