import { badRequest } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import { isObject, textAt } from "./json.ts";
import type { Registry, Resource } from "./resource.ts";
import { addressOf } from "./resource.ts";
import { newId, putEntry } from "./store.ts";
import type { Org, World } from "./world.ts";

/** What the platform would have written into a new object of the kind, and the given object does not say. */
function stampsOf(resource: Resource, org: Org, world: World, given: JsonObject): JsonObject {
  const now = new Date(world.clock.now()).toISOString();
  const division = resource.divided && !isObject(given.division) ? { division: { id: org.homeDivisionId } } : {};
  const domain = { version: 1, dateCreated: now, dateModified: now, state: "active" };
  return { ...division, ...(resource.stamps === "domain" ? domain : {}) };
}

/**
 * Stores an object past the API, as it is given: for kinds that no public operation creates (agent scripts), and for
 * objects that no operation would leave behind (deleted ones, references to nothing, properties that nobody knows). The
 * body is `{ kind, parentId?, …properties }` with the simulator's own names of kinds; `{ id }` gives the id itself. The
 * answer has id and path. Throws 400 for an unknown kind or a missing name.
 */
export function createPlainObject(org: Org, world: World, registry: Registry, body: JsonObject): JsonObject {
  const { kind, parentId, ...given } = body;
  const resource = registry.resources.get(textAt(kind));
  if (!resource) throw badRequest(`unknown kind ${textAt(kind)}`, "invalid.value");
  if (resource.fields.name?.required && textAt(given.name) === "")
    throw badRequest("name is required", "constraint.validation");
  const parent = textAt(parentId) === "" ? undefined : textAt(parentId);
  const id = textAt(given.id) || (resource.identify?.(given) ?? newId(org));
  const data = { ...stampsOf(resource, org, world, given), ...given, id };
  putEntry(org, resource.kind, { id, data, hidden: {} }, parent);
  return { id, path: addressOf(resource, id, parent) };
}
