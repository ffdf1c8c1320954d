import type { Entity, LogLine } from "./control.ts";
import type { Stage } from "./stage.ts";

const TABLES = "/api/v2/flows/datatables";

/** Id of the data table `lockstep` in the standby; undefined where there is none. */
export async function lockTableId({ control }: Pick<Stage, "control">): Promise<string | undefined> {
  const state = await control.state("standby");
  const found = Object.entries(state).find(([path, { name }]) => path.startsWith(`${TABLES}/`) && name === "lockstep");
  return found?.[0].split("/")[5];
}

/** The rows of that table. */
export async function lockRows(stage: Pick<Stage, "control">): Promise<Entity[]> {
  const id = await lockTableId(stage);
  const state = await stage.control.state("standby");
  return Object.entries(state).flatMap(([path, row]) => (path.startsWith(`${TABLES}/${id ?? ""}/rows/`) ? [row] : []));
}

/** Requests that are not about the lock. @param table its id; see {@link lockTableId} */
export function withoutLock(log: readonly LogLine[], table: string | undefined): LogLine[] {
  const rows = `${TABLES}/${table ?? ""}/rows`;
  return log.filter(({ path }) => path !== TABLES && !path.startsWith(rows));
}
