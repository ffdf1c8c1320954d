import { basename } from "node:path";
import type { App } from "../model/app.ts";
import type { Config } from "../model/config.ts";
import type { Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import type { PullReport, RuleChange } from "../model/pull-report.ts";
import type { DriftReport, SnapshotPlace } from "../model/report.ts";
import { compactJson, sameJson } from "../model/json.ts";
import { parsePointer } from "../model/pointer.ts";
import { besideConfig } from "../model/workspace.ts";
import { masked } from "../canonical/secrets-in-json.ts";
import { changedRules, changedSettings, type ChangedRule } from "../collab/changed-rules.ts";
import { splitDrift } from "../collab/split-drift.ts";
import { FILE } from "../snapshot/snapshot-layout.ts";
import { findDrift, type FoundDrift } from "./find-drift.ts";
import { readDirectory, readSide, type LoadedSide } from "./read-side.ts";

/** The configuration as a pull request proposes it, and as it is without it. */
export interface ProposedChange {
  /** The proposed configuration: what it says is data, and no login of it is used while there is a base. */
  readonly proposed: App;
  /** The configuration of the base commit, in a directory of its own; undefined where that commit holds none. */
  readonly base: App | undefined;
  /** The way from the top of the working copy, which places in the report start from, to the configuration's directory. */
  readonly prefix: string;
  readonly commits: { readonly head: string; readonly base: string };
  readonly environment: string;
  /** May the organisations be asked? Otherwise, and without a base, everything is from files. */
  readonly isLive: boolean;
}

/** Rules whose reach is looked up one by one: each costs a comparison. */
const MOST_RULES = 25;

/**
 * What a pull request means for the standby: both configurations with their snapshots of the primary are compared with one and the
 * same standby. Writes nothing. Logins go only where the base says, so that no pull request sends a secret to another place.
 * @throws LockstepError `pull-nothing-to-compare` and those of reading and pairing
 */
export async function pullReport(change: ProposedChange): Promise<PullReport> {
  const { proposed, base, commits, environment, isLive } = change;
  const target = await readStandby(change);
  const source = await sourceOf(change, proposed);
  const drift = await findDrift(proposed, source, target);
  const before = base === undefined ? undefined : await baseDrift(change, base, { target, source });
  const placed = (report: DriftReport): DriftReport => atTop(change.prefix, report);
  const head = drift.report;
  const earlier = before?.report ?? { ...head, changes: [], derived: [], operational: [], findings: [] };
  const { only: afterMerge, both: anyway } = splitDrift(head, earlier);
  return {
    schemaVersion: 1,
    environment,
    head: commits.head,
    ...(before === undefined ? {} : { base: commits.base }),
    standby: { from: isLive && base !== undefined ? "organisation" : "snapshot", takenAt: target.takenAt },
    afterMerge: placed(afterMerge),
    settled: placed(splitDrift(earlier, head).only),
    anyway: placed(anyway),
    rules: base === undefined ? [] : await ruleChanges(change, base.workspace.config, drift, { source, target }),
    settings: base === undefined ? [] : changedSettings(base.workspace.config, proposed.workspace.config),
  };
}

interface Sides {
  readonly source: LoadedSide;
  readonly target: LoadedSide;
}

async function readStandby({ proposed, base, isLive }: ProposedChange): Promise<LoadedSide> {
  if (isLive && base !== undefined) return readSide(base, "standby");
  const directory = besideConfig(proposed.workspace, proposed.workspace.config.snapshots.standby);
  if (await isSnapshot(proposed, directory)) return readDirectory(proposed, directory);
  throw nothingToCompare(`${directory} holds no snapshot of the standby, and there is no login to read it`, directory);
}

/** What the proposed configuration says of the primary: its snapshot, or without one the primary itself. */
async function sourceOf({ base, isLive }: ProposedChange, proposed: App): Promise<LoadedSide> {
  const directory = besideConfig(proposed.workspace, proposed.workspace.config.snapshots.primary);
  if (await isSnapshot(proposed, directory)) return readDirectory(proposed, directory);
  if (isLive && base !== undefined) return readSide(base, "primary");
  throw nothingToCompare(`${directory} holds no snapshot of the primary, and there is no login to read it`, directory);
}

async function isSnapshot({ files }: App, directory: string): Promise<boolean> {
  return (await files.read(`${directory}/${FILE.manifest}`)) !== undefined;
}

function nothingToCompare(message: string, file: string): LockstepError {
  const hint =
    "Commit snapshots with `lockstep snapshot primary` and `lockstep snapshot standby`, or pass the secrets.";
  return new LockstepError("pull-nothing-to-compare", message, hint, { file });
}

/**
 * The drift before the merge. Undefined where the base holds no snapshot and the proposal does: then the two cannot be distinguished.
 */
async function baseDrift(
  change: ProposedChange,
  base: App,
  { target, source }: Sides,
): Promise<FoundDrift | undefined> {
  const own = besideConfig(base.workspace, base.workspace.config.snapshots.primary);
  const hasOwn = await isSnapshot(base, own);
  const { proposed } = change;
  const proposes = besideConfig(proposed.workspace, proposed.workspace.config.snapshots.primary);
  if (!hasOwn && (await isSnapshot(proposed, proposes))) return undefined;
  const before = hasOwn ? await readableDirectory(base, own) : source;
  if (before === undefined) return undefined;
  // What is in .lockstep belongs to the working copy, whichever rules are tried.
  return findDrift(withConfig(proposed, base.workspace.config), before, target);
}

/** A snapshot that an older version wrote, or that is damaged, is what the pull request may be there to replace. */
async function readableDirectory(app: App, directory: string): Promise<LoadedSide | undefined> {
  try {
    return await readDirectory(app, directory);
  } catch (error) {
    if (error instanceof LockstepError) return undefined;
    throw error;
  }
}

function withConfig(app: App, config: Config): App {
  return { ...app, workspace: { ...app.workspace, config } };
}

async function ruleChanges(
  { proposed, prefix }: ProposedChange,
  base: Config,
  drift: FoundDrift,
  { source, target }: Sides,
): Promise<RuleChange[]> {
  const file = `${prefix}${basename(proposed.workspace.file)}`;
  const found: RuleChange[] = [];
  const mask = await maskOf([base, proposed.workspace.config]);
  for (const [at, rule] of changedRules(base, proposed.workspace.config).entries()) {
    const other = at < MOST_RULES ? await findDrift(withConfig(proposed, rule.without), source, target) : undefined;
    const place = rule.path === undefined ? {} : { at: { file, line: proposed.workspace.lineOf(rule.path) } };
    found.push({ ...wordsOfRule(rule, mask), ...reachOf(drift, other), ...place });
  }
  return found;
}

function wordsOfRule(
  { change, list, words, before }: ChangedRule,
  mask: (text: string) => string,
): Pick<RuleChange, "change" | "list" | "words" | "before"> {
  return { change, list, words: mask(words), ...(before === undefined ? {} : { before: mask(before) }) };
}

/** Masks values of rules that look like secrets: the comment is read by more people than the configuration. */
async function maskOf(configs: readonly Config[]): Promise<(text: string) => string> {
  const rules = configs.flatMap(({ overrides, orgs }) => [...overrides, ...orgs.standby.state]);
  const values = rules.map(({ path, value }) => ({ name: parsePointer(path).at(-1) ?? "", value }));
  const shown = await masked(values);
  const secrets = values.flatMap(({ value }, at): [string, string][] => {
    const [plain, safe] = [compactJson(value), compactJson(shown[at] ?? null)];
    return plain === safe ? [] : [[plain, safe]];
  });
  return (text) => secrets.reduce((told, [plain, safe]) => told.replaceAll(plain, () => safe), text);
}

/** What one rule does: the drift with it beside the drift without it. */
function reachOf(
  drift: FoundDrift,
  without: FoundDrift | undefined,
): Pick<RuleChange, "moves" | "sets" | "drops" | "hides" | "shows"> {
  if (without === undefined) return { moves: [], sets: [], drops: [], hides: [], shows: [] };
  const [names, earlier] = [byOrigin(drift), byOrigin(without)];
  const moves = [...earlier].flatMap(([origin, from]) => {
    const to = names.get(origin);
    return to === undefined || to === from ? [] : [{ from, to }];
  });
  const { desired } = drift.pairing;
  const known = without.pairing.desired;
  const moved = new Set(moves.map(({ from }) => from));
  return {
    moves,
    sets: [...desired].flatMap(([at, object]) => {
      const other = known.get(at);
      return moves.length > 0 || other === undefined || sameJson(object, other) ? [] : [at];
    }),
    drops: [...known.keys()].filter((at) => !desired.has(at) && !moved.has(at)),
    hides: coordinatesOf(splitDrift(without.report, drift.report).only),
    shows: coordinatesOf(splitDrift(drift.report, without.report).only),
  };
}

function byOrigin({ pairing }: FoundDrift): ReadonlyMap<Coordinate, Coordinate> {
  return new Map([...pairing.origin].map(([desired, origin]) => [origin, desired]));
}

function coordinatesOf({ changes }: DriftReport): Coordinate[] {
  return changes.map(({ coordinate }) => coordinate);
}

/** A report whose places start at the top of the working copy. */
function atTop(prefix: string, report: DriftReport): DriftReport {
  if (prefix === "") return report;
  const placed = (at: SnapshotPlace): SnapshotPlace => ({ ...at, file: `${prefix}${at.file}` });
  return {
    ...report,
    changes: report.changes.map((change) => (change.at === undefined ? change : { ...change, at: placed(change.at) })),
  };
}
