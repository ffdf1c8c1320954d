import type { Config } from "../../model/config.ts";
import { coordinateOf, type Coordinate } from "../../model/coordinate.ts";
import type { Finding, Snapshot } from "../../model/snapshot.ts";
import type { Difference } from "../../drift/compare.ts";
import { HOLDS_LOCK, LOCK_TABLE } from "../../kinds/data-table/lock-table.ts";

/** The data table by which the standby is locked. */
const TABLE = coordinateOf("data-table", LOCK_TABLE);

/**
 * A data table that would get the name of the lock's table in the standby, where no two may have one name: that table is there
 * already, or the apply makes it before anything else.
 * @param standby what was read of the standby
 */
export function lockTableFindings(
  differences: readonly Difference[],
  standby: Pick<Snapshot, "counts">,
  lock: Config["lock"],
): Finding[] {
  const isNew = differences.some(
    ({ coordinate, action }) => coordinate === TABLE && (action === "create" || action === "rename"),
  );
  return isNew ? findingsAbout(lock, (standby.counts["data-table"]?.skipped?.[HOLDS_LOCK] ?? 0) > 0) : [];
}

/**
 * The same for a program, which knows what is there by name.
 * @param skipped objects of the standby that lockstep does not write: the lock's table is one of them
 */
export function lockTableInProgram(
  desired: ReadonlyMap<Coordinate, unknown>,
  { ids, skipped }: { readonly ids: ReadonlyMap<Coordinate, string>; readonly skipped: ReadonlySet<Coordinate> },
  lock: Config["lock"],
): Finding[] {
  const isNew = desired.has(TABLE) && (!ids.has(TABLE) || skipped.has(TABLE));
  return isNew ? findingsAbout(lock, skipped.has(TABLE)) : [];
}

function findingsAbout({ use }: Config["lock"], isThere: boolean): Finding[] {
  if (use === "off" && !isThere) return [];
  const rule = `{kind: data-table, from: ${LOCK_TABLE}, to: NAME}`;
  const message = `Has the name of the data table by which lockstep locks the standby; give it another name in the primary, or in the standby by a rule of \`renames\` in lockstep.yaml: ${rule}`;
  return [{ code: "lock-table-name", coordinate: TABLE, message }];
}
