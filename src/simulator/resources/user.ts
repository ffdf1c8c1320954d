import { badRequest } from "../errors.ts";
import { create, objectBody, show, wanted, amend, demandVersion } from "../engine.ts";
import type { Json, JsonObject } from "../json.ts";
import { numberAt, textAt } from "../json.ts";
import { byId, pageAnswer } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { anything, flag, idOf, list, object, oneOf, ref, required, server, text, whole } from "../shape.ts";
import { dropEntry, entriesOf, entryOf } from "../store.ts";
import type { Entry, Reply } from "../world.ts";

const contact = object({
  address: text,
  mediaType: oneOf("PHONE", "EMAIL", "SMS"),
  type: oneOf("PRIMARY", "WORK", "WORK2", "WORK3", "WORK4", "HOME", "MOBILE", "MAIN", "OTHER"),
  extension: text,
  countryCode: text,
  integration: text,
});

function queuesOf(call: Call): Reply {
  const user = wanted(userKind, call);
  const joined = (call.query.get("joined") ?? "true") === "true";
  const memberships = entriesOf(call.org, "queue").flatMap((queue): Json[] => {
    const member = entryOf(call.org, "queue-member", user.id, queue.id);
    if (!member || (joined && member.data.joined !== true)) return [];
    const { name = "", division = {} } = queue.data;
    return [
      {
        id: queue.id,
        name,
        division,
        joined: member.data.joined ?? false,
        selfUri: `/api/v2/routing/queues/${queue.id}`,
      },
    ];
  });
  return { status: 200, json: pageAnswer(memberships, { paging: "page", maxSize: 100 }, call, (item) => item) };
}

function shownUser(shown: JsonObject, entry: Entry): JsonObject {
  const email = textAt(entry.data.email);
  const primaryContactInfo = [{ address: email, mediaType: "EMAIL", type: "PRIMARY" }];
  return { version: 1, ...shown, primaryContactInfo, username: textAt(entry.data.username) || email };
}

/** Users: found by their e-mail in lower case; deletion is soft and ends their queue memberships (genesys-api §3). */
export const userKind: Resource = {
  kind: "user",
  path: "/api/v2/users",
  fields: {
    name: required(text),
    division: ref("division", { shows: ["name", "selfUri"] }),
    chat: anything,
    department: text,
    email: required(text),
    addresses: list(contact),
    state: oneOf("active", "inactive", "deleted"),
    title: text,
    username: text,
    manager: ref("user", { shows: ["name", "selfUri"] }),
    images: anything,
    version: server(whole),
    certifications: list(text),
    biography: anything,
    employerInfo: anything,
    preferredName: text,
    acdAutoAnswer: flag,
  },
  createFields: {
    name: required(text),
    department: text,
    email: required(text),
    addresses: list(contact),
    title: text,
    divisionId: idOf("division"),
    state: oneOf("active", "inactive"),
  },
  deleteStatus: 200,
  needs: { list: anyOf(), view: anyOf(), remove: anyOf("directory:user:delete", "directory:organization:admin") },
  listing: {
    paging: "page",
    maxSize: 500,
    assumed: { state: "active" },
    filters: {
      id: byId,
      state: (entry, values) => values.includes("any") || values.includes(textAt(entry.data.state)),
    },
  },
  divided: true,
  softDelete: true,
  listsDeleted: true,
  unique: [{ by: ["email"], status: 409, code: "general.conflict" }],
  defaults: () => ({ state: "active", acdAutoAnswer: false }),
  check(draft) {
    if (!textAt(draft.email).includes("@")) throw badRequest("email is not valid", "invalid.value");
  },
  beforeStore(entry, _call, previous) {
    entry.data = {
      ...entry.data,
      email: textAt(entry.data.email).toLowerCase(),
      version: numberAt(previous?.data.version) + 1,
    };
  },
  beforeDelete(entry, call) {
    for (const queue of entriesOf(call.org, "queue")) dropEntry(call.org, "queue-member", entry.id, queue.id);
  },
  show: shownUser,
  routes: [
    {
      method: "POST",
      path: "/api/v2/users",
      needs: anyOf("directory:user:add"),
      handle(call) {
        const { divisionId, ...body } = objectBody(call);
        const entry = create({ ...userKind, createFields: userKind.fields }, asEntity(body, divisionId), call);
        return { status: 200, json: show(userKind, entry, call) };
      },
    },
    {
      method: "PATCH",
      path: "/api/v2/users/{id}",
      needs: anyOf("directory:user:edit", "directory:organization:admin"),
      handle(call) {
        const entry = wanted(userKind, call);
        const { manager, ...body } = objectBody(call);
        demandVersion(userKind, body, entry.data.version);
        const change = typeof manager === "string" ? { ...body, manager: { id: manager } } : body;
        return { status: 200, json: show(userKind, amend(userKind, entry, change, call), call) };
      },
    },
    { method: "GET", path: "/api/v2/users/{id}/queues", needs: anyOf("routing:queue:view"), handle: queuesOf },
  ],
};

/** A create body as the entity has it: the division as a reference, the e-mail in lower case. */
function asEntity(body: JsonObject, divisionId: Json | undefined): JsonObject {
  const email = textAt(body.email).toLowerCase();
  const division = typeof divisionId === "string" ? { division: { id: divisionId } } : {};
  return { ...body, email, ...division };
}
