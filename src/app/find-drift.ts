import type { App } from "../model/app.ts";
import type { Coordinate } from "../model/coordinate.ts";
import type { HiddenSecrets } from "../model/placeholders.ts";
import type { Narrowing } from "../model/narrowing.ts";
import type { DriftReport } from "../model/report.ts";
import type { Finding } from "../model/snapshot.ts";
import type { Comparison, Difference } from "../drift/compare.ts";
import { compareKnown } from "../drift/platform-fields.ts";
import { operationalState } from "../drift/operational.ts";
import { withMaskedValues } from "../drift/mask-report.ts";
import { placeFinder } from "../drift/places.ts";
import { comparableSecrets } from "../drift/unlike-secrets.ts";
import { unlistedKinds } from "../drift/unlisted-kinds.ts";
import { driftReport } from "../drift/report.ts";
import { KINDS } from "../kinds/index.ts";
import type { Pairing } from "../pairing/pair.ts";
import type { Narrowed } from "../pairing/narrowing.ts";
import { comparedTarget, pairingTarget } from "../pairing/target.ts";
import { PRIMARY_TO_STANDBY, type Direction } from "./direction.ts";
import { withActualState, withSettings } from "../pairing/state.ts";
import { exchangedFindings } from "../importers/exchanged.ts";
import { givenSecrets } from "../importers/given-secrets.ts";
import { grownRanges } from "../importers/grown-ranges.ts";
import { keptFindings, keptValuesPath, readKeptValues } from "../importers/kept-values.ts";
import { lockTableFindings } from "../importers/lock/lock-table-name.ts";
import { readUnfinished, stateToGive, unfinishedPath } from "../importers/unfinished.ts";
import { narrowComparison, narrowingText } from "./narrow-sides.ts";
import { pairSides } from "./pair-sides.ts";
import { openTextRecords } from "./text-records.ts";
import type { LoadedSide } from "./read-side.ts";
import { REPOSITORY_ORG } from "../snapshot/repository-directory.ts";

/** Everything known about how an organisation differs from what it should be. */
export interface FoundDrift {
  readonly source: LoadedSide;
  readonly target: LoadedSide;
  readonly pairing: Pairing;
  readonly comparison: Comparison;
  readonly differences: readonly Difference[];
  /** Secrets that the configuration gives for free fields, behind their placeholders. */
  readonly given: HiddenSecrets;
  /** The same for people: what `lockstep diff` shows. */
  readonly report: DriftReport;
}

/** What is compared. */
export interface DriftOptions {
  /** From the primary to the standby unless given. */
  readonly direction?: Direction | undefined;
  /** Everything unless given. */
  readonly narrowing?: Narrowing | undefined;
}

/**
 * Pairs the source with the target and compares. Sends no request; reads the baseline and the notes of unfinished writes. Keeps in
 * `.lockstep/cache` what it found out about texts.
 * @param source what the target is to follow, from {@link readSide}, {@link readPrimary} or a directory
 * @param target the organisation as it is
 * @throws GuardError `same-org`; LockstepError of pairing, such as `unknown-kind`, about the configuration file
 */
export async function findDrift(
  app: Pick<App, "workspace" | "files" | "clock" | "placeholders" | "tool">,
  source: LoadedSide,
  target: LoadedSide,
  { direction = PRIMARY_TO_STANDBY, narrowing }: DriftOptions = {},
): Promise<FoundDrift> {
  const { org, ids } = target.snapshot;
  const paired = { orgId: org.id, ids, pairing: pairingTarget(target.snapshot) };
  const { kinds, keep } = await openTextRecords(app);
  const { pairing, renamed, exchanged } = await pairSides({ ...app, kinds }, source.snapshot, paired, direction);
  const unfinished = await readUnfinished(app.files, unfinishedPath(app.workspace, org.id));
  const toGive = stateToGive(KINDS, unfinished, pairing.desired);
  const named: Comparison = {
    kinds,
    desired: withSettings(pairing.desired, toGive),
    current: withActualState(comparedTarget(target.snapshot, pairing, KINDS), target.snapshot.state, toGive),
    ignored: pairing.ignored,
    renamed,
  };
  const whole: Comparison = { ...named, renamed: new Map([...renamed, ...grownRanges(named)]) };
  const narrowed = narrowing === undefined ? undefined : narrowComparison(narrowing, pairing.origin);
  const asked = narrowed === undefined ? whole : narrowedTo(narrowed, whole);
  const keys = [source, target].map(({ snapshot }) => snapshot.secretsKey);
  const { comparison, findings: unlike } = comparableSecrets(asked, keys[0] === keys[1] ? keys[0] : undefined);
  const isTold = ({ coordinate }: Finding): boolean => coordinate === "" || narrowed?.selects(coordinate) !== false;
  const standIn: Finding = { code: "source-stand-in", coordinate: "", message: source.standIn ?? "" };
  const unknown = target.snapshot.findings.filter(({ code }) => code === "unknown-field");
  const all = [
    ...(source.standIn === undefined ? [] : [standIn]),
    ...(narrowing === undefined
      ? []
      : [{ code: "narrowed" as const, coordinate: "", message: narrowingText(narrowing) }]),
    ...source.snapshot.findings.filter(({ code }) => code !== "duplicate-key"),
    ...pairing.findings,
    ...unknown,
  ].filter(isTold);
  const { differences, findings: found } = compareKnown(comparison, all);
  const kept = await readKeptValues(app.files, keptValuesPath(app.workspace, org.id));
  const findings = [
    ...found,
    ...unlike,
    ...(source.snapshot.org.id === REPOSITORY_ORG ? [] : unlistedKinds(KINDS, source.snapshot, target.snapshot)),
    ...keptFindings(differences, kept),
    ...exchangedFindings(comparison, exchanged),
    ...(direction.to === "standby" ? lockTableFindings(differences, target.snapshot, app.workspace.config.lock) : []),
  ];
  const sides = { source: source.snapshot, target: target.snapshot };
  // A repository tells no state, and of the primary's own state the configuration is what is compared.
  const isUsual = direction.from === "primary-org";
  const operational = isUsual ? operationalState(sides, comparison, pairing) : [];
  const directories = app.workspace.config.snapshots;
  const placeOf = placeFinder({ kinds, ...sides, origin: pairing.origin, directories });
  const report = await withMaskedValues(
    driftReport(sides, comparison, differences, { operational, findings, placeOf }),
  );
  await keep();
  const selection = narrowing === undefined ? {} : { selection: narrowing };
  const given = await givenSecrets(app);
  return { source, target, pairing, comparison, differences, given, report: { ...report, ...selection } };
}

/** The comparison of what was asked for; a renamed object is the same one under both names. */
function narrowedTo(narrowed: Narrowed, comparison: Comparison): Comparison {
  const { desired, current, renamed } = comparison;
  const selects = (at: Coordinate): boolean => narrowed.selects(at);
  const before = new Map([...renamed].map(([after, earlier]) => [earlier, after]));
  return {
    ...comparison,
    desired: new Map([...desired].filter(([at]) => selects(at) || selects(renamed.get(at) ?? at))),
    current: new Map([...current].filter(([at]) => selects(at) || selects(before.get(at) ?? at))),
  };
}
