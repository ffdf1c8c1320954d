import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import type { Counted } from "./requests.ts";
import type { Size } from "./simulated.ts";
import { alignedRows, figureLines, type Figure } from "./table.ts";

/** What one measurement found. */
export interface Section {
  /** What was measured, as docs/performance.md knows it. */
  readonly measure: string;
  readonly title: string;
  readonly size?: Size;
  readonly figures: readonly Figure[];
  /** Requests beside the fewest possible, where they were counted one by one. */
  readonly requests?: readonly Counted[];
}

/** Everything that a run of the bench found, and on which machine. */
export interface Report {
  readonly node: string;
  readonly cores: number;
  /** Load average of a minute when the run began. */
  readonly load: number;
  readonly sections: readonly Section[];
}

/** Takes sections as they come, prints each, and has them all in the end. */
export interface Reporter {
  add(section: Section): void;
  report(): Report;
}

/** A reporter on stdout. */
export function reporter(): Reporter {
  const sections: Section[] = [];
  const load = Number((loadavg()[0] ?? 0).toFixed(1));
  return {
    add(section) {
      sections.push(section);
      process.stdout.write(figureLines(section.title, section.figures));
      if (section.requests !== undefined) process.stdout.write(`${requestTable(section.requests)}\n`);
    },
    report: () => ({ node: process.version, cores: cpus().length, load, sections }),
  };
}

/** Writes a report as JSON. */
export function writeReport(path: string, report: Report): void {
  writeFileSync(path, `${JSON.stringify(report, undefined, 2)}\n`);
}

function requestTable(counted: readonly Counted[]): string {
  const rows = counted.map(({ request, sent, floor }) => [request, `${sent}`, `${floor}`]);
  return alignedRows([["request", "sent", "floor"], ...rows]);
}
