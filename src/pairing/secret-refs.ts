import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { SecretRule } from "../model/config.ts";
import { matchesAny, nameMatcher } from "./glob.ts";
import { namesOfKey } from "./identity.ts";

/**
 * Where the secrets of an object of the standby are to be found: pointer into the object → `env:NAME` or `file:PATH`.
 * Later rules about the same place win. Names are those of the standby.
 */
export function secretRefsOf(rules: readonly SecretRule[], coordinate: Coordinate): ReadonlyMap<string, string> {
  const { kind, key } = splitCoordinate(coordinate);
  const about = rules.filter((rule) => rule.kind === kind && matchesAny(nameMatcher(rule.name), namesOfKey(key)));
  return new Map(about.map(({ path, value }) => [path, value]));
}
