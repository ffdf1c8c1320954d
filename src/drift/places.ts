import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { canonicalJson, type Obj } from "../model/json.ts";
import { groupBy } from "../model/group-by.ts";
import type { Kind } from "../model/kind.ts";
import type { DriftChange, SnapshotPlace } from "../model/report.ts";
import type { Side } from "../model/side.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { lineOfPointer } from "../snapshot/json-text.ts";
import { objectPaths } from "../snapshot/snapshot-files.ts";
import { contentPath } from "../snapshot/snapshot-layout.ts";

/** What places are looked up in. */
export interface PlaceSource {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly source: Snapshot;
  readonly target: Snapshot;
  /** Desired coordinate → the coordinate in the source. */
  readonly origin: ReadonlyMap<Coordinate, Coordinate>;
  /** Directory of each organisation's snapshot, as reports name it. */
  readonly directories: { readonly [side in Side]: string };
}

/**
 * Where a change is in the snapshots: the file and the line of its first difference. It is the primary's file, or the standby's
 * for what only the standby has. Undefined for what no file tells, such as derived objects.
 */
export function placeFinder(from: PlaceSource): (change: DriftChange) => SnapshotPlace | undefined {
  const pathIn = { primary: pathFinder(from.source.objects.keys()), standby: pathFinder(from.target.objects.keys()) };
  return ({ coordinate, action, edits }) => {
    const side: Side = action === "delete" ? "standby" : "primary";
    const at = side === "standby" ? coordinate : (from.origin.get(coordinate) ?? coordinate);
    const path = pathIn[side](at);
    const object = (side === "standby" ? from.target : from.source).objects.get(at);
    if (path === undefined || object === undefined) return undefined;
    const kind = from.kinds.get(splitCoordinate(at).kind);
    const isWhole = action === "create" || action === "delete";
    const { file, line } = lineIn(kind, path, object, isWhole ? "" : (edits[0]?.path ?? ""));
    return { file: `${from.directories[side]}/${file}`, line };
  };
}

/** The paths of objects; those of a kind are worked out when one of them is asked for, because most kinds do not differ. */
function pathFinder(coordinates: Iterable<Coordinate>): (at: Coordinate) => string | undefined {
  const byKind = groupBy([...coordinates], (at) => splitCoordinate(at).kind);
  const paths = new Map<string, ReadonlyMap<Coordinate, string>>();
  return (at) => {
    const { kind } = splitCoordinate(at);
    const known = paths.get(kind) ?? objectPaths(byKind.get(kind) ?? []);
    paths.set(kind, known);
    return known.get(at);
  };
}

function lineIn(kind: Kind | undefined, path: string, object: Obj, pointer: string): SnapshotPlace {
  const content = kind?.content;
  const beside = kind === undefined ? undefined : contentPath(kind, path);
  const text = content === undefined ? undefined : object[content.at];
  if (
    content !== undefined &&
    beside !== undefined &&
    typeof text === "string" &&
    pointer.startsWith(`/${content.at}/`)
  ) {
    return { file: beside, line: content.line(text, pointer.slice(content.at.length + 1)) };
  }
  return { file: path, line: lineOfPointer(canonicalJson(object), pointer) };
}
