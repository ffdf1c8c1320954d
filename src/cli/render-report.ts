import { LockstepError } from "../model/error.ts";
import type { DriftReport } from "../model/report.ts";
import { jsonReport } from "../report/json.ts";
import { markdownReport } from "../report/markdown.ts";
import { textReport } from "../report/text.ts";

type Render = (report: DriftReport, colour: boolean) => string;

type ReportFormat = "text" | "json" | "markdown";

/** A report in each of its formats. */
export const RENDER: { readonly [format in ReportFormat]: Render } = {
  text: (report, colour) => textReport(report, { colour }),
  json: (report) => jsonReport(report),
  markdown: (report) => markdownReport(report),
};

/** What `--report FORMAT=FILE` asks for. @throws LockstepError `invalid-report` */
export function reportFile(argument: string): { readonly render: Render; readonly path: string } {
  const [name = "", path = ""] = argument.split(/=(.*)/s);
  const format = Object.keys(RENDER).find((known): known is ReportFormat => known === name);
  if (format !== undefined && path !== "") return { render: RENDER[format], path };
  throw new LockstepError(
    "invalid-report",
    `${JSON.stringify(argument)} is not FORMAT=FILE`,
    `Formats are ${Object.keys(RENDER).join(", ")}; for example --report markdown=drift.md.`,
  );
}
