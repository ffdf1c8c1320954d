import { splitKey, splitCoordinate } from "../../model/coordinate.ts";
import { listOf } from "../../model/json.ts";
import type { OperationView } from "../../model/kind.ts";
import { setChanges } from "../../model/part-changes.ts";

/** The route that the platform makes with every new site (genesys-api §5.5). */
const DEFAULT_ROUTE = "Default Outbound Route";

/**
 * A classification belongs to one route of a site at a time (genesys-api §5.5): the route that loses one is written before
 * the route that gains it, and the default route of a new site, which starts with some, before its other routes.
 */
export function freesClassificationFor(first: OperationView, second: OperationView): boolean {
  const [site, name] = namesOf(first);
  if (site !== namesOf(second)[0]) return false;
  if (first.before === undefined && name === DEFAULT_ROUTE) return true;
  const lost = setChanges(classifications(first.before), classifications(first.after)).removed;
  const gained = new Set(setChanges(classifications(second.before), classifications(second.after)).added);
  return lost.some((classification) => gained.has(classification));
}

function namesOf({ coordinate }: OperationView): string[] {
  return splitKey(splitCoordinate(coordinate).key);
}

function classifications(route: OperationView["before"]): ReturnType<typeof listOf> {
  return listOf(route?.["classificationTypes"]);
}
