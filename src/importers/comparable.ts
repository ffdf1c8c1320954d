import { GuardError } from "../model/error.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Side } from "../model/side.ts";

/** @throws GuardError `same-org` when both sides are one organisation */
export function assertComparable(
  source: Pick<Snapshot["org"], "id" | "name">,
  target: Pick<Snapshot["org"], "id">,
): void {
  if (source.id === target.id) {
    throw new GuardError(
      "same-org",
      `Primary and standby are one organisation: ${source.name} (${source.id})`,
      "Check orgs.primary and orgs.standby in lockstep.yaml.",
    );
  }
}

/** @throws GuardError `incomplete-source` when a side does not hold everything */
export function assertComplete(snapshot: Pick<Snapshot, "complete" | "counts">, side: Side): void {
  if (snapshot.complete) return;
  const gaps = Object.entries(snapshot.counts).flatMap(([kind, { incomplete }]) =>
    incomplete === undefined ? [] : [kind],
  );
  throw new GuardError(
    "incomplete-source",
    `The snapshot of the ${side} is not complete: ${gaps.join(", ")}`,
    "Nothing is planned from an incomplete snapshot. Grant the missing permission and take it again.",
  );
}
