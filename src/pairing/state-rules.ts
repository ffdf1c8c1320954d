import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Override, Setting } from "../model/config.ts";
import { sameJson } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { pointerCovers } from "../model/pointer.ts";
import type { Excluded, Owner } from "../model/schema.ts";
import type { RuleProblem } from "../model/rule-problem.ts";
import type { Finding, Snapshot } from "../model/snapshot.ts";
import { matchesAny, nameMatcher } from "./glob.ts";
import { namesOfKey } from "./identity.ts";
import type { NamesOfDesired } from "./name-index.ts";
import { nameHint } from "./rules.ts";
import { settingsByObject } from "./state.ts";

/** A rule and the place where it is in `lockstep.yaml`. */
export type LocatedRule<Rule> = Rule & { readonly at: string };

/** The rules with the pointers that errors name. */
export function located<Rule extends object>(list: string, rules: readonly Rule[]): LocatedRule<Rule>[] {
  return rules.map((rule, at) => ({ ...rule, at: `${list}/${String(at)}` }));
}

/** What the schema says of a field that is not compared; undefined for the others. */
export function excludedField(kind: Kind | undefined, path: string): Excluded | undefined {
  return Object.entries(kind?.schema["x-excluded"] ?? {}).find(([pattern]) => pointerCovers(pattern, path))?.[1];
}

/** Who owns a field that is not compared; undefined for the others. */
export function fieldOwner(kind: Kind | undefined, path: string): Owner | undefined {
  return excludedField(kind, path)?.owner;
}

/**
 * Is an override about a field that each organisation has its own value of? Such a value is not part of the compared
 * configuration, so the rule works as a setting does.
 */
export function isSetting(rule: Override, kinds: ReadonlyMap<string, Kind>): boolean {
  const owner = fieldOwner(kinds.get(rule.kind), rule.path);
  return owner === "operational" || owner === "org";
}

/** What there is to match settings against. */
export interface SettingTargets {
  readonly coordinates: ReadonlySet<Coordinate>;
  readonly names: NamesOfDesired;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly readKinds: ReadonlySet<string>;
}

/** Settings about no object, or about a place that is ordinary configuration: that is what overrides are for. */
export function unmatchedSettings(
  settings: readonly LocatedRule<Setting>[],
  code: RuleProblem["code"],
  { coordinates, names, kinds, readKinds }: SettingTargets,
): RuleProblem[] {
  return settings.flatMap(({ kind, name, path, at }): RuleProblem[] => {
    const about = { code, path: at, coordinate: coordinateOf(kind, name) };
    if (!["operational", "org"].includes(fieldOwner(kinds.get(kind), path) ?? "")) {
      return [
        {
          ...about,
          message: `${path} is not an operational setting of the kind ${kind}`,
          hint: placesHint(kinds.get(kind)),
        },
      ];
    }
    if (!readKinds.has(kind)) return [];
    const ofKind = [...coordinates].filter((coordinate) => splitCoordinate(coordinate).kind === kind);
    const matches = nameMatcher(name);
    if (ofKind.some((coordinate) => matchesAny(matches, names(coordinate)))) return [];
    return [{ ...about, message: `No ${kind} is called ${name}`, hint: nameHint(name, ofKind.flatMap(names)) }];
  });
}

function placesHint(kind: Kind | undefined): string {
  const places = Object.entries(kind?.schema["x-excluded"] ?? {})
    .filter(([, { owner }]) => owner === "operational")
    .map(([pointer]) => pointer);
  return places.length === 0 ? "Use `overrides`." : `Use one of ${places.join(", ")}.`;
}

/** What the primary's operational settings should be and are not. The primary is not written, so these are only reported. */
export function primaryStateFindings(source: Snapshot, settings: readonly Setting[]): Finding[] {
  const wanted = settingsByObject(settings, (coordinate) => namesOfKey(splitCoordinate(coordinate).key));
  return [...source.state].flatMap(([coordinate, actual]) =>
    wanted(coordinate).flatMap(({ path, value }): Finding[] => {
      const found = Object.hasOwn(actual, path) ? actual[path] : undefined;
      if (sameJson(found, value)) return [];
      const message = `Is ${JSON.stringify(found) ?? "not set"} in the primary, ${JSON.stringify(value)} according to lockstep.yaml`;
      return [{ code: "state-differs", coordinate, path, message }];
    }),
  );
}
