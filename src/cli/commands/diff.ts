import { EXIT, LockstepError } from "../../model/error.ts";
import type { DriftReport } from "../../model/report.ts";
import { reportDrift } from "../../app/report-drift.ts";
import { jsonReport } from "../../report/json.ts";
import { markdownReport } from "../../report/markdown.ts";
import { textReport } from "../../report/text.ts";
import { wantsColour, type Context } from "../context.ts";
import { fromCwd, openApp, type CommonOptions } from "../open-app.ts";

interface DiffOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
  readonly report: readonly string[];
}

type Render = (report: DriftReport, colour: boolean) => string;

const RENDER: { readonly [format: string]: Render } = {
  text: (report, colour) => textReport(report, { colour }),
  json: (report) => jsonReport(report),
  markdown: (report) => markdownReport(report),
};

/** `lockstep diff`: the drift between the desired state and the standby; writes nothing to either. */
export async function run(context: Context, options: DiffOptions): Promise<number> {
  const targets = options.report.map(reportFile);
  const app = await openApp(context, options);
  for (const { file } of targets) await context.files.assertWritable(fromCwd(context, file));
  const report = await reportDrift(app, { from: fromCwd(context, options.from), to: fromCwd(context, options.to) });
  for (const { render, file } of targets) await context.files.write(fromCwd(context, file), render(report, false));
  const render = RENDER[options.format ?? "text"] ?? jsonReport;
  context.stdout.write(render(report, wantsColour(context.stdout, context.env)));
  return differs(report) ? EXIT.differs : EXIT.done;
}

function differs({ changes, reported = [] }: DriftReport): boolean {
  return changes.length > 0 || reported.some(({ action }) => action !== "none");
}

function reportFile(argument: string): { render: Render; file: string } {
  const [format = "", file = ""] = argument.split(/=(.*)/s);
  const render = Object.hasOwn(RENDER, format) ? RENDER[format] : undefined;
  if (render !== undefined && file !== "") return { render, file };
  throw new LockstepError(
    "invalid-report",
    `${JSON.stringify(argument)} is not FORMAT=FILE`,
    `Formats are ${Object.keys(RENDER).join(", ")}; for example --report markdown=drift.md.`,
  );
}
