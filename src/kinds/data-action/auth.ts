import { splitCoordinate, splitKey, type Coordinate } from "../../model/coordinate.ts";
import { textOf, type Obj } from "../../model/json.ts";

/**
 * Start of the id of the action by which an integration logs in; its integration's id follows. The official provider builds the
 * id in this way and reads the action by it (`getCustomAuthIdFromIntegration`).
 */
const AUTH_PREFIX = "customAuth_-_";

/** Last part of the key of that action. */
export const AUTH_NAME = "@auth";

/** Is it the action by which an integration logs in? The platform makes it with the integration. */
export function isAuthAction(entity: Obj): boolean {
  return textOf(entity["id"]).startsWith(AUTH_PREFIX);
}

/** Is it the coordinate of such an action? Those of other actions have a category between integration and name. */
export function isAuthCoordinate(coordinate: Coordinate): boolean {
  const [, name, ...more] = splitKey(splitCoordinate(coordinate).key);
  return name === AUTH_NAME && more.length === 0;
}

/** Id of the action by which an integration logs in. */
export function authActionId(integrationId: string): string {
  return AUTH_PREFIX + integrationId;
}
