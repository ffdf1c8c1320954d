import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import type { Kind } from "../model/kind.ts";
import type { Files } from "../model/ports.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { pair, type Pairing } from "../topology/pairing/pair.ts";
import type { PairingRules } from "../topology/pairing/rules.ts";
import type { PairingTarget } from "../topology/pairing/target.ts";
import { baselinePath, readBaseline, renamedObjects } from "./baseline.ts";
import { assertComparable } from "./comparable.ts";

/** The two sides, and the rules between them. */
export interface Sides {
  readonly source: Snapshot;
  readonly target: { readonly orgId: string; readonly pairing: PairingTarget; readonly ids: Snapshot["ids"] };
  readonly rules: PairingRules;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly now: Date;
  readonly files: Files;
  /** The configuration: its directory holds the baseline, and errors of rules name it. */
  readonly config: { readonly file: string; readonly directory: string };
  /** Where a rule stands in the configuration, given its pointer in `rules`; the same place unless given. */
  readonly placeOf?: (pointer: string) => string;
}

/** Both sides paired. */
export interface PairedSides {
  readonly pairing: Pairing;
  /** Objects whose name changed in the source: desired coordinate → the coordinate that the target still has. */
  readonly renamed: ReadonlyMap<Coordinate, Coordinate>;
}

/**
 * What the target should be, with the renames that the baseline tells. Every way of writing an organisation starts here.
 * @throws GuardError `same-org`; LockstepError of pairing, about the configuration file
 */
export async function pairSides(sides: Sides): Promise<PairedSides> {
  const { source, target, kinds } = sides;
  assertComparable(source.org, { id: target.orgId });
  const pairing = aboutConfig(sides, () => pair(source, target.pairing, sides.rules, kinds, sides.now));
  const path = baselinePath(sides.config.directory, source.org.id, target.orgId);
  const baseline = await readBaseline(sides.files, path);
  const canRename = (coordinate: Coordinate): boolean =>
    kinds.get(splitCoordinate(coordinate).kind)?.write?.rename === "update";
  return { pairing, renamed: renamedObjects(baseline, sourceIds(pairing, source), target.ids, canRename) };
}

/** Errors of pairing are about a rule, or about an object that a rule cannot be applied to: both stand in the configuration. */
function aboutConfig<Result>({ config, placeOf }: Sides, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof LockstepError) || error.place.file !== undefined) throw error;
    const { path } = error.place;
    const place = { ...error.place, file: config.file, path: path === undefined ? path : (placeOf?.(path) ?? path) };
    throw new LockstepError(error.code, error.message, error.hint, place, error.exit);
  }
}

function sourceIds(pairing: Pairing, source: Snapshot): Map<Coordinate, string> {
  return new Map(
    [...pairing.desired.keys()].flatMap((coordinate) => {
      const id = source.ids.get(pairing.origin.get(coordinate) ?? coordinate);
      return id === undefined ? [] : [[coordinate, id] as const];
    }),
  );
}
