import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { countByKind } from "../model/count-by-kind.ts";
import type { Kind } from "../model/kind.ts";
import type { Placeholders } from "../model/placeholders.ts";
import type { Finding, Snapshot } from "../model/snapshot.ts";
import { derivedObjects } from "../canonical/derive.ts";
import type { CoordinateOfId } from "../canonical/normalise.ts";
import { contentReferences, nameIndex } from "../canonical/references.ts";
import { secretFindings } from "../canonical/secret-findings.ts";
import { canonicalRead, type CanonicalRead } from "./canonical-read.ts";
import type { Identified } from "./identify.ts";
import type { Detail } from "./options.ts";

/** Objects that were read after a snapshot was taken. */
export interface ReadSince {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly kept: Identified["kept"];
  /** What lists leave out of them; an object without it was not read. */
  readonly details: ReadonlyMap<Coordinate, Detail>;
  /** The ids as they are now. */
  readonly ids: Snapshot["ids"];
  readonly coordinateOfId: CoordinateOfId;
  /** Given where secrets are not kept; the snapshot has placeholders of the same key then. */
  readonly placeholders: Placeholders | undefined;
  /** What was noticed besides. */
  readonly findings: readonly Finding[];
  /** Is what the snapshot has under this coordinate replaced, or no longer there? */
  readonly isReplaced: (coordinate: Coordinate) => boolean;
}

/** A snapshot that was merged. */
interface Merged extends Pick<CanonicalRead, "unnamed"> {
  readonly snapshot: Snapshot;
}

/** The earlier snapshot with what was read since in the place of what it had. */
export async function mergeRead(previous: Snapshot, read: ReadSince): Promise<Merged> {
  const { kinds, ids, isReplaced } = read;
  const rest = <Value>(map: ReadonlyMap<Coordinate, Value>): Map<Coordinate, Value> =>
    new Map([...map].filter(([at]) => !isReplaced(at)));
  const stale = rest(previous.objects);
  const kept = rest(previous.revisions);
  for (const at of withLostNames(previous, { kinds, ids }, stale)) kept.delete(at);
  const fresh = await canonicalRead(read.kept, read.details, read.coordinateOfId, read.placeholders);
  const objects = new Map([...stale, ...fresh.objects]);
  const revisions = new Map([...kept, ...fresh.revisions]);
  const state = new Map([...rest(previous.state), ...fresh.state]);
  for (const at of [...objects.keys()]) {
    if (kinds.get(splitCoordinate(at).kind)?.mode === "derived") objects.delete(at);
  }
  for (const [at, object] of derivedObjects(kinds, objects)) objects.set(at, object);
  const findings = [
    ...previous.findings.filter(({ coordinate }) => !isReplaced(coordinate)),
    ...read.findings,
    ...fresh.findings,
    ...(await secretFindings(fresh.objects, read.placeholders)),
  ];
  const counts = movedCounts(kinds, previous, { ids, objects });
  return { snapshot: { ...previous, counts, objects, ids, revisions, state, findings }, unnamed: fresh.unnamed };
}

/**
 * Objects whose text names what has lost its name since: an export would show another name under the same revision, and once
 * the old name is forgotten, nothing else tells.
 */
function withLostNames(
  previous: Snapshot,
  { kinds, ids }: Pick<ReadSince, "kinds" | "ids">,
  objects: Snapshot["objects"],
): Coordinate[] {
  const lost = [...previous.ids.keys()].filter((at) => !ids.has(at));
  if (lost.length === 0) return [];
  const isLost = nameIndex(lost);
  return [...objects].flatMap(([at, object]) => {
    const kind = kinds.get(splitCoordinate(at).kind);
    const named = kind === undefined ? [] : contentReferences(kind, object);
    return named.some((reference) => isLost(reference) !== undefined) ? [at] : [];
  });
}

/** The counts of the earlier snapshot, moved by what came and went. */
function movedCounts(
  kinds: ReadonlyMap<string, Kind>,
  previous: Snapshot,
  now: Pick<Snapshot, "ids" | "objects">,
): Snapshot["counts"] {
  const keptBy = (name: string, { ids, objects }: Pick<Snapshot, "ids" | "objects">): number =>
    countByKind((kinds.get(name)?.mode === "map" ? ids : objects).keys()).get(name) ?? 0;
  return Object.fromEntries(
    Object.entries(previous.counts).map(([name, counts]) => {
      const moved = keptBy(name, now) - keptBy(name, previous);
      const { listed, read, kept } = counts;
      return [name, { ...counts, listed: listed + moved, read: read + moved, kept: kept + moved }];
    }),
  );
}
