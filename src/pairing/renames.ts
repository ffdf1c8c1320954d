import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { RuleProblem } from "../model/rule-problem.ts";
import { parentReference } from "../canonical/references.ts";
import { identityOf, isNamed, keyWith, namesOf, type Identity } from "./identity.ts";
import type { RenameRule } from "./rename-rules.ts";
import { nameHint } from "./rules.ts";

/** A source object and who it is in the standby. */
export interface RenamedObject {
  readonly coordinate: Coordinate;
  readonly identity: Identity;
  /** Own name in the standby. */
  readonly name: string;
  /** Coordinate in the standby. */
  readonly desired: Coordinate;
  /** Rules do not apply: Home, and what the platform owns in every organisation under its own name (genesys-api §5.1). */
  readonly fixed: boolean;
}

/** Source coordinate → who it is in the standby, for everything that the source knows. */
export type RenameMap = ReadonlyMap<Coordinate, RenamedObject>;

/** What the source holds, as far as names go. */
export interface NamedObjects {
  readonly coordinates: Iterable<Coordinate>;
  readonly objects: ReadonlyMap<Coordinate, Obj>;
  readonly kinds: ReadonlyMap<string, Kind>;
  /** A key that changed for another reason than a rename, such as the numbers of a DID pool. */
  readonly rekeyed: ReadonlyMap<Coordinate, string>;
}

/**
 * Gives everything in the source its coordinate in the standby. Children follow their parent.
 * @param problems takes the rules that cannot be followed: `rename-collision` when two objects would become one; `rename-empty`
 * when nothing is left of a name; `rename-unsupported` when the key of a written object is not made of its name. In the latter
 * two cases the object keeps its name.
 */
export function renameAll(source: NamedObjects, rules: readonly RenameRule[], problems: RuleProblem[] = []): RenameMap {
  const renaming = new Map<Coordinate, RenamedObject>();
  const visit = (coordinate: Coordinate): RenamedObject => {
    const done = renaming.get(coordinate);
    if (done !== undefined) return done;
    const { kind: kindName, key } = splitCoordinate(coordinate);
    const kind = source.kinds.get(kindName);
    const object = source.objects.get(coordinate);
    const identity = identityOf(kind, key, object);
    const fixed = !isNamed(identity) || (kind?.mode === "write" && object === undefined);
    const given = fixed ? identity.name : newName(coordinate, identity, kind, rules);
    if (typeof given !== "string") problems.push(given);
    const name = typeof given === "string" ? given : identity.name;
    const rekeyed = source.rekeyed.get(coordinate);
    const parent = kind === undefined ? undefined : parentReference(kind, key);
    const desiredKey = rekeyed ?? keyWith(identity, name, parent === undefined ? undefined : keys(visit(parent)));
    const renamed = { coordinate, identity, name, desired: coordinateOf(kindName, desiredKey), fixed };
    renaming.set(coordinate, renamed);
    return renamed;
  };
  // A child may have a parent that the source does not hold: such a parent is not part of the answer.
  const known = new Map([...source.coordinates].map((coordinate) => [coordinate, visit(coordinate)]));
  problems.push(...collisions(known));
  return known;
}

function newName(
  coordinate: Coordinate,
  identity: Identity,
  kind: Kind | undefined,
  rules: readonly RenameRule[],
): string | RuleProblem {
  for (const rule of rules) {
    const name = splitCoordinate(coordinate).kind === rule.kind ? rule.newName(identity) : undefined;
    if (name === undefined) continue;
    if (name === "") return emptyName(coordinate, rule.path);
    if (name === identity.name || kind?.mode !== "write" || identity.at !== undefined) return name;
    return {
      code: "rename-unsupported",
      path: rule.path,
      coordinate,
      message: `${coordinate} has no name that could change: its key is made of other fields`,
      hint: "Use `numbers` for phone numbers, or an override.",
    };
  }
  return identity.name;
}

function emptyName(coordinate: Coordinate, path: string): RuleProblem {
  const message = `${path} leaves nothing of the name of ${coordinate}`;
  const hint = "Keep a part of the name, such as a group of the pattern.";
  return { code: "rename-empty", path, coordinate, message, hint };
}

function keys({ identity, desired }: RenamedObject): { from: string; to: string } {
  return { from: identity.key, to: splitCoordinate(desired).key };
}

function collisions(renaming: RenameMap): RuleProblem[] {
  const owners = new Map<Coordinate, Coordinate>();
  return [...renaming.values()].flatMap(({ coordinate, desired }): RuleProblem[] => {
    const owner = owners.get(desired);
    owners.set(desired, coordinate);
    if (owner === undefined) return [];
    const message = `${owner} and ${coordinate} would both become ${desired} in the standby`;
    const hint = "Give one of the two another name in `renames`, or exclude it.";
    return [{ code: "rename-collision", path: "/renames", coordinate: desired, message, hint }];
  });
}

/** Rules that no object of the source answers to. Kinds that the source was not read for are not judged. */
export function unmatchedRenames(
  renaming: RenameMap,
  rules: readonly RenameRule[],
  readKinds: ReadonlySet<string>,
): RuleProblem[] {
  return rules.flatMap((rule): RuleProblem[] => {
    if (!readKinds.has(rule.kind)) return [];
    const ofKind = [...renaming.values()].filter(({ coordinate }) => splitCoordinate(coordinate).kind === rule.kind);
    if (ofKind.some(({ identity, fixed }) => !fixed && rule.newName(identity) !== undefined)) return [];
    const identities = ofKind.map(({ identity }) => identity);
    const message = `No ${rule.kind} of the source is called ${rule.from}`;
    const hint = nameHint(rule.from, identities.flatMap(namesOf));
    const coordinate = coordinateOf(rule.kind, rule.from);
    return [{ code: "rename-unmatched", path: rule.path, coordinate, message, hint }];
  });
}
