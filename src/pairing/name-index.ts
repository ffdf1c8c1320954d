import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { namesOf, namesOfKey } from "./identity.ts";
import type { RenameMap } from "./renames.ts";

/** What rules may call an object of the standby: its own key and name, and those of the source object behind it. */
export type NamesOfDesired = (coordinate: Coordinate) => readonly string[];

/** Names for rules to match; an object that only the standby has goes by its key. */
export function namesOfDesired(renaming: RenameMap): NamesOfDesired {
  const names = new Map<Coordinate, readonly string[]>();
  for (const { identity, name, desired } of renaming.values()) {
    names.set(desired, [...new Set([splitCoordinate(desired).key, name, ...namesOf(identity)])]);
  }
  return (coordinate) => names.get(coordinate) ?? namesOfKey(splitCoordinate(coordinate).key);
}
