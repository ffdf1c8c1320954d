import { LockstepError } from "../model/error.ts";
import { asJson, canonicalJson, isObj } from "../model/json.ts";
import type { PullReport } from "../model/pull-report.ts";
import { asReport, assertVersion, checked, jsonIn } from "../drift/report-file.ts";
import { shapeCheck } from "../snapshot/validate-shape.ts";
import { schema } from "./generated/pull-request.ts";

/** The file of an artefact that is read again. What else is in it is for people. */
export const PULL_FILE = "pull-request.json";

/** Bytes of an artefact that are read. */
export const PULL_FILE_LIMIT = 32 * 1024 * 1024;

const CHECK = shapeCheck(schema);

const HINT = "Nothing was posted. Look at the run that wrote the artefact.";

/** A report as one JSON document (schemas/pull-request.json). */
export function pullJson(report: PullReport): string {
  return canonicalJson(asJson(report));
}

/**
 * Reads what {@link pullJson} wrote, possibly in a run of somebody else's code: everything is held to the schemas, and it has to be about
 * the commit that GitHub names.
 * @throws LockstepError `report-newer`, `report-malformed`, `artifact-refused`
 */
export function parsePull(text: string, file: string, commit: string): PullReport {
  const value = jsonIn(text, file);
  assertVersion(value, file);
  const report = checked<PullReport>(CHECK, value, file, HINT);
  for (const part of ["afterMerge", "settled", "anyway"] as const) {
    asReport(isObj(value) ? (value[part] ?? null) : null, `${file} (${part})`, HINT);
  }
  if (report.head === commit) return report;
  const message = `${file} is about commit ${report.head.slice(0, 12)}; the finished run was about ${commit.slice(0, 12)}`;
  throw new LockstepError("artifact-refused", message, HINT, { file });
}
