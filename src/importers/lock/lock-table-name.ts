import type { Config } from "../../model/config.ts";
import { coordinateOf } from "../../model/coordinate.ts";
import type { Finding, Snapshot } from "../../model/snapshot.ts";
import type { Difference } from "../../drift/compare.ts";
import { HOLDS_LOCK, LOCK_TABLE } from "../../kinds/data-table/lock-table.ts";

/**
 * A data table that would get the name of the lock's table in the standby, where no two may have one name: that table is there
 * already, or the apply makes it before anything else.
 * @param standby what was read of the standby
 */
export function lockTableFindings(
  differences: readonly Difference[],
  standby: Pick<Snapshot, "counts">,
  { use }: Config["lock"],
): Finding[] {
  const coordinate = coordinateOf("data-table", LOCK_TABLE);
  const isThere = (standby.counts["data-table"]?.skipped?.[HOLDS_LOCK] ?? 0) > 0;
  const isNew = differences.some(
    ({ coordinate: at, action }) => at === coordinate && (action === "create" || action === "rename"),
  );
  if (!isNew || (use === "off" && !isThere)) return [];
  const rule = `{kind: data-table, from: ${LOCK_TABLE}, to: NAME}`;
  const message = `Has the name of the data table by which lockstep locks the standby; give it another name in the primary, or in the standby by a rule of \`renames\` in lockstep.yaml: ${rule}`;
  return [{ code: "lock-table-name", coordinate, message }];
}
