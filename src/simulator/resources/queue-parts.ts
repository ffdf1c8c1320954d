import { badRequest, notFound } from "../errors.ts";
import { listBody, objectBody, show, wanted } from "../engine.ts";
import type { Json, JsonObject } from "../json.ts";
import { idAt, objectAt, pick, textAt } from "../json.ts";
import { byName, listAddress, pageAnswer, pageNumberFrom, selected } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import { allOf, anyOf } from "../resource.ts";
import { flag, text, whole } from "../shape.ts";
import { dropEntry, entriesOf, entryOf, isDeleted, putEntry } from "../store.ts";
import type { Entry, Reply } from "../world.ts";
import { queue } from "./queue.ts";
import { wrapupCode } from "./wrapup-code.ts";

const path = "/api/v2/routing/queues";
const managing = anyOf("routing:queue:edit", "routing:queueMember:manage");

function queueOf(call: Call): Entry {
  return wanted(queue, { ...call, params: { id: call.params.parentId ?? call.params.id ?? "" } });
}

function shownMember(queueId: string, member: Entry, call: Call): JsonObject {
  const user = entryOf(call.org, "user", member.id);
  const shownUser = pick(user?.data ?? {}, [
    "id",
    "name",
    "email",
    "username",
    "state",
    "version",
    "title",
    "department",
  ]);
  return {
    ...member.data,
    name: textAt(user?.data.name),
    user: { version: 1, ...shownUser, selfUri: `/api/v2/users/${member.id}` },
    routingStatus: { userId: member.id, status: "OFF_QUEUE" },
    selfUri: `${path}/${queueId}/members/${member.id}`,
  };
}

function fromGroups(owner: Entry, call: Call): Entry[] {
  const groups = Array.isArray(owner.data.memberGroups) ? owner.data.memberGroups : [];
  return groups.flatMap((group) =>
    entriesOf(call.org, "group-member", idAt(group)).map((member) => {
      const data = { id: member.id, ringNumber: 1, joined: true, memberBy: "group" };
      return { id: member.id, data, hidden: {} };
    }),
  );
}

function members(call: Call): Reply {
  const owner = queueOf(call);
  const direct = entriesOf(call.org, "queue-member", owner.id);
  const derived = fromGroups(owner, call).filter((one) => !direct.some((member) => member.id === one.id));
  const memberBy = call.query.get("memberBy");
  const all = memberBy === "user" ? direct : memberBy === "group" ? derived : [...direct, ...derived];
  const joined = call.query.get("joined");
  const kept = joined === null ? all : all.filter((member) => String(member.data.joined === true) === joined);
  const items = selected(kept, { paging: "page" }, call, false);
  const pageSize = pageNumberFrom(call, "pageSize", 25, 100);
  const pageNumber = pageNumberFrom(call, "pageNumber", 1);
  const page = items.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  const at = (number: number): string => listAddress(call, { pageNumber: String(number), pageSize: String(pageSize) });
  const json: JsonObject = {
    entities: page.map((member) => shownMember(owner.id, member, call)),
    pageNumber,
    pageSize,
    firstUri: at(1),
    ...(page.length === pageSize ? { nextUri: at(pageNumber + 1) } : {}),
    ...(pageNumber > 1 ? { previousUri: at(pageNumber - 1) } : {}),
    selfUri: at(pageNumber),
  };
  return { status: 200, json };
}

function changeMembers(call: Call): Reply {
  const owner = queueOf(call);
  const removing = call.query.get("delete") === "true";
  const ids = listBody(call, 100).map(idAt);
  for (const id of ids) {
    const user = entryOf(call.org, "user", id);
    if (!removing && (!user || isDeleted(user)))
      throw badRequest(`The user ${id} does not exist`, "resource.not.found");
  }
  for (const id of ids) {
    if (removing) dropEntry(call.org, "queue-member", id, owner.id);
    else if (!entryOf(call.org, "queue-member", id, owner.id)) {
      const data = { id, ringNumber: 1, joined: true, memberBy: "user" };
      putEntry(call.org, "queue-member", { id, data, hidden: {} }, owner.id);
    }
  }
  return { status: 200 };
}

function memberOf(call: Call, owner: Entry, id: string): Entry {
  const member = entryOf(call.org, "queue-member", id, owner.id);
  if (!member) throw notFound(`The queue member ${id}`);
  return member;
}

