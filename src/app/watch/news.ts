import { compactJson } from "../../model/json.ts";
import type { NightlyDrift } from "../nightly-drift.ts";
import type { WatchedDrift } from "./watch.ts";

/** Something that has not been told yet. */
export interface News {
  readonly told: NightlyDrift;
  /** Tells this state from others; kept until the next comparison, when it was told to everybody. */
  readonly mark: string;
}

/**
 * What is to be told of a comparison: the objects that were looked at where they differ, otherwise everything.
 * @param before the mark of what was told last
 * @returns undefined where nothing is different from what was told
 */
export function newsOf({ compared, whole }: WatchedDrift, before: string | undefined): News | undefined {
  const mark = markOf(whole);
  if (mark === before) return undefined;
  return { told: compared.drift === "some" ? compared : whole, mark };
}

function markOf({ drift, report }: NightlyDrift): string {
  const { changes, operational, findings, reported = [] } = report;
  const answers = reported.filter(({ action }) => action !== "none");
  return compactJson({ drift, changes, operational, findings, reported: answers });
}
