import type { ReportedObject } from "../model/report.ts";

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
