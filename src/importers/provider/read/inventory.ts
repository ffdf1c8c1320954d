import { splitCoordinate, type Coordinate } from "../../../model/coordinate.ts";
import { textOf, type Obj } from "../../../model/json.ts";
import { readSwept } from "./read-live.ts";
import type { Session } from "../rpc/session.ts";

/**
 * What a program that adopts objects needs to know: the id of everything, also of what is only referred to, and what is there
 * of the kinds that are written in an order of their own, because one object gives up a unique value that another one takes.
 * @param also coordinates of further objects that are read
 */
export async function inventoryOf(session: Session, also: readonly Coordinate[]): Promise<Obj> {
  const { org, target, homeDivision, unread, skipped, namesakes } = session;
  return {
    orgId: org.id,
    orgName: org.name,
    homeDivision,
    ids: Object.fromEntries(target.ids),
    unread: [...unread.keys()].sort(),
    skipped: [...skipped].sort(),
    namesakes: Object.fromEntries([...namesakes].map(([coordinate, { message }]) => [coordinate, message])),
    current: await currentOf(session, new Set(also)),
  };
}

async function currentOf(session: Session, also: ReadonlySet<Coordinate>): Promise<Obj> {
  const reads = [...session.swept].flatMap(([coordinate, { id }]) => {
    const kind = session.kinds.get(splitCoordinate(coordinate).kind);
    if (kind === undefined) return [];
    if (kind.unique === undefined && kind.write?.before === undefined && !also.has(coordinate)) return [];
    return [readSwept(session, kind, textOf(id), { object: {}, revisions: {} })];
  });
  const found = await Promise.all(reads);
  return Object.fromEntries(found.flatMap((live) => (live === undefined ? [] : [[live.coordinate, live.object]])));
}
