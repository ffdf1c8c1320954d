import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Setting } from "../model/config.ts";
import type { Json, Obj } from "../model/json.ts";
import { objectWith } from "../model/pointer.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { matchesAny, nameMatcher } from "./glob.ts";
import type { NamesOfDesired } from "./name-index.ts";

/** A setting of one object. The last rule about a place wins. */
interface ObjectSetting {
  readonly path: string;
  readonly value: Json;
}

/** Settings by object: pointer and wanted value. */
export type SettingsByObject = (coordinate: Coordinate) => readonly ObjectSetting[];

/** The settings of one organisation, ready to be asked. */
export function settingsByObject(settings: readonly Setting[], names: NamesOfDesired): SettingsByObject {
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
export function withSettings(objects: ReadonlyMap<Coordinate, Obj>, settings: SettingsByObject): Map<Coordinate, Obj> {
  return mapObjects(objects, (coordinate, object) =>
    settings(coordinate).reduce((before, { path, value }) => objectWith(before, path, value), object),
  );
}

/** The objects with the settings that they have: the same places, with the state that the organisation answered. */
export function withActualState(
  objects: ReadonlyMap<Coordinate, Obj>,
  state: Snapshot["state"],
  settings: SettingsByObject,
): Map<Coordinate, Obj> {
  return mapObjects(objects, (coordinate, object) => {
    const actual = state.get(coordinate) ?? {};
    return settings(coordinate)
      .filter(({ path }) => Object.hasOwn(actual, path))
      .reduce((before, { path }) => objectWith(before, path, actual[path]), object);
  });
}

function mapObjects(
  objects: ReadonlyMap<Coordinate, Obj>,
  change: (coordinate: Coordinate, object: Obj) => Obj,
): Map<Coordinate, Obj> {
  return new Map([...objects].map(([coordinate, object]) => [coordinate, change(coordinate, object)]));
}
