import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { namesakesOf } from "../model/namesakes.ts";
import type { RuleProblem } from "../model/rule-problem.ts";
import type { Finding, Snapshot } from "../model/snapshot.ts";
import type { Side } from "../model/side.ts";
import { parentReference } from "../canonical/references.ts";
import { contentNames } from "./content-names.ts";
import { ignoresOf, type Ignored, type IgnoredPatterns } from "./ignores.ts";
import { independentFindings } from "./independent.ts";
import { namesOfKey } from "./identity.ts";
import { namesOfDesired, type NamesOfDesired } from "./name-index.ts";
import { numberMap } from "./numbers.ts";
import { withOverrides } from "./overrides.ts";
import { renameObjects, renumberObjects } from "./rename-objects.ts";
import { renameRules } from "./rename-rules.ts";
import { renameAll, unmatchedRenames, type RenameMap } from "./renames.ts";
import { resolveAll, type ReferenceTargets } from "./resolve.ts";
import { assertKnownKinds, type PairingRules } from "./rules.ts";
import { scopeOf, type Scope } from "./scope.ts";
import { isSetting, located, primaryStateFindings, unmatchedSettings } from "./state-rules.ts";
import { settingsByObject, withSettings, type SettingsByObject } from "./state.ts";
import { withDerived, type PairingTarget } from "./target.ts";

/** What the standby should look like, and how the source objects got there. */
export interface Pairing {
  /** Every object that is compared, by its coordinate in the standby. */
  readonly desired: ReadonlyMap<Coordinate, Obj>;
  /** Coordinate in the standby → coordinate in the source, for everything that the source knows. */
  readonly origin: ReadonlyMap<Coordinate, Coordinate>;
  readonly findings: readonly Finding[];
  /** Rules that cannot be followed: the comparison goes on without them, and nothing may be written by it. */
  readonly problems: readonly RuleProblem[];
  /** Names that several objects of one organisation share, in the standby's coordinates: none of them is compared or written. */
  readonly setAside: ReadonlySet<Coordinate>;
  /** Is a difference accepted by configuration? */
  readonly ignored: Ignored;
  /** The same, as the pointer patterns that concern an object. */
  readonly ignoredPatterns: IgnoredPatterns;
  /** Which objects of the standby take part: the rest must be left out of the comparison. */
  readonly scope: Scope;
  /** Operational settings that take part in the comparison. */
  readonly settings: SettingsByObject;
}

/** What pairing takes besides the two sides and their rules. */
export interface PairingContext {
  readonly kinds: ReadonlyMap<string, Kind>;
  /** Decides which ignore rules have expired. */
  readonly now: Date;
  /** The organisation that the target is, for messages; the standby unless given. */
  readonly side?: Side;
}

/**
 * Turns the source into what the standby should be: phone numbers, renames (everywhere a name is used), overrides,
 * operational settings, in this order; then looks up every reference. Inputs are not changed. The other side of the
 * comparison is `comparedTarget`.
 * Objects that would get one name are set aside.
 * @throws LockstepError `unknown-kind` (with the pointer of the rule)
 */
