import { badRequest } from "../errors.ts";
import { isoTime, objectBody, wanted } from "../engine.ts";
import { listAt, numberAt, textAt } from "../json.ts";
import { byId, pageAnswer, queryValues } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { flag, idOf, list, object, oneOf, required, server, text, whole } from "../shape.ts";
import { dropEntry, entriesOf, entryOf, putEntry } from "../store.ts";
import type { Reply } from "../world.ts";

const path = "/api/v2/groups";

function addMembers(call: Call): Reply {
  const owner = wanted(group, call);
  for (const id of listAt(objectBody(call).memberIds).map(textAt)) {
    if (!entryOf(call.org, "user", id)) throw badRequest(`The user ${id} does not exist`, "general.resource.not.found");
    putEntry(call.org, "group-member", { id, data: { id }, hidden: {} }, owner.id);
  }
  return { status: 202, json: {} };
}

function dropMembers(call: Call): Reply {
  const owner = wanted(group, call);
  for (const id of queryValues(call, "ids")) dropEntry(call.org, "group-member", id, owner.id);
  return { status: 202, json: {} };
}

function members(call: Call): Reply {
  const owner = wanted(group, call);
  const users = entriesOf(call.org, "group-member", owner.id).flatMap(({ id }) => entryOf(call.org, "user", id) ?? []);
  const json = pageAnswer(users, { paging: "page" }, call, ({ id, data }) => {
    const { name = "", email = "", state = "active", version = 1 } = data;
    return { id, name, email, state, version, selfUri: `/api/v2/users/${id}` };
  });
  return { status: 200, json };
}

/** Groups of users (definition Group); their members reach queues through member groups. */
export const group: Resource = {
  kind: "group",
  path,
  fields: {
    name: required(text),
    description: text,
    dateModified: server(text),
    state: server(text),
    version: server(whole),
    type: required(oneOf("official", "social")),
    images: list(object({ resolution: text, imageUri: text })),
    addresses: list(
      object({ address: text, extension: text, type: oneOf("GROUPRING", "GROUPPHONE"), mediaType: oneOf("PHONE") }),
    ),
    rulesVisible: required(flag),
    visibility: required(oneOf("public", "owners", "members")),
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
  unique: [{ by: ["name"], status: 400, code: "group.name.in.use" }],
  defaults: () => ({ type: "official", rulesVisible: true, visibility: "public" }),
  beforeStore(entry, call, previous) {
    const version = numberAt(previous?.data.version) + 1;
    entry.data = { ...entry.data, state: "active", version, dateModified: isoTime(call.now) };
  },
  show(shown, entry, call) {
    const { ownerIds, ...rest } = shown;
    const owners = listAt(ownerIds).map((id) => ({ id: textAt(id), selfUri: `/api/v2/users/${textAt(id)}` }));
    return { ...rest, owners, memberCount: entriesOf(call.org, "group-member", entry.id).length };
  },
  routes: [
    { method: "GET", path: `${path}/{id}/members`, needs: anyOf(), handle: members },
    { method: "POST", path: `${path}/{id}/members`, needs: anyOf(), handle: addMembers },
    { method: "DELETE", path: `${path}/{id}/members`, needs: anyOf(), handle: dropMembers },
  ],
};
