import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { groupBy } from "../model/group-by.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation } from "../model/plan.ts";
import type { Finding } from "../model/snapshot.ts";

/** What the operations do that no undo takes back: said before the apply, and by the undo plan itself. */
export function permanentFindings(operations: readonly Operation[], kinds: ReadonlyMap<string, Kind>): Finding[] {
  return [...groupBy(operations, ({ coordinate }) => coordinate)].flatMap(([coordinate, own]) => {
    const kind = kinds.get(splitCoordinate(coordinate).kind);
    const [first, last] = [own[0], own.at(-1)];
    return kind === undefined || first === undefined || last === undefined
      ? []
      : ofObject(coordinate, kind, first, last);
  });
}

function ofObject(coordinate: Coordinate, kind: Kind, first: Operation, last: Operation): Finding[] {
  const { write, title } = kind;
  const finding = (message: string, path?: string): Finding => ({
    code: "cannot-be-undone",
    coordinate,
    message,
    ...(path === undefined ? {} : { path }),
  });
  if (first.action === "create" && write?.remove === undefined)
    return [finding(`Genesys Cloud has no operation to delete a ${title.toLowerCase()}; an undo leaves it there`)];
  if (last.action === "delete" && write?.create === undefined)
    return [finding(`Genesys Cloud has no operation to create a ${title.toLowerCase()}; an undo cannot bring it back`)];
  if (first.before === undefined || last.after === undefined) return [];
  const { left = [] } = write?.permanent?.(last.after, first.before) ?? {};
  return left.map((path) => finding("Genesys Cloud cannot take this away again; an undo leaves it there", path));
}
