import type { DriftChange, DriftReport, OperationalState, ReportedObject } from "../../src/model/report.ts";
import type { Finding } from "../../src/model/snapshot.ts";

/** A report of these changes, of ten objects of each kind. */
export function reportOf(
  changes: readonly DriftChange[],
  more: {
    readonly findings?: readonly Finding[];
    readonly derived?: readonly DriftChange[];
    readonly reported?: readonly ReportedObject[];
    readonly operational?: readonly OperationalState[];
    readonly name?: string;
  } = {},
): DriftReport {
  const count = (action: string): number => changes.filter((change) => change.action === action).length;
  const kinds = new Set(changes.map(({ coordinate }) => coordinate.slice(0, coordinate.indexOf("/"))));
  return {
    schemaVersion: 1,
    source: { id: "p", name: more.name ?? "Acme", region: "mypurecloud.com" },
    target: { id: "s", name: more.name ?? "Acme DR", region: "usw2.pure.cloud" },
    summary: { create: count("create"), update: count("update"), delete: count("delete"), rename: count("rename") },
    kinds: Object.fromEntries(
      [...kinds].map((kind) => [
        kind,
        { compared: 10, changed: changes.filter(({ coordinate }) => coordinate.startsWith(`${kind}/`)).length },
      ]),
    ),
    changes,
    derived: more.derived ?? [],
    ...(more.reported === undefined ? {} : { reported: more.reported }),
    operational: more.operational ?? [],
    findings: more.findings ?? [],
  };
}
