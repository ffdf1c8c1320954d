import type { OperationalState, ReportedObject } from "../model/report.ts";
import { stateNotes } from "../model/state-notes.ts";
import { shortValue } from "./values.ts";

/** Who answers for a name now, in words. */
export function answersText({ action, answers }: ReportedObject): string {
  if (action === "create") return "there is no such record";
  if (answers === undefined) return "who answers now is not known";
  if (answers.length === 0) return "nothing answers";
  const shares = answers.map(({ side, share }) => (answers.length === 1 ? side : `${side} ${percent(share)}`));
  return `answers now: ${shares.join(", ")}`;
}

function percent(share: number): string {
  return `${String(Number((share * 100).toFixed(1)))} %`;
}

/** The head of the operational state in every form of the report. */
export const OPERATIONAL_HEAD = "Operational state, never copied";

/** What is to be said of operational state besides its place, on one line: both values, and what they mean. */
export function stateText(state: OperationalState): string {
  return [`${shortValue(state.standby)}, primary ${shortValue(state.primary)}`, ...stateNotes(state)].join("; ");
}
