import { badRequest } from "../errors.ts";
import { isoTime, objectBody, wanted } from "../engine.ts";
import type { JsonObject } from "../json.ts";
import { listAt, numberAt, objectAt, textAt } from "../json.ts";
import { byId } from "../listing.ts";
import type { Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { flag, idOf, list, object, oneOf, required, server, text, whole } from "../shape.ts";
import { entryOf } from "../store.ts";
import type { Entry, Org } from "../world.ts";
import { groupMemberRoutes, membersOf } from "./group-members.ts";

const path = "/api/v2/groups";

/** Addresses come back with the number as people read it. */
function shownAddress(address: JsonObject): JsonObject {
  return { ...address, display: textAt(address.address) || textAt(address.extension) };
}

/** An update need not repeat the name (definition GroupUpdate). */
function keptName(org: Org, id: string | undefined): JsonObject {
  const name = id === undefined ? undefined : entryOf(org, "group", id)?.data.name;
  return name === undefined ? {} : { name };
}

/** What may be in a create body is in an update too, but for the type; a description is heard in an update only. */
function stamp(entry: Entry, now: number, previous: Entry | undefined): void {
  const { description: _unheard, ...created } = entry.data;
  const { visibility = "public", type = "official" } = entry.data;
  entry.data = {
    ...(previous === undefined ? created : entry.data),
    type: previous?.data.type ?? type,
    visibility: visibility === "ownerIds" ? "owners" : visibility,
    state: "active",
    dateModified: isoTime(now),
  };
}

/**
 * Groups of people (definition Group). A create ignores the description, only an update takes it (official provider:
 * "a bug with the API"), and no update changes the type (definition GroupUpdate). Members are a list of their own. A
 * deleted group is still answered, with `state: deleted` (official provider).
 */
export const group: Resource = {
  kind: "group",
  path,
  fields: {
    name: required(text),
    description: text,
    dateModified: server(text),
    state: server(text),
    version: server(whole),
    type: oneOf("official", "social"),
    images: list(object({ resolution: text, imageUri: text })),
    addresses: list(
      object({
        address: text,
        extension: text,
        type: required(oneOf("GROUPRING", "GROUPPHONE")),
        mediaType: required(oneOf("PHONE")),
      }),
    ),
    rulesVisible: flag,
    visibility: oneOf("public", "owners", "ownerIds", "members"),
    rolesEnabled: flag,
    includeOwners: flag,
    callsEnabled: flag,
    ownerIds: list(idOf("user")),
  },
  needs: {
    list: anyOf(),
    view: anyOf(),
    add: anyOf("directory:group:add"),
    edit: anyOf("directory:group:edit"),
    remove: anyOf("directory:group:delete"),
  },
  listing: { paging: "page", maxSize: 500, filters: { id: byId } },
  update: "PUT",
  stamps: "version",
  staleStatus: 409,
  softDelete: true,
  deleteStatus: 200,
  missingCode: "general.resource.not.found",
  unique: [{ by: ["name"], status: 400, code: "group.name.in.use" }],
  defaults: (_body, { org, params }) => ({ ...keptName(org, params.id), rulesVisible: true, visibility: "public" }),
  check(draft, call, previous) {
    const absent = ["type", "rulesVisible", "visibility"].find((name) => objectBody(call)[name] === undefined);
    if (previous === undefined && absent !== undefined)
      throw badRequest(`The ${absent} field is required`, "constraint.validation", { params: { field: absent } });
    if (listAt(draft.addresses).some((address) => shownAddress(objectAt(address)).display === ""))
      throw badRequest("An address needs a number or an extension", "invalid.standalone.phone");
  },
  beforeStore: (entry, call, previous) => stamp(entry, call.now, previous),
  show(shown, entry, call) {
    const { ownerIds, addresses, ...rest } = shown;
    return {
      ...rest,
      ...(addresses === undefined ? {} : { addresses: listAt(addresses).map((one) => shownAddress(objectAt(one))) }),
      owners: listAt(ownerIds).map((id) => ({ id: textAt(id), selfUri: `/api/v2/users/${textAt(id)}` })),
      memberCount: numberAt(membersOf(call.org, entry).length),
    };
  },
  routes: groupMemberRoutes(path, (call) => wanted(group, call)),
};
