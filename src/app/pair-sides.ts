import { basename } from "node:path";
import type { App } from "../model/app.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import type { Kind } from "../model/kind.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { baselinePath, readBaseline, renamedObjects, type Baseline } from "../importers/baseline.ts";
import { assertComparable } from "../importers/comparable.ts";
import { KINDS } from "../kinds/index.ts";
import { withHealthEntry, type HealthEndpoint } from "../pairing/health-entry.ts";
import { pair, type Pairing } from "../pairing/pair.ts";
import { withGivenSecrets, withoutRuleSecrets } from "../pairing/secret-rules.ts";
import type { PairingTarget } from "../pairing/target.ts";
import { rulesOf, type Direction, type PlacedRules } from "./direction.ts";

/** What pairing has to know about the organisation that is written. */
export interface PairedOrg {
  readonly orgId: string;
  readonly ids: Snapshot["ids"];
  readonly pairing: PairingTarget;
}

/** Both sides paired. */
export interface PairedSides {
  readonly pairing: Pairing;
  /** The target's own health entry, part of the desired state. */
  readonly healthEntry: HealthEndpoint | undefined;
  /** Objects whose name changed in the source: desired coordinate → the coordinate that the target still has. */
  readonly renamed: ReadonlyMap<Coordinate, Coordinate>;
  /** Objects that cannot get the name that they have in the source: desired coordinate → the coordinate that the target has. */
  readonly exchanged: ReadonlyMap<Coordinate, Coordinate>;
  /** What both organisations looked like when they were last in step. */
  readonly baseline: Baseline;
}

type PairingApp = Pick<App, "workspace" | "files" | "clock" | "placeholders"> & {
  /** The kinds by which texts are read; those of lockstep unless given. */
  readonly kinds?: ReadonlyMap<string, Kind>;
};

/**
 * What the target should be, with the renames that the baseline tells. Every way of writing an organisation starts here.
 * @throws GuardError `same-org`; LockstepError of pairing, about the configuration file
 */
export async function pairSides(
  { workspace, files, clock, placeholders: openPlaceholders, kinds = KINDS }: PairingApp,
  source: Snapshot,
  target: PairedOrg,
  direction: Direction,
): Promise<PairedSides> {
  assertComparable(source.org, { id: target.orgId });
  const placeholders = await openPlaceholders();
  const written = rulesOf(workspace, direction);
  const placed =
    placeholders === undefined ? written : { ...written, rules: await withoutRuleSecrets(written.rules, placeholders) };
  const now = new Date(clock.now());
  const paired = aboutConfig(workspace.file, placed, () =>
    pair(source, target.pairing, placed.rules, { kinds, now, side: direction.to }),
  );
  const told = ruleFindings(workspace, placed, paired);
  const { pairing: ruled, healthEntry } = withOwnHealthEntry(workspace, direction, target, { ...paired, ...told });
  const pairing =
    placeholders === undefined || direction.to === "primary"
      ? ruled
      : { ...ruled, desired: withGivenSecrets(ruled.desired, KINDS, workspace.config.secrets, placeholders) };
  const path = baselinePath(workspace.directory, source.org.id, target.orgId);
  const baseline = await readBaseline(files, path);
  const canRename = (coordinate: Coordinate): boolean =>
    KINDS.get(splitCoordinate(coordinate).kind)?.write?.rename === "update";
  const names = renamedObjects(baseline, sourceIds(pairing, source), target.ids, canRename);
  return { pairing, healthEntry, ...names, baseline };
}

function withOwnHealthEntry(
  { config, file }: App["workspace"],
  { to }: Direction,
  target: PairedOrg,
  pairing: Pairing,
): Pick<PairedSides, "pairing" | "healthEntry"> {
  const { healthEntry } = config.orgs[to];
  if (healthEntry === undefined) return { pairing, healthEntry: undefined };
  const { coordinates, homeDivision } = target.pairing;
  try {
    const { desired, endpoint } = withHealthEntry(healthEntry, pairing.desired, coordinates, homeDivision);
    const left = [endpoint.flow, endpoint.ivr].find((coordinate) => !pairing.scope.compared(coordinate));
    if (left === undefined) return { pairing: { ...pairing, desired }, healthEntry: endpoint };
    const hint = "Select flow, ivr and did-pool in `include`, or give the health entry another name.";
    const place = { coordinate: left, path: "/healthEntry" };
    throw new LockstepError("health-entry-excluded", `The configuration leaves ${left} alone`, hint, place);
  } catch (error) {
    throw placedIn(file, error, (path = "") => `/orgs/${to}${path}`);
  }
}

/** The problems where the configuration has them, and as findings that say so too. */
function ruleFindings(
  { file, lineOf }: App["workspace"],
  { placeOf }: PlacedRules,
  pairing: Pairing,
): Pick<Pairing, "problems" | "findings"> {
  const problems = pairing.problems.map((problem) => {
    const path = placeOf(problem.path);
    return {
      ...problem,
      path,
      message: `${path} (${basename(file)}, line ${String(lineOf(path))}): ${problem.message}`,
    };
  });
  const findings = problems.map(({ code, coordinate, message, hint }) => ({
    code,
    coordinate,
    message: `${message}. ${hint}`,
  }));
  return { problems, findings: [...pairing.findings, ...findings] };
}

/**
 * Stops what would be written by rules that cannot be followed.
 * @throws LockstepError with the code and place of the first one, telling of all of them
 */
export function assertRulesFollowed(
  { file }: Pick<App["workspace"], "file">,
  { problems }: Pick<Pairing, "problems">,
): void {
  const [first] = problems;
  if (first === undefined) return;
  const message = problems.map((problem) => problem.message).join("\n");
  const { coordinate, path } = first;
  const place = first.code.endsWith("-unmatched") ? { file, path } : { file, path, coordinate };
  throw new LockstepError(first.code, message, first.hint, place);
}

/** Errors of pairing are about a rule, or about an object that a rule cannot be applied to: both stand in the configuration. */
function aboutConfig<Result>(file: string, { placeOf }: PlacedRules, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw placedIn(file, error, (path) => (path === undefined ? path : placeOf(path)));
  }
}

/** The error with the configuration as its file; one that names a file already stays as it is. */
function placedIn(file: string, error: unknown, pathOf: (path: string | undefined) => string | undefined): unknown {
  if (!(error instanceof LockstepError) || error.place.file !== undefined) return error;
  return error.reworded({ place: { file, path: pathOf(error.place.path) } });
}

function sourceIds(pairing: Pairing, source: Snapshot): Map<Coordinate, string> {
  return new Map(
    [...pairing.desired.keys()].flatMap((coordinate) => {
      const id = source.ids.get(pairing.origin.get(coordinate) ?? coordinate);
      return id === undefined ? [] : [[coordinate, id] as const];
    }),
  );
}
