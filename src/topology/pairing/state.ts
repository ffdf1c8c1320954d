import { splitCoordinate, type Coordinate } from "../../model/coordinate.ts";
import type { Setting } from "../../model/config.ts";
import { isObj, sameJson, type Json, type Obj } from "../../model/json.ts";
import type { Kind } from "../../model/kind.ts";
import { pointerCovers, withValueAt } from "../../model/pointer.ts";
import type { Finding, Snapshot } from "../../model/snapshot.ts";
import { matchesAny, nameMatcher } from "./glob.ts";
import { namesOfKey } from "./identity.ts";
import type { NamesOfDesired } from "./name-index.ts";
import { nameHint, type UnmatchedRule } from "./rules.ts";

/** A setting of one object. The last rule about a place wins. */
interface ObjectSetting {
  readonly path: string;
  readonly value: Json;
}

/** Settings by object: pointer and wanted value. */
export type Settings = (coordinate: Coordinate) => readonly ObjectSetting[];

/** The operational settings of one organisation, ready to be asked. */
export function settingsFor(settings: readonly Setting[], names: NamesOfDesired): Settings {
  const rules = settings.map((setting) => ({ ...setting, matches: nameMatcher(setting.name) }));
  return (coordinate) => {
    const { kind } = splitCoordinate(coordinate);
    const about = rules.filter((rule) => rule.kind === kind);
    if (about.length === 0) return about;
    const called = names(coordinate);
    return about.filter(({ matches }) => matchesAny(matches, called));
  };
}

/** The objects with the settings that they should have. */
export function withSettings(objects: ReadonlyMap<Coordinate, Obj>, settings: Settings): Map<Coordinate, Obj> {
  return mapObjects(objects, (coordinate, object) =>
    settings(coordinate).reduce((result, { path, value }) => set(result, path, value), object),
  );
}

/** The objects with the settings that they have: the same places, with the state that the organisation answered. */
export function withActualState(
  objects: ReadonlyMap<Coordinate, Obj>,
  state: Snapshot["state"],
  settings: Settings,
): Map<Coordinate, Obj> {
  return mapObjects(objects, (coordinate, object) => {
    const actual = state.get(coordinate) ?? {};
    return settings(coordinate).reduce(
      (result, { path }) => (Object.hasOwn(actual, path) ? set(result, path, actual[path]) : result),
      object,
    );
  });
}

function mapObjects(
  objects: ReadonlyMap<Coordinate, Obj>,
  change: (coordinate: Coordinate, object: Obj) => Obj,
): Map<Coordinate, Obj> {
  return new Map([...objects].map(([coordinate, object]) => [coordinate, change(coordinate, object)]));
}

function set(object: Obj, path: string, value: Json | undefined): Obj {
  const next = withValueAt(object, path, value);
  return isObj(next) ? next : object;
}

/** Rules about no object, or about a place that is not operational state: configuration is what overrides are for. */
export function unmatchedSettings(
  settings: readonly Setting[],
  coordinates: Iterable<Coordinate>,
  names: NamesOfDesired,
  kinds: ReadonlyMap<string, Kind>,
  readKinds: ReadonlySet<string>,
): UnmatchedRule[] {
  const all = [...coordinates];
  return settings.flatMap((rule, at): UnmatchedRule[] => {
    const place = { code: "state-unmatched", path: `/orgs/standby/state/${String(at)}` } as const;
    const places = operationalPlaces(kinds.get(rule.kind));
    if (!places.some((pattern) => pointerCovers(pattern, rule.path))) {
      const hint = places.length === 0 ? "Use `overrides`." : `Use one of ${places.join(", ")}.`;
      return [{ ...place, message: `${rule.path} is not an operational setting of the kind ${rule.kind}`, hint }];
    }
    if (!readKinds.has(rule.kind)) return [];
    const ofKind = all.filter((coordinate) => splitCoordinate(coordinate).kind === rule.kind);
    const matches = nameMatcher(rule.name);
    if (ofKind.some((coordinate) => matchesAny(matches, names(coordinate)))) return [];
    return [
      { ...place, message: `no ${rule.kind} is called ${rule.name}`, hint: nameHint(rule.name, ofKind.flatMap(names)) },
    ];
  });
}

function operationalPlaces(kind: Kind | undefined): string[] {
  return Object.entries(kind?.schema["x-excluded"] ?? {})
    .filter(([, { owner }]) => owner === "operational")
    .map(([pointer]) => pointer);
}

/** What the primary's operational settings should be and are not. The primary is not written, so these are only reported. */
export function primaryStateFindings(source: Snapshot, settings: readonly Setting[]): Finding[] {
  const wanted = settingsFor(settings, (coordinate) => namesOfKey(splitCoordinate(coordinate).key));
  return [...source.state].flatMap(([coordinate, actual]) =>
    wanted(coordinate).flatMap(({ path, value }): Finding[] => {
      const found = Object.hasOwn(actual, path) ? actual[path] : undefined;
      if (sameJson(found, value)) return [];
      const message = `is ${JSON.stringify(found) ?? "not set"} in the primary, ${JSON.stringify(value)} according to lockstep.yaml`;
      return [{ code: "state-differs", coordinate, path, message }];
    }),
  );
}
