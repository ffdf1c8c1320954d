import { LockstepError } from "../model/error.ts";
import { isObj } from "../model/json.ts";
import type { Files } from "../model/ports.ts";
import type { DriftReport } from "../model/report.ts";
import { parseReport } from "../drift/report-file.ts";
import { parsePlan } from "../importers/plan-file.ts";
import { parseJson } from "../snapshot/json-text.ts";
import { planReport } from "./plan-report.ts";

/**
 * A saved report, or a plan as a report.
 * @throws LockstepError `report-missing`, `report-malformed`, `report-newer`, `plan-malformed`; GuardError `plan-edited`
 */
export async function showFile({ files }: { readonly files: Files }, file: string): Promise<DriftReport> {
  const text = await files.read(file);
  if (text === undefined) {
    const hint = "Save one with `lockstep diff --report json=FILE` or `lockstep plan -o FILE`.";
    throw new LockstepError("report-missing", `There is no report or plan at ${file}`, hint, { file });
  }
  return isPlan(text) ? planReport(parsePlan(text, file)) : parseReport(text, file);
}

/** A plan has operations where a report has changes. */
function isPlan(text: string): boolean {
  const parsed = parseJson(text);
  return "value" in parsed && isObj(parsed.value) && Object.hasOwn(parsed.value, "operations");
}
