import { badRequest } from "../errors.ts";
import { objectBody, wanted } from "../engine.ts";
import { listAt, textAt } from "../json.ts";
import { byNameStart, cursorAnswer, queryValues } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { ref, required, server, text } from "../shape.ts";
import { dropEntry, entriesOf, entryOf, isDeleted, putEntry } from "../store.ts";
import type { Reply } from "../world.ts";
import { named } from "./named-kinds.ts";

const path = "/api/v2/teams";
const listing = { paging: "cursor", maxSize: 100 } as const;

function members(call: Call): Reply {
  const { id } = wanted(team, call);
  const people = entriesOf(call.org, "team-member", id).flatMap((member) => entryOf(call.org, "user", member.id) ?? []);
  const present = people.filter((user) => !isDeleted(user));
  const json = cursorAnswer(present, listing, call, (user) => ({
    id: user.id,
    name: textAt(user.data.name),
    selfUri: `/api/v2/users/${user.id}`,
  }));
  return { status: 200, json };
}

/** Adds those that exist and names the others. */
function addMembers(call: Call): Reply {
  const { id } = wanted(team, call);
  const ids = listAt(objectBody(call).memberIds).map(textAt);
  if (ids.length > 25) throw badRequest("At most 25 members are added at once", "invalid.value");
  const known = ids.filter((member) => entryOf(call.org, "user", member) !== undefined);
  for (const member of known) putEntry(call.org, "team-member", { id: member, data: { id: member }, hidden: {} }, id);
  const failures = ids
    .filter((member) => !known.includes(member))
    .map((member) => ({ id: member, reason: "UserNotFound" }));
  return { status: 200, json: { entities: known.map((member) => ({ id: member })), failures } };
}

/** Teams: a cursor list (genesys-api §1.2), and their members (definition). */
export const team: Resource = named("team", path, "groups:team", {
  fields: {
    name: required(text),
    division: ref("division"),
    description: text,
    dateCreated: server(text),
    dateModified: server(text),
  },
  listing: { ...listing, filters: { name: byNameStart } },
  update: "PATCH",
  routes: [
    { method: "GET", path: `${path}/{id}/members`, needs: anyOf("groups:team:view"), handle: members },
    { method: "POST", path: `${path}/{id}/members`, needs: anyOf("groups:team:assign"), handle: addMembers },
    {
      method: "DELETE",
      path: `${path}/{id}/members`,
      needs: anyOf("groups:team:assign"),
      handle(call) {
        for (const member of queryValues(call, "id")) dropEntry(call.org, "team-member", member, wanted(team, call).id);
        return { status: 204 };
      },
    },
  ],
});
