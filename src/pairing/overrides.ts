import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Override } from "../model/config.ts";
import { groupBy } from "../model/group-by.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { RuleProblem } from "../model/rule-problem.ts";
import type { Finding } from "../model/snapshot.ts";
import { matchesAny, nameMatcher } from "./glob.ts";
import type { NamesOfDesired } from "./name-index.ts";
import { overridden } from "./override-value.ts";
import { nameHint } from "./rules.ts";
import type { LocatedRule } from "./state-rules.ts";

/** What overrides are applied to. */
export interface Overridable {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly names: NamesOfDesired;
  /** Everything that a rule may be about, in the standby's coordinates; more than what is compared. */
  readonly known: ReadonlySet<Coordinate>;
  /** Kinds that the source was read for; rules for others are not judged. */
  readonly readKinds: ReadonlySet<string>;
}

/** The objects after some rules, and what there is to say. */
export interface OverrideResult {
  readonly objects: ReadonlyMap<Coordinate, Obj>;
  readonly unmatched: readonly RuleProblem[];
  readonly findings: readonly Finding[];
}

/**
 * The objects with the values of the rules, which are applied in their order. A rule names objects as either organisation
 * calls them. Of several objects that it matches, those without such a place stay as they are.
 */
export function withOverrides(
  objects: ReadonlyMap<Coordinate, Obj>,
  rules: readonly LocatedRule<Override>[],
  context: Overridable,
): OverrideResult {
  const result = new Map(objects);
  const unmatched: RuleProblem[] = [];
  const findings: Finding[] = [];
  const kinds = new Set(rules.map(({ kind }) => kind));
  // Every rule goes through all objects of its kind, so what they are called is looked up once.
  const called = [...context.known].flatMap((coordinate): Called[] => {
    const { kind } = splitCoordinate(coordinate);
    return kinds.has(kind) ? [{ coordinate, kind, names: context.names(coordinate) }] : [];
  });
  const ofKind = groupBy(called, ({ kind }) => kind);
  for (const rule of rules) {
    const applied = applyRule(result, rule, context, ofKind.get(rule.kind) ?? []);
    for (const [coordinate, object] of applied.changed) result.set(coordinate, object);
    unmatched.push(...applied.unmatched);
    findings.push(...applied.findings);
  }
  return { objects: result, unmatched, findings };
}

/** An object that a rule may be about, and what it may be called. */
interface Called {
  readonly coordinate: Coordinate;
  readonly kind: string;
  readonly names: readonly string[];
}

/** What one rule changes, and what there is to say. */
interface Applied {
  readonly changed: readonly (readonly [Coordinate, Obj])[];
  readonly unmatched: readonly RuleProblem[];
  readonly findings: readonly Finding[];
}

function applyRule(
  objects: ReadonlyMap<Coordinate, Obj>,
  rule: LocatedRule<Override>,
  { kinds, readKinds }: Overridable,
  ofKind: readonly Called[],
): Applied {
  const kind = kinds.get(rule.kind);
  if (kind === undefined || !readKinds.has(rule.kind)) return { changed: [], unmatched: [], findings: [] };
  const matches = nameMatcher(rule.name);
  const named = ofKind.filter(({ names }) => matchesAny(matches, names));
  const unmatched = (message: string, hint: string): Applied => {
    const coordinate = coordinateOf(rule.kind, rule.name);
    const problem = { code: "override-unmatched", path: rule.at, coordinate, message, hint } as const;
    return { changed: [], unmatched: [problem], findings: [] };
  };
  if (named.length === 0)
    return unmatched(
      `No ${rule.kind} is called ${rule.name}`,
      nameHint(
        rule.name,
        ofKind.flatMap(({ names }) => names),
      ),
    );

  const results = named.flatMap(({ coordinate }) => {
    const object = objects.get(coordinate);
    return object === undefined ? [] : [{ coordinate, ...overridden(kind, object, rule) }];
  });
  const changed = results.filter((result) => "object" in result);
  const [hint] = results.flatMap((result) => ("hint" in result ? [result.hint] : []));
  if (hint !== undefined && changed.length === 0) {
    return unmatched(`No ${rule.kind} that is called ${rule.name} has anything at ${rule.path}`, hint);
  }
  return {
    changed: changed.map(({ coordinate, object }) => [coordinate, object]),
    unmatched: [],
    findings: changed.filter(({ added }) => added).map(({ coordinate }) => addedFinding(coordinate, rule)),
  };
}

function addedFinding(coordinate: Coordinate, { path, at }: LocatedRule<Override>): Finding {
  const message = `${at} of lockstep.yaml sets a value that the source does not have at all: check that it is spelled right`;
  return { code: "override-added", coordinate, path, message };
}
