import type { PullReport } from "../../src/model/pull-report.ts";
import type { DriftChange } from "../../src/model/report.ts";
import { reportOf } from "../report/sample.ts";

/** A commit of this digit. */
export const commit = (digit: string): string => digit.repeat(40);

/** Queues of these names, each missing in the standby, with a place in the snapshot. */
function missing(...names: readonly string[]): DriftChange[] {
  return names.map((name, at) => ({
    coordinate: `queue/${name}`,
    action: "create",
    edits: [{ path: "/name", after: name }],
    at: { file: "snapshots/primary/queue.json", line: at + 1 },
  }));
}

/** A report on a pull request whose merge creates these queues. */
export function pullOf(names: readonly string[], more: Partial<PullReport> = {}): PullReport {
  return {
    schemaVersion: 1,
    environment: "",
    head: commit("a"),
    base: commit("b"),
    standby: { from: "snapshot", takenAt: "2026-01-01T00:00:00.000Z" },
    afterMerge: reportOf(missing(...names)),
    settled: reportOf([]),
    anyway: reportOf([]),
    rules: [],
    settings: [],
    ...more,
  };
}
