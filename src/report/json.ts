import { canonicalJson } from "../model/json.ts";
import type { DriftReport } from "../model/report.ts";

/** The drift as one JSON document (schemas/report.json). */
export function jsonReport(report: DriftReport): string {
  return canonicalJson(report);
}