export function pair(
  source: Snapshot,
  target: PairingTarget,
  rules: PairingRules,
  { kinds, now, side = "standby" }: PairingContext,
): Pairing {
  assertKnownKinds(rules, kinds);
  const twins = namesakesOf(source.findings);
  const sourceCoordinates = [...new Set([...source.objects.keys(), ...source.ids.keys(), ...twins.keys()])];
  const readKinds = new Set([
    ...Object.keys(source.counts),
    ...sourceCoordinates.map((at) => splitCoordinate(at).kind),
  ]);
  const numbers = numberMap(rules.numbers);
  const numbered = renumberObjects(source.objects, kinds, rules.numbers.length === 0 ? undefined : numbers);
  const unusedNumbers = numbers.unused();
  const renames = renameRules(rules.renames);
  const misnamed: RuleProblem[] = [];
  const renaming = renameAll({ coordinates: sourceCoordinates, kinds, ...numbered }, renames, misnamed);
  const collided = misnamed.flatMap(({ code, coordinate }) => (code === "rename-collision" ? [coordinate] : []));
  const content = contentNames(renaming, renames, { source: source.org.homeDivision, target: target.homeDivision });
  const names = namesOfDesired(renaming);
  const inSource = new Set([...renaming.values()].map(({ desired }) => desired));
  const namesakes = namesakesOfBoth(renaming, twins, target, side);
  const setAside = withChildren(
    new Set([...namesakes.keys(), ...collided]),
    [...inSource, ...target.coordinates],
    kinds,
  );
  const scope = scopeOf(rules, kinds, names, setAside);
  // Of namesakes in the source nothing is known but the key.
  const allNames: NamesOfDesired = (at) =>
    namesakes.has(at) ? [...names(at), ...namesOfKey(splitCoordinate(at).key)] : names(at);
  const configured = scopeOf(rules, kinds, allNames);

  const overrides = located("/overrides", rules.overrides);
  const ownValues = overrides.filter((rule) => isSetting(rule, kinds));
  const standbyState = located("/orgs/standby/state", rules.orgs.standby.state);
  const settings = settingsByObject([...standbyState, ...ownValues], names);

  const renamed = renameObjects(numbered.objects, kinds, renaming, content.nameFor);
  const selected = keepOnly(renamed.objects, scope.compared);
  const ordinary = overrides.filter((rule) => !isSetting(rule, kinds));
  const overridden = withOverrides(selected, ordinary, { kinds, names, known: inSource, readKinds });
  const settable = { coordinates: inSource, names, kinds, readKinds };
  const problems = [
    ...misnamed,
    ...unmatchedRenames(renaming, renames, readKinds),
    ...overridden.unmatched,
    ...unmatchedSettings(ownValues, "override-unmatched", settable),
    ...unmatchedSettings(standbyState, "state-unmatched", settable),
  ];
  const wanted = withSettings(overridden.objects, settings);

  const inStandby = new Set([...target.coordinates, ...wanted.keys()].filter((at) => !setAside.has(at)));
  const { unread } = target;
  const known: ReferenceTargets = { kinds, side, inSource, inStandby, unread, setAside, named: renamed.named };
  const resolved = resolveAll(wanted, known);
  const ignores = ignoresOf(rules.ignores, names, now);
  return {
    desired: withDerived(resolved.objects, kinds, scope),
    origin: new Map([...renaming.values()].map(({ coordinate, desired }) => [desired, coordinate])),
    setAside,
    problems,
    findings: [
      ...[...namesakes.values()].filter(({ coordinate }) => configured.compared(coordinate)),
      ...unusedNumbers,
      ...content.findings,
      ...ignores.findings,
      ...overridden.findings,
      ...primaryStateFindings(source, rules.orgs.primary.state),
      ...independentFindings(keepOnly(renamed.objects, scope.independent), known),
      ...resolved.findings,
    ],
    ignored: ignores.ignored,
    ignoredPatterns: ignores.patterns,
    scope,
    settings,
  };
}

/** By coordinate in the standby: what several objects of the source or of the target are called. */
function namesakesOfBoth(
  renaming: RenameMap,
  twins: ReadonlyMap<Coordinate, Finding>,
  target: PairingTarget,
  side: Side,
): Map<Coordinate, Finding> {
  const said = (finding: Finding, coordinate: Coordinate, where: string): [Coordinate, Finding] => [
    coordinate,
    { ...finding, coordinate, message: `${finding.message} (in the ${where})` },
  ];
  return new Map([
    ...[...target.namesakes].map(([coordinate, finding]) => said(finding, coordinate, side)),
    ...[...twins].map(([at, finding]) => said(finding, renaming.get(at)?.desired ?? at, "source")),
  ]);
}

/** The coordinates with those of the objects that are in them. */
function withChildren(
  setAside: ReadonlySet<Coordinate>,
  coordinates: readonly Coordinate[],
  kinds: ReadonlyMap<string, Kind>,
): Set<Coordinate> {
  if (setAside.size === 0) return new Set();
  const liesIn = (coordinate: Coordinate): boolean => {
    const { kind: name, key } = splitCoordinate(coordinate);
    const kind = kinds.get(name);
    const parent = kind && parentReference(kind, key);
    return parent !== undefined && (setAside.has(parent) || liesIn(parent));
  };
  return new Set([...setAside, ...coordinates.filter(liesIn)]);
}

function keepOnly(
  objects: ReadonlyMap<Coordinate, Obj>,
  keep: (coordinate: Coordinate) => boolean,
): Map<Coordinate, Obj> {
  return new Map([...objects].filter(([coordinate]) => keep(coordinate)));
}
