import { contentReferences, nameIndex, parentReference, references } from "../../src/canonical/references.ts";
import { KINDS } from "../../src/kinds/index.ts";
import { splitCoordinate, type Coordinate } from "../../src/model/coordinate.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import type { Side } from "../../src/model/side.ts";
import type { Simulator } from "../../src/simulator/index.ts";

/** What both organisations hold; plain data of the simulator, past its API. */
export type Worlds = ReadonlyMap<Side, SideState>;

type Org = NonNullable<ReturnType<Simulator["world"]["orgs"]["get"]>>;
type SideState = Org["state"];
export type Entry = SideState["collections"] extends Map<string, Map<string, infer Inner>> ? Inner : never;

export const SIDES = ["primary", "standby"] as const;

export function orgOf({ world }: Simulator, side: Side): Org {
  const org = world.orgs.get(side);
  if (org === undefined) throw new Error(`no organisation ${side}`);
  return org;
}

/** A copy of both organisations as they are. */
export function saveWorlds(simulator: Simulator): Worlds {
  return new Map(SIDES.map((side) => [side, structuredClone(orgOf(simulator, side).state)]));
}

/** Makes both organisations what they were. */
export function restoreWorlds(simulator: Simulator, worlds: Worlds): void {
  for (const [side, state] of worlds) orgOf(simulator, side).state = structuredClone(state);
}

/** Ids of everything that an organisation holds, of any collection. */
export function idsOf(simulator: Simulator, side: Side): Set<string> {
  return new Set([...orgOf(simulator, side).state.collections.values()].flatMap((entries) => [...entries.keys()]));
}

/** What was uploaded, some of it by objects that stay. */
const FILES = "file";

/** Objects that live in a collection of their parent and are objects of their own. */
const OWN = new Set(["outbound-route", "email-route"]);

/**
 * Leaves only certain objects in an organisation, with all that is part of them.
 * @param keep their ids, and those of what a new organisation has
 */
export function shrink(simulator: Simulator, side: Side, keep: ReadonlySet<string>): void {
  for (const [name, entries] of orgOf(simulator, side).state.collections) {
    const [kind = "", parent] = name.split("@");
    if (parent !== undefined && !OWN.has(kind)) {
      if (!keep.has(parent)) entries.clear();
      continue;
    }
    if (kind === FILES) continue;
    for (const id of entries.keys()) {
      // The platform makes the login action of an integration, and names it after it.
      const isKept = keep.has(id) || keep.has(id.replace(/^customAuth_-_/, ""));
      if (!isKept) entries.delete(id);
    }
  }
}

/** Removes one object with all that is part of it, as if it had never been there. */
export function remove(simulator: Simulator, side: Side, id: string): void {
  for (const [name, entries] of orgOf(simulator, side).state.collections) {
    const [kind = "", parent] = name.split("@");
    if (parent === id) entries.clear();
    else if (parent === undefined || OWN.has(kind)) for (const own of [id, `customAuth_-_${id}`]) entries.delete(own);
  }
}

/** Which objects each object of an organisation needs: what it refers to, names in its text, or belongs to. */
export function needsOf(snapshot: Snapshot): (coordinate: Coordinate) => ReadonlySet<Coordinate> {
  const named = nameIndex(snapshot.ids.keys());
  return (coordinate) => {
    const kind = KINDS.get(splitCoordinate(coordinate).kind);
    const object = snapshot.objects.get(coordinate);
    if (kind === undefined || object === undefined) return new Set();
    const parent = parentReference(kind, splitCoordinate(coordinate).key);
    return new Set([
      ...references(kind, object).map((reference) => reference.coordinate),
      ...contentReferences(kind, object).flatMap((reference) => named(reference) ?? []),
      ...(parent === undefined ? [] : [parent]),
    ]);
  };
}

/** Everything that objects need, themselves included. */
export function closure(
  roots: readonly Coordinate[],
  needs: (coordinate: Coordinate) => ReadonlySet<Coordinate>,
): Set<Coordinate> {
  const found = new Set<Coordinate>();
  const open = [...roots];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...needs(next));
  }
  return found;
}
