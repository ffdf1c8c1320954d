import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Kind } from "../model/kind.ts";
import { parentReference } from "../canonical/references.ts";
import { nameMatcher, matchesAny } from "./glob.ts";
import { namesOfKey } from "./identity.ts";
import type { NamesOfDesired } from "./name-index.ts";
import { concernsKind, type PairingRules } from "./rules.ts";

/** The kind whose objects have a pairing mode. */
const FLOW = "flow";

/** What the configuration selects by. */
export type Selection = Pick<PairingRules, "include" | "flows">;

/** Which objects of the standby are kept in step. Coordinates are those of the standby, also for what it still lacks. */
export interface Scope {
  /** Is the object compared? What is not compared is never written and never deleted. */
  readonly compared: (coordinate: Coordinate) => boolean;
  /** Is it a flow that the standby has its own version of? */
  readonly independent: (coordinate: Coordinate) => boolean;
}

/**
 * The selection of `include` and the modes of `flows`. A name may be that of either organisation; a child of an excluded
 * object is excluded with it. Kinds that are only referred to are not compared.
 * @param setAside objects that share their name with others of their organisation: left unchanged like what is excluded
 */
export function scopeOf(
  rules: Selection,
  kinds: ReadonlyMap<string, Kind>,
  names: NamesOfDesired,
  setAside: ReadonlySet<Coordinate> = new Set(),
): Scope {
  const selected = new Set(rules.include.kinds);
  const excludes = rules.include.exclude.map((rule) => ({ ...rule, matches: nameMatcher(rule.name) }));
  const modes = rules.flows.map(({ name, mode }) => ({ mode, matches: nameMatcher(name) }));

  const excluded = (coordinate: Coordinate): boolean => {
    const { kind, key } = splitCoordinate(coordinate);
    if (setAside.has(coordinate)) return true;
    const called = names(coordinate);
    if (excludes.some((rule) => concernsKind(rule, kind) && matchesAny(rule.matches, called))) return true;
    const described = kinds.get(kind);
    const parent = described === undefined ? undefined : parentReference(described, key);
    return parent !== undefined && excluded(parent);
  };
  const isSelected = (coordinate: Coordinate): boolean => {
    const { kind } = splitCoordinate(coordinate);
    const mode = kinds.get(kind)?.mode;
    if (mode === undefined || mode === "map" || (selected.size > 0 && !selected.has(kind))) return false;
    return !excluded(coordinate);
  };
  const isIndependent = (coordinate: Coordinate): boolean => {
    if (splitCoordinate(coordinate).kind !== FLOW) return false;
    const called = names(coordinate);
    return modes.find(({ matches }) => matchesAny(matches, called))?.mode === "independent";
  };
  return {
    compared: (coordinate) => isSelected(coordinate) && !isIndependent(coordinate),
    independent: (coordinate) => isSelected(coordinate) && isIndependent(coordinate),
  };
}

/** Is the object of a kind that lockstep writes, neither computed from others nor only referred to? */
export function isWritten(kinds: ReadonlyMap<string, Kind>, coordinate: Coordinate): boolean {
  return kinds.get(splitCoordinate(coordinate).kind)?.mode === "write";
}

/** The same where an object is known by the name that it has in one organisation alone. */
export function scopeByName(rules: Selection, kinds: ReadonlyMap<string, Kind>): Scope {
  return scopeOf(rules, kinds, (coordinate) => namesOfKey(splitCoordinate(coordinate).key));
}
