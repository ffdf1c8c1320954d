import { badRequest } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import { isObject, textAt } from "./json.ts";
import type { Registry } from "./resource.ts";
import { addressOf } from "./resource.ts";
import { addEntry } from "./store.ts";
import type { Org, World } from "./world.ts";

/**
 * Stores an object as it is given, for kinds that no public API operation creates (agent scripts, for instance). The
 * body is `{ kind, …properties }`; the answer has the new id and path. Throws 400 for an unknown kind or a missing name.
 */
export function createPlainObject(org: Org, world: World, registry: Registry, body: JsonObject): JsonObject {
  const { kind, parentId, ...data } = body;
  const resource = registry.resources.get(textAt(kind));
  if (!resource) throw badRequest(`unknown kind ${textAt(kind)}`, "invalid.value");
  if (textAt(data.name) === "") throw badRequest("name is required", "constraint.validation");
  const division = resource.divided && !isObject(data.division) ? { division: { id: org.homeDivisionId } } : {};
  const now = new Date(world.clock.now()).toISOString();
  const stamps =
    resource.stamps === "domain" ? { version: 1, dateCreated: now, dateModified: now, state: "active" } : {};
  const parent = textAt(parentId) === "" ? undefined : textAt(parentId);
  const entry = addEntry(org, resource.kind, { ...data, ...division, ...stamps }, {}, parent);
  return { id: entry.id, path: addressOf(resource, entry.id, parent) };
}
