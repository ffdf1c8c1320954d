import { compactJson, isList, isObj, type Json } from "../../../src/model/json.ts";
import type { Coordinate } from "../../../src/model/coordinate.ts";
import type { Edit } from "../../../src/model/report.ts";
import type { Operation } from "../../../src/model/plan.ts";
import { parsePointer } from "../../../src/model/pointer.ts";
import { readPath } from "../../importers/provider/property-paths.ts";
import type { Run } from "./engine.ts";
import { changes, type Change } from "./events.ts";

/** A place that a preview names: for each segment what a pointer of a plan may call it. */
type Place = readonly (readonly string[])[];

/**
 * What a plan edits and a preview does not show, and the other way round, place by place; empty when they agree. A place inside
 * a text is the text's: its lines are no properties of a resource.
 * @param operations those of a plan that change what is there
 */
export function differingPlaces(operations: readonly Pick<Operation, "coordinate" | "edits">[], run: Run): string[] {
  const previewed = previewedPlaces(run);
  const planned = new Map<Coordinate, (readonly string[])[]>();
  for (const { coordinate, edits } of operations)
    planned.set(coordinate, [...(planned.get(coordinate) ?? []), ...edits.map(plannedPlace)]);
  const names = new Set([...previewed.keys(), ...planned.keys()]);
  return [...names].sort().flatMap((name) => {
    const [shown, wanted] = [previewed.get(name) ?? [], planned.get(name) ?? []];
    return [
      ...wanted.filter((path) => !shown.some((place) => isAt(path, place))).map((path) => ["not previewed", path]),
      ...shown.filter((place) => !wanted.some((path) => isAt(path, place))).map((place) => ["not planned", place]),
    ].map(([problem, path]) => `${String(problem)}: ${name} ${JSON.stringify(path)}`);
  });
}

/** Coordinate → the places that a preview changes. */
function previewedPlaces(run: Run): Map<Coordinate, Place[]> {
  const found = new Map<Coordinate, Place[]>();
  for (const change of changes(run)) {
    const coordinate = objectOf(change.name);
    found.set(coordinate, [...(found.get(coordinate) ?? []), ...change.paths.map((path) => placeOf(change, path))]);
  }
  return found;
}

/** A Link speaks for the object that it completes. */
export function objectOf(name: string): Coordinate {
  return name.startsWith(LINK) ? name.slice(LINK.length) : name;
}

const LINK = "link/";

/** A member of a set is called by its place in the preview, and by its value in a plan. */
function placeOf({ name, before, after }: Change, path: string): Place {
  const place: string[][] = [];
  let [old, next]: (Json | undefined)[] = [before, after];
  for (const element of readPath(path)) {
    [old, next] = [childOf(old, element), childOf(next, element)];
    const members = typeof element === "number" ? [old, next].flatMap((item) => memberName(item) ?? []) : [];
    place.push([String(element), ...members]);
  }
  if (!name.startsWith(LINK)) return place;
  const [[values] = [], [pointer = ""] = [], ...rest] = place;
  return values === "values" ? [...parsePointer(pointer).map((segment) => [segment]), ...rest] : place;
}

function childOf(value: Json | undefined, element: string | number): Json | undefined {
  if (isList(value)) return value[Number(element)];
  return isObj(value) && Object.hasOwn(value, element) ? value[element] : undefined;
}

function memberName(item: Json | undefined): string | undefined {
  return item === undefined || typeof item === "string" ? item : compactJson(item);
}

function plannedPlace({ path }: Edit): readonly string[] {
  const segments = parsePointer(path);
  return segments[0] === "yaml" ? ["yaml"] : segments;
}

function isAt(path: readonly string[], place: Place): boolean {
  return path.length === place.length && place.every((names, at) => names.includes(path[at] ?? ""));
}
