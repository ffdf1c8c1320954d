import { LockstepError } from "../model/error.ts";
import { isObj, type Json } from "../model/json.ts";
import type { DriftReport } from "../model/report.ts";
import { parseJson } from "../snapshot/json-text.ts";
import { shapeCheck, type ShapeCheck } from "../snapshot/validate-shape.ts";
import { schema } from "./generated/report.ts";

/** The version of the report model that this program writes, and the newest that it reads. */
const VERSION = 1;

/** Longest report that is read: some hundred thousand changes. */
const LONGEST = 200_000_000;

const CHECK = shapeCheck(schema);

/**
 * Reads a saved report: what `lockstep diff --format json` and `--report json=FILE` write.
 * @throws LockstepError `report-newer` for one of a later version; `report-malformed` with the place for everything else that
 *   is no report, such as one that was written half
 */
export function parseReport(text: string, file: string): DriftReport {
  return asReport(jsonIn(text, file), file);
}

/** A part of a document as a report. @throws LockstepError as {@link parseReport} */
export function asReport(value: Json, file: string, hint = REWRITE): DriftReport {
  assertVersion(value, file);
  return checked<DriftReport>(CHECK, value, file, hint);
}

/** Refuses what a later version of this program wrote. @throws LockstepError `report-newer` */
export function assertVersion(value: Json, file: string): void {
  if (isObj(value) && typeof value["schemaVersion"] === "number" && value["schemaVersion"] > VERSION) {
    throw new LockstepError(
      "report-newer",
      `${file} is a report of schema version ${value["schemaVersion"]}; this lockstep reads up to version ${VERSION}`,
      "Install the version of lockstep that wrote it, or a newer one.",
      { file },
    );
  }
}

/** A value that a schema describes. @throws LockstepError `report-malformed` */
export function checked<Document>(check: ShapeCheck, value: Json, file: string, hint: string): Document {
  const [problem] = check(file, value);
  if (problem === undefined) return value as Document;
  const { path, expected, found } = problem;
  const message = `${file}${path === "" ? "" : ` at ${path}`} is not a report: expected ${expected}, found ${found}`;
  throw new LockstepError("report-malformed", message, hint, { file, path });
}

const REWRITE = "Write it again with `lockstep diff --report json=FILE`.";

/** The JSON document in a file. @throws LockstepError `report-malformed` */
export function jsonIn(text: string, file: string): Json {
  if (text.length > LONGEST) {
    const message = `${file} has ${text.length} characters; a report of at most ${LONGEST} was expected`;
    const hint = "Compare less at once, such as `lockstep diff KIND/NAME`.";
    throw new LockstepError("report-malformed", message, hint, { file });
  }
  const parsed = parseJson(text);
  if ("value" in parsed) return parsed.value;
  const path = `line ${parsed.error.line}, column ${parsed.error.column}`;
  const message = `${file} is not a whole JSON document: found ${parsed.found} at ${path}`;
  throw new LockstepError("report-malformed", message, REWRITE, { file, path });
}
