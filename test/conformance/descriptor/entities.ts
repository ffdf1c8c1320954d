import { KINDS } from "../../../src/kinds/index.ts";
import { readObject } from "../../../src/canonical/read-object.ts";
import { runSteps } from "../../../src/canonical/run-steps.ts";
import { coordinateOf, splitCoordinate, splitKey, type Coordinate } from "../../../src/model/coordinate.ts";
import type { Obj } from "../../../src/model/json.ts";
import type { World } from "./world.ts";

/** The objects of a kind that is written, as the organisation answers them, with their parts but without their text. */
export async function entitiesOf(
  { office, snapshot }: World,
  name: string,
  wanted?: ReadonlySet<Coordinate>,
): Promise<ReadonlyMap<Coordinate, Obj>> {
  const kind = KINDS.get(name);
  if (kind?.read === undefined || kind.mode !== "write") return new Map();
  const api = await office.connect("standby");
  const known = new Set(kind.content === undefined ? [] : [kind.content.at]);
  const found = await Promise.all(
    [...snapshot.ids].map(async ([coordinate, id]): Promise<[Coordinate, Obj][]> => {
      const at = splitCoordinate(coordinate);
      if (at.kind !== name || wanted?.has(coordinate) === false) return [];
      const [parentKey = ""] = splitKey(at.key);
      const parent = snapshot.ids.get(coordinateOf(kind.parent?.kind ?? "", parentKey));
      const entity = await runSteps(api, name, readObject(kind, id, known, parent));
      return entity === undefined ? [] : [[coordinate, entity]];
    }),
  );
  return new Map(found.flat());
}