function update(member: Entry, owner: Entry, body: JsonObject): void {
  const { ringNumber, joined } = body;
  const rings = Math.max(1, Array.isArray(objectAt(owner.data.bullseye).rings) ? 6 : 1);
  if (typeof ringNumber === "number" && (ringNumber < 1 || ringNumber > rings)) {
    throw badRequest("ringNumber is out of range", "invalid.value");
  }
  member.data = {
    ...member.data,
    ...(typeof ringNumber === "number" ? { ringNumber } : {}),
    ...(typeof joined === "boolean" ? { joined } : {}),
  };
}

function codes(call: Call): Reply {
  const owner = queueOf(call);
  const held = entriesOf(call.org, "queue-wrapup-code", owner.id).flatMap(
    (code) => entryOf(call.org, "wrapup-code", code.id) ?? [],
  );
  const listing = { paging: "page", maxSize: 100, filters: { name: byName } } as const;
  const shown = (entry: Entry): Json => show(wrapupCode, entry, { ...call, params: {} });
  return { status: 200, json: pageAnswer(selected(held, listing, call, false), listing, call, shown) };
}

function addCodes(call: Call): Reply {
  const owner = queueOf(call);
  const entries = listBody(call, 100).map((item) => {
    const entry = entryOf(call.org, "wrapup-code", idAt(item));
    if (!entry) throw badRequest(`The wrap-up code ${idAt(item)} does not exist`, "resource.not.found");
    return entry;
  });
  for (const { id } of entries) putEntry(call.org, "queue-wrapup-code", { id, data: { id }, hidden: {} }, owner.id);
  return { status: 200, json: entries.map((entry) => show(wrapupCode, entry, { ...call, params: {} })) };
}

/** Members of a queue: a page style without a total; members that come from groups are listed too (genesys-api §1.2, §4.1). */
export const queueMember: Resource = {
  kind: "queue-member",
  path: `${path}/{parentId}/members`,
  parent: "queue",
  fields: { id: text, ringNumber: whole, joined: flag, memberBy: text },
  needs: {},
  routes: [
    {
      method: "GET",
      path: `${path}/{parentId}/members`,
      needs: anyOf("routing:queue:view", "routing:queue:edit", "routing:queue:readonly", "routing:queueMember:manage"),
      handle: members,
    },
    { method: "POST", path: `${path}/{parentId}/members`, needs: managing, handle: changeMembers },
    {
      method: "PATCH",
      path: `${path}/{parentId}/members`,
      needs: managing,
      handle(call) {
        const owner = queueOf(call);
        const changed = listBody(call, 100).map(objectAt);
        const present = changed.map((item) => memberOf(call, owner, textAt(item.id)));
        present.forEach((member, at) => update(member, owner, changed[at] ?? {}));
        const entities = present.map(({ id }) => shownMember(owner.id, memberOf(call, owner, id), call));
        return { status: 200, json: { entities, pageNumber: 1, pageSize: changed.length } };
      },
    },
    {
      method: "PATCH",
      path: `${path}/{parentId}/members/{id}`,
      needs: managing,
      handle(call) {
        const owner = queueOf(call);
        update(memberOf(call, owner, call.params.id ?? ""), owner, objectBody(call));
        return { status: 202 };
      },
    },
    {
      method: "DELETE",
      path: `${path}/{parentId}/members/{id}`,
      needs: managing,
      handle(call) {
        const owner = queueOf(call);
        dropEntry(call.org, "queue-member", memberOf(call, owner, call.params.id ?? "").id, owner.id);
        return { status: 204 };
      },
    },
  ],
};

/** Wrap-up codes of a queue: added up to 100 at once, removed one at a time (genesys-api §4.1). */
export const queueWrapupCode: Resource = {
  kind: "queue-wrapup-code",
  path: `${path}/{parentId}/wrapupcodes`,
  parent: "queue",
  fields: { id: text },
  needs: {},
  routes: [
    { method: "GET", path: `${path}/{parentId}/wrapupcodes`, needs: allOf("routing:queue:view"), handle: codes },
    { method: "POST", path: `${path}/{parentId}/wrapupcodes`, needs: allOf("routing:queue:edit"), handle: addCodes },
    {
      method: "DELETE",
      path: `${path}/{parentId}/wrapupcodes/{id}`,
      needs: allOf("routing:queue:edit"),
      handle(call) {
        const owner = queueOf(call);
        const id = call.params.id ?? "";
        if (!entryOf(call.org, "queue-wrapup-code", id, owner.id)) throw notFound(`The wrap-up code ${id}`);
        dropEntry(call.org, "queue-wrapup-code", id, owner.id);
        return { status: 200 };
      },
    },
  ],
};
