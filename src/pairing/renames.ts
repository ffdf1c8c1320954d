import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { parentReference } from "../canonical/references.ts";
import { identityOf, isNamed, keyWith, namesOf, type Identity } from "./identity.ts";
import type { RenameRule } from "./rename-rules.ts";
import { nameHint, type UnmatchedRule } from "./rules.ts";

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
 * @throws LockstepError `rename-collision` when two objects would become one; `rename-empty` when nothing is left of
 * a name; `rename-unsupported` when the key of a written object is not made of its name
 */
export function renameAll(source: NamedObjects, rules: readonly RenameRule[]): RenameMap {
  const renaming = new Map<Coordinate, RenamedObject>();
  const visit = (coordinate: Coordinate): RenamedObject => {
    const done = renaming.get(coordinate);
    if (done !== undefined) return done;
    const { kind: kindName, key } = splitCoordinate(coordinate);
    const kind = source.kinds.get(kindName);
    const object = source.objects.get(coordinate);
    const identity = identityOf(kind, key, object);
    const fixed = !isNamed(identity) || (kind?.mode === "write" && object === undefined);
    const name = fixed ? identity.name : newName(coordinate, identity, kind, rules);
    const rekeyed = source.rekeyed.get(coordinate);
    const parent = kind === undefined ? undefined : parentReference(kind, key);
    const desiredKey = rekeyed ?? keyWith(identity, name, parent === undefined ? undefined : keys(visit(parent)));
    const renamed = { coordinate, identity, name, desired: coordinateOf(kindName, desiredKey), fixed };
    renaming.set(coordinate, renamed);
    return renamed;
  };
  // A child may have a parent that the source does not hold: such a parent is not part of the answer.
  const known = new Map([...source.coordinates].map((coordinate) => [coordinate, visit(coordinate)]));
  assertDistinct(known);
  return known;
}

function newName(
  coordinate: Coordinate,
  identity: Identity,
  kind: Kind | undefined,
  rules: readonly RenameRule[],
): string {
  for (const rule of rules) {
    const name = splitCoordinate(coordinate).kind === rule.kind ? rule.newName(identity) : undefined;
    if (name === undefined) continue;
    if (name === "") throw emptyName(coordinate, rule.path);
    if (name === identity.name || kind?.mode !== "write" || identity.at !== undefined) return name;
    throw new LockstepError(
      "rename-unsupported",
      `${coordinate} has no name that could change: its key is made of other fields`,
      "Use `numbers` for phone numbers, or an override.",
      { coordinate, path: rule.path },
    );
  }
  return identity.name;
}

function emptyName(coordinate: Coordinate, path: string): LockstepError {
  const message = `${path} leaves nothing of the name of ${coordinate}`;
  return new LockstepError("rename-empty", message, "Keep a part of the name, such as a group of the pattern.", {
    coordinate,
    path,
  });
}

function keys({ identity, desired }: RenamedObject): { from: string; to: string } {
  return { from: identity.key, to: splitCoordinate(desired).key };
}

function assertDistinct(renaming: RenameMap): void {
  const owners = new Map<Coordinate, Coordinate>();
  for (const { coordinate, desired } of renaming.values()) {
    const owner = owners.get(desired);
    if (owner !== undefined) {
      throw new LockstepError(
        "rename-collision",
        `${owner} and ${coordinate} would both become ${desired} in the standby`,
        "Give one of the two another name in `renames`, or exclude it.",
        { coordinate: desired, path: "/renames" },
      );
    }
    owners.set(desired, coordinate);
  }
}

/** Rules that no object of the source answers to. Kinds that the source was not read for are not judged. */
export function unmatchedRenames(
  renaming: RenameMap,
  rules: readonly RenameRule[],
  readKinds: ReadonlySet<string>,
): UnmatchedRule[] {
  return rules.flatMap((rule): UnmatchedRule[] => {
    if (!readKinds.has(rule.kind)) return [];
    const ofKind = [...renaming.values()].filter(({ coordinate }) => splitCoordinate(coordinate).kind === rule.kind);
    if (ofKind.some(({ identity, fixed }) => !fixed && rule.newName(identity) !== undefined)) return [];
    const identities = ofKind.map(({ identity }) => identity);
    const message = `no ${rule.kind} of the source is called ${rule.from}`;
    return [
      { code: "rename-unmatched", path: rule.path, message, hint: nameHint(rule.from, identities.flatMap(namesOf)) },
    ];
  });
}
