import type { HealthEntry } from "../model/config.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import type { Kind } from "../model/kind.ts";
import type { Files } from "../model/ports.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Side } from "../model/side.ts";
import { withHealthEntry, type HealthEndpoint } from "../pairing/health-entry.ts";
import { pair, type Pairing } from "../pairing/pair.ts";
import type { PairingRules } from "../pairing/rules.ts";
import type { PairingTarget } from "../pairing/target.ts";
import { baselinePath, readBaseline, renamedObjects, type Baseline } from "./baseline.ts";
import { assertComparable } from "./comparable.ts";

/** The two sides, and the rules between them. */
export interface Sides {
  readonly source: Snapshot;
  readonly target: { readonly orgId: string; readonly pairing: PairingTarget; readonly ids: Snapshot["ids"] };
  readonly rules: PairingRules;
  /** Which organisation the target is, and the health entry that it should have. */
  readonly side: Side;
  readonly healthEntry: HealthEntry | undefined;
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
  /** The target's own health entry, part of the desired state. */
  readonly healthEntry: HealthEndpoint | undefined;
  /** Objects whose name changed in the source: desired coordinate → the coordinate that the target still has. */
  readonly renamed: ReadonlyMap<Coordinate, Coordinate>;
  /** What both organisations looked like when they were last in step. */
  readonly baseline: Baseline;
}

/**
 * What the target should be, with the renames that the baseline tells. Every way of writing an organisation starts here.
 * @throws GuardError `same-org`; LockstepError of pairing, about the configuration file
 */
export async function pairSides(sides: Sides): Promise<PairedSides> {
  const { source, target, kinds } = sides;
  assertComparable(source.org, { id: target.orgId });
  const paired = aboutConfig(sides, () => pair(source, target.pairing, sides.rules, kinds, sides.now, sides.side));
  const { pairing, healthEntry } = withOwnHealthEntry(sides, paired);
  const path = baselinePath(sides.config.directory, source.org.id, target.orgId);
  const baseline = await readBaseline(sides.files, path);
  const canRename = (coordinate: Coordinate): boolean =>
    kinds.get(splitCoordinate(coordinate).kind)?.write?.rename === "update";
  const renamed = renamedObjects(baseline, sourceIds(pairing, source), target.ids, canRename);
  return { pairing, healthEntry, renamed, baseline };
}

function withOwnHealthEntry(
  { healthEntry, side, target, config }: Sides,
  pairing: Pairing,
): Pick<PairedSides, "pairing" | "healthEntry"> {
  if (healthEntry === undefined) return { pairing, healthEntry: undefined };
  const { coordinates, homeDivision } = target.pairing;
  try {
    const { desired, endpoint } = withHealthEntry(healthEntry, pairing.desired, coordinates, homeDivision);
    const left = [endpoint.flow, endpoint.ivr].find((coordinate) => !pairing.scope.compared(coordinate));
    if (left === undefined) return { pairing: { ...pairing, desired }, healthEntry: endpoint };
    const hint = "Select flow, ivr and did-pool in `include`, or give the health entry another name.";
    const place = { coordinate: left, path: "/healthEntry" };
    throw new LockstepError("health-entry-excluded", `the configuration leaves ${left} alone`, hint, place);
  } catch (error) {
    if (!(error instanceof LockstepError) || error.place.file !== undefined) throw error;
    const place = { ...error.place, file: config.file, path: `/orgs/${side}${error.place.path ?? ""}` };
    throw new LockstepError(error.code, error.message, error.hint, place, error.exit);
  }
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
