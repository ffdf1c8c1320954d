import { pathMatcher } from "./floor.ts";
import { floorTable, type WritePiece } from "./floor-table.ts";

/** What of a plan's operation tells how many requests it takes. */
export interface PlannedOperation {
  readonly coordinate: string;
  readonly action: string;
  readonly edits: readonly { readonly path: string; readonly before?: unknown; readonly after?: unknown }[];
}

/** The fewest mutating requests that these operations take: one each, and one more for every piece that is written apart. */
export function fewestWrites(operations: readonly PlannedOperation[]): number {
  const { writes } = floorTable();
  return operations.reduce((sum, operation) => sum + writesOf(operation, writes), 0);
}

function writesOf({ coordinate, action, edits }: PlannedOperation, table: readonly WritePiece[]): number {
  const kind = coordinate.slice(0, coordinate.indexOf("/"));
  const isIn = ({ piece }: WritePiece, path: string): boolean => {
    const start = path.split("/").slice(0, piece.split("/").length).join("/");
    return pathMatcher(piece)(start);
  };
  const pieces = table.filter(
    (piece) =>
      piece.kind === kind &&
      (piece.action === undefined || piece.action === action) &&
      // What a create sends is part of its one request, unless only a part of its own can hold it.
      !(action === "create" && piece.piece === "/division") &&
      edits.some(({ path }) => isIn(piece, path)),
  );
  const alone = pieces.find((piece) => piece.alone === true);
  if (alone !== undefined) return alone.requests;
  const itself = action !== "update" || edits.some(({ path }) => !pieces.some((piece) => isIn(piece, path)));
  return pieces.reduce(
    (sum, piece) =>
      sum +
      pieceWrites(
        piece,
        edits.filter(({ path }) => isIn(piece, path)),
      ),
    itself ? 1 : 0,
  );
}

function pieceWrites({ requests, eachRemoval }: WritePiece, edits: PlannedOperation["edits"]): number {
  const removals = eachRemoval === true ? edits.filter((edit) => !("after" in edit)).length : 0;
  return removals === edits.length ? Math.max(removals, requests) : requests + removals;
}
