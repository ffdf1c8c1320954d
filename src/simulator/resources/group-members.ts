import { badRequest, conflict } from "../errors.ts";
import { objectBody } from "../engine.ts";
import type { Json, JsonObject } from "../json.ts";
import { listAt, numberAt, textAt } from "../json.ts";
import { pageAnswer, queryValues } from "../listing.ts";
import { shuffled } from "../references.ts";
import type { Call, Route } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { dropEntry, entriesOf, entryOf, isDeleted, putEntry } from "../store.ts";
import type { Entry, Org, Reply } from "../world.ts";

/** How many members one request adds or removes at most (definition GroupMembersUpdate). */
const most = 50;

function people(org: Org, ids: readonly string[]): Entry[] {
  return [...new Set(ids)].flatMap((id) => entryOf(org, "user", id) ?? []).filter((user) => !isDeleted(user));
}

function individualsOf(org: Org, group: Entry): Entry[] {
  return people(
    org,
    entriesOf(org, "group-member", group.id).map(({ id }) => id),
  );
}

/** Members: the individuals, and the owners where these count (definition of GET groups/{groupId}/members). */
export function membersOf(org: Org, group: Entry): Entry[] {
  const owners = group.data.includeOwners === true ? listAt(group.data.ownerIds).map(textAt) : [];
  return people(org, [...individualsOf(org, group).map(({ id }) => id), ...owners]);
}

function shownPerson({ id, data }: Entry): JsonObject {
  const { name = "", email = "", state = "active", version = 1 } = data;
  return { id, name, email, state, version, selfUri: `/api/v2/users/${id}` };
}

function demandFew(ids: readonly string[]): void {
  if (ids.length > most) throw badRequest(`At most ${most} members are allowed per request`, "general.bad.request");
}

/** Every change of the members makes a new version of the group; a version that is given has to be the current one. */
function changed(group: Entry): Reply {
  group.data = { ...group.data, version: numberAt(group.data.version) + 1 };
  return { status: 202, json: {} };
}

function add(call: Call, group: Entry): Reply {
  const body = objectBody(call);
  const ids = listAt(body.memberIds).map(textAt);
  demandFew(ids);
  if (body.version !== undefined && body.version !== group.data.version)
    throw conflict("The version does not match the current version of the group", "general.conflict");
  const stranger = ids.find((id) => people(call.org, [id]).length === 0);
  if (stranger !== undefined) throw badRequest(`The user ${stranger} does not exist`, "general.resource.not.found");
  for (const id of ids) putEntry(call.org, "group-member", { id, data: { id }, hidden: {} }, group.id);
  return changed(group);
}

function remove(call: Call, group: Entry): Reply {
  const ids = queryValues(call, "ids");
  demandFew(ids);
  for (const id of ids) dropEntry(call.org, "group-member", id, group.id);
  return changed(group);
}

function individuals(call: Call, group: Entry): Json {
  const members = shuffled(individualsOf(call.org, group), call.world.settings.shuffleSeed, ({ id }) => id);
  const entities = members.map(shownPerson);
  return { entities, total: entities.length, selfUri: call.path };
}

/** The members of a group and those of them who were added one by one; `find` gives the group that a path names. */
export function groupMemberRoutes(groups: string, find: (call: Call) => Entry): readonly Route[] {
  const path = `${groups}/{id}/members`;
  const route = (method: string, at: string, handle: (call: Call, group: Entry) => Reply): Route => ({
    method,
    path: at,
    needs: anyOf(),
    handle: (call) => handle(call, find(call)),
  });
  return [
    route("GET", path, (call, group) => ({
      status: 200,
      json: pageAnswer(membersOf(call.org, group), { paging: "page" }, call, shownPerson),
    })),
    route("POST", path, add),
    route("DELETE", path, remove),
    route("GET", `${groups}/{id}/individuals`, (call, group) => ({ status: 200, json: individuals(call, group) })),
  ];
}
