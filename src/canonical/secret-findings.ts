import type { Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import { formatPointer } from "../model/pointer.ts";
import type { Finding } from "../model/snapshot.ts";
import { secretPlaces } from "./secrets-in-json.ts";

/** A finding for each value of the objects that looks like a secret: its place, never the value. */
export async function secretFindings(objects: ReadonlyMap<Coordinate, Obj>): Promise<Finding[]> {
  const coordinates = [...objects.keys()];
  const places = await secretPlaces([...objects.values()].map((value) => ({ name: "", value })));
  return places.map(({ value, path, line }) => ({
    code: "looks-like-a-secret",
    coordinate: coordinates[value] ?? "",
    path: formatPointer(path),
    message: `Holds what looks like a secret${line === undefined ? "" : ` in line ${String(line)}`}; snapshots and plans keep it as it is`,
  }));
}
