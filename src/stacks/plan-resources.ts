import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Blocked } from "../model/obstacles.ts";
import { references } from "../canonical/references.ts";
import { claimedValues } from "./claimed-values.ts";
import type { DesiredOrg, Inventory } from "./desired-org.ts";
import { registrations, type Registration } from "../importers/provider/rpc/registration.ts";

/** One resource of the program: an object of a kind, or the Link that completes one. */
export type PlannedResource = Registered &
  ({ readonly kind: string; readonly args: Obj } | { readonly kind: undefined; readonly args: LinkInputs });

/** Inputs of a Link: see the generated resource class. */
type LinkInputs = {
  readonly target: Coordinate;
  readonly values: Obj;
  readonly lockstep?: Obj;
};

interface Registered {
  /** Logical name. */
  readonly name: string;
  /** The id that it is adopted under; undefined where nothing is there yet. */
  readonly importId: string | undefined;
  readonly aliases: readonly string[];
  /** Logical names of resources that have to be there before, all of them earlier in the list. */
  readonly dependsOn: readonly string[];
  readonly protect: boolean;
}

/** The resources of a program, and what it does not do. */
export interface PlannedResources {
  readonly resources: readonly PlannedResource[];
  readonly blocked: readonly Blocked[];
  /** Objects that give up values now and are deleted by the next update. */
  readonly leaving: readonly Coordinate[];
}

/**
 * The resources of an organisation, in an order in which each finds what it depends on, and what cannot be written. What
 * cannot be written and is there already is retained, so that Pulumi does not take it for removed.
 */
export function planResources(wanted: DesiredOrg): PlannedResources {
  const { inventory, kinds, renamed, setAside, findings } = wanted;
  const { blocked: taken, leaving, kept: waiting } = claimedValues(wanted);
  const desired = new Map([...wanted.desired, ...leaving]);
  const current = new Map(
    [...desired.keys()].flatMap((at) => {
      const object = inventory.current.get(renamed.get(at) ?? at);
      return object === undefined ? [] : [[at, object] as const];
    }),
  );
  const known = new Set(inventory.ids.keys());
  const { items, blocked } = registrations(desired, kinds, known, {
    current,
    setAside,
    findings,
    taken: [...taken, ...wanted.untold],
  });
  const registered = new Set(items.map(({ coordinate }) => coordinate));
  // An object of which only the Link is blocked is registered all the same.
  const left = blocked
    .filter(({ coordinate }) => !registered.has(coordinate))
    .map(({ coordinate }) => renamed.get(coordinate) ?? coordinate);
  const kept = new Set(
    [...wanted.retained, ...waiting, ...left].filter((coordinate) => isKnown(inventory, coordinate)),
  );
  return {
    resources: [
      ...[...kept].map((coordinate) => retainedResource(coordinate, wanted)),
      ...items.map((item) => objectResource(item, wanted, leaving.has(item.coordinate))),
      ...items.flatMap((item) => linkResource(item, wanted)),
    ],
    blocked,
    leaving: [...leaving.keys()],
  };
}

function isKnown({ ids, skipped }: Inventory, coordinate: Coordinate): boolean {
  return ids.has(coordinate) && !skipped.has(coordinate);
}

function retainedResource(coordinate: Coordinate, { inventory, kinds, protects }: DesiredOrg): PlannedResource {
  const { kind: name, key } = splitCoordinate(coordinate);
  const kind = kinds.get(name);
  return {
    name: coordinate,
    kind: name,
    args: { key, lockstep: { retained: true } },
    importId: inventory.ids.get(coordinate),
    aliases: [],
    dependsOn: [],
    protect: kind !== undefined && protects(kind),
  };
}

function objectResource(item: Registration, wanted: DesiredOrg, leaving: boolean): PlannedResource {
  const { coordinate, kind, object, linked, takes, dependsOn } = item;
  const { ignored, extra, sourceId } = wanted.treatment(coordinate);
  const lockstep: Obj = {
    ...(ignored.length === 0 ? {} : { ignored: [...ignored] }),
    ...(linked.length === 0 ? {} : { linked: [...linked] }),
    ...(extra.length === 0 ? {} : { extra: [...extra] }),
    ...movedBy(kind, object, wanted.renamed),
    ...(takes.length === 0 ? {} : { takes: takes.map((from) => wanted.renamed.get(from) ?? from) }),
    ...(leaving ? { leaving } : {}),
    ...(sourceId === undefined ? {} : { sourceId }),
  };
  return {
    name: coordinate,
    kind: kind.name,
    args: { ...object, key: splitCoordinate(coordinate).key, lockstep },
    importId: idOf(coordinate, wanted),
    aliases: wanted.formerNames(coordinate),
    dependsOn,
    protect: wanted.protects(kind),
  };
}

/** What the object refers to and the organisation knows by another name yet. */
function movedBy(kind: Kind, object: Obj, renamed: ReadonlyMap<Coordinate, Coordinate>): { moved?: Obj } {
  if (renamed.size === 0) return {};
  const moved = references(kind, object).flatMap(({ coordinate }): [string, string][] => {
    const before = renamed.get(coordinate);
    return before === undefined ? [] : [[before, coordinate]];
  });
  return moved.length === 0 ? {} : { moved: Object.fromEntries(moved) };
}

function linkResource({ coordinate, kind, object, link }: Registration, wanted: DesiredOrg): PlannedResource[] {
  if (link === undefined) return [];
  const id = idOf(coordinate, wanted);
  const { ignored, sourceId } = wanted.treatment(coordinate);
  const lockstep: Obj = {
    ...(ignored.length === 0 ? {} : { ignored: [...ignored] }),
    ...movedBy(kind, object, wanted.renamed),
    ...(sourceId === undefined ? {} : { sourceId }),
  };
  return [
    {
      name: link.name,
      kind: undefined,
      args: {
        target: coordinate,
        values: { ...link.values },
        ...(Object.keys(lockstep).length === 0 ? {} : { lockstep }),
      },
      importId: id === undefined ? undefined : `${kind.name}/${id}`,
      aliases: wanted.formerNames(coordinate).map((former) => `link/${former}`),
      dependsOn: [...new Set([coordinate, ...link.dependsOn])],
      protect: false,
    },
  ];
}

function idOf(coordinate: Coordinate, { inventory, renamed }: DesiredOrg): string | undefined {
  const there = renamed.get(coordinate) ?? coordinate;
  return isKnown(inventory, there) ? inventory.ids.get(there) : undefined;
}
