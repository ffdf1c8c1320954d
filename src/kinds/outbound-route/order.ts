import { splitKey, splitCoordinate } from "../../model/coordinate.ts";
import type { OperationView } from "../../model/kind.ts";

/** The route that the platform makes with every new site (genesys-api §5.5). */
const DEFAULT_ROUTE = "Default Outbound Route";

/** The default route of a new site starts with some classifications, so it is written before other routes of the site. */
export function isDefaultOfNewSite(first: OperationView, second: OperationView): boolean {
  const [site, name] = namesOf(first);
  return site === namesOf(second)[0] && first.before === undefined && name === DEFAULT_ROUTE;
}

function namesOf({ coordinate }: OperationView): string[] {
  return splitKey(splitCoordinate(coordinate).key);
}
