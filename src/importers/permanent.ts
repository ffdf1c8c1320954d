import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { groupBy } from "../model/group-by.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation } from "../model/plan.ts";
import type { Finding } from "../model/snapshot.ts";
import { placeholdersOf } from "./show-secrets.ts";

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
  const lost = lostSecrets(first.before, last.after).map((path) =>
    finding(
      "An undo needs the secret that is there now, and only its placeholder is kept; the secret is not put back",
      path,
    ),
  );
  const { left = [] } = write?.permanent?.(last.after, first.before) ?? {};
  return [
    ...lost,
    ...left.map((path) => finding("Genesys Cloud cannot take this away again; an undo leaves it there", path)),
  ];
}

/** Places of secrets that a change takes away: nothing but a placeholder tells them afterwards. */
function lostSecrets(before: Obj, after: Obj): string[] {
  const kept = new Set(placeholdersOf(after).map(({ placeholder }) => placeholder));
  return placeholdersOf(before)
    .filter(({ placeholder }) => !kept.has(placeholder))
    .map(({ path }) => path);
}
