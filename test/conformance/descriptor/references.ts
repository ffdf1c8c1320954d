import { normalise } from "../../../src/canonical/normalise.ts";
import { coordinateOf, splitCoordinate } from "../../../src/model/coordinate.ts";
import { isList, isObj, type Json } from "../../../src/model/json.ts";
import type { Kind } from "../../../src/model/kind.ts";
import { rawState } from "../office.ts";
import { patternOf } from "../leaves.ts";
import { entitiesOf } from "./entities.ts";
import type { Fault } from "./fault.ts";
import type { World } from "./world.ts";

/**
 * Is every reference marked? What is compared must hold no id of an object: ids are others in every organisation, so an
 * unmarked reference would be a difference for ever, and would be written with the id of the wrong organisation.
 */
export async function referenceFaults(kind: Kind, world: World): Promise<Fault[]> {
  const coordinates = new Map(
    [...world.snapshot.ids].map(([at, id]) => [coordinateOf(splitCoordinate(at).kind, id), at]),
  );
  const owners = idsIn(await rawState(world.office, "standby"));
  const faults = new Map<string, Fault>();
  for (const [coordinate, entity] of await entitiesOf(world, kind.name)) {
    const { object } = normalise(kind, coordinate, entity, (other, id) => coordinates.get(coordinateOf(other, id)));
    for (const { path, text } of textsIn(object)) {
      const owner = owners.get(text);
      if (owner === undefined) continue;
      const field = patternOf(path);
      faults.set(field, {
        kind: kind.name,
        field,
        what: `holds the id of ${owner}, but is no reference (x-lockstep.ref)`,
      });
    }
  }
  return [...faults.values()];
}

/** Id → where its object is in the organisation. Only ids that cannot be anything else. */
function idsIn(state: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  return new Map(
    Object.keys(state).flatMap((path) => {
      const id = decodeURIComponent(path.split("/").at(-1) ?? "");
      return /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(id) ? [[id, path.slice(0, path.lastIndexOf("/"))] as const] : [];
    }),
  );
}

interface Text {
  readonly path: readonly string[];
  readonly text: string;
}

/** Every text of a value, keys of objects included. */
function textsIn(value: Json, path: readonly string[] = []): Text[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (isList(value)) return value.flatMap((item, at) => textsIn(item, [...path, String(at)]));
  if (!isObj(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    { path: [...path, "*"], text: name },
    ...textsIn(inner, [...path, name]),
  ]);
}
