import type { Steps } from "../model/api.ts";
import { isObj, listOf, textOf, type Json, type Obj } from "../model/json.ts";
import type { Change, Kind, List, PartChange } from "../model/kind.ts";
import { readList } from "../model/read-list.ts";
import { batches, idsIn, setChanges } from "../model/part-changes.ts";
import { schema } from "./generated/queue.ts";

const MEMBERS: List = {
  op: "GET /api/v2/routing/queues/{id}/members",
  paging: "page",
  size: 100,
  query: { memberBy: "user" },
};
const WRAP_UP_CODES: List = { op: "GET /api/v2/routing/queues/{id}/wrapupcodes", paging: "page", size: 100 };

const AUDITED = { service: "ContactCenter", entities: ["Queue"] };

/** Members and wrap-up codes are added in lists of at most this many (genesys-api §4.1). */
const BATCH = 100;

/** Queues with their wrap-up codes and user members. An update replaces the whole queue (genesys-api §4.1). */
export const queue: Kind = {
  name: "queue",
  title: "Queue",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  read: {
    lists: [
      { op: "GET /api/v2/routing/queues", paging: "page", size: 500, query: { hasPeer: false } },
      { op: "GET /api/v2/routing/queues", paging: "page", size: 500, query: { hasPeer: true } },
    ],
    get: { op: "GET /api/v2/routing/queues/{id}" },
    parts: [
      {
        at: "wrapUpCodes",
        read: (entity) => readList(WRAP_UP_CODES, idOf(entity)),
        write: writeWrapUpCodes,
        audited: AUDITED,
      },
      {
        at: "members",
        read: readMembers,
        write: writeMembers,
        audited: AUDITED,
        // Nobody may be left in a ring that goes (that Genesys Cloud refuses it is unverified).
        first: (wanted, current) => ringsOf(wanted) < ringsOf(current),
        personal: { count: memberCount },
      },
    ],
  },
  write: {
    create: "POST /api/v2/routing/queues",
    update: "PUT /api/v2/routing/queues/{id}",
    remove: removeQueue,
    style: "full",
    moveAs: "QUEUE",
    rename: "update",
  },
  permissions: {
    read: ["routing:queue:view"],
    write: ["routing:queue:add", "routing:queue:edit", "routing:queue:delete", "routing:queueMember:manage"],
  },
};

function idOf(entity: Obj): { id: string } {
  return { id: textOf(entity["id"]) };
}

/**
 * The list of members has no total, so the queue's own count saves the empty page at its end (genesys-api §1.2). It may lag
 * behind (genesys-api §1.7), so that it never stands for the members themselves: also where it is 0, they are read.
 */
function* readMembers(entity: Obj): Steps<Json> {
  return yield* readList(MEMBERS, idOf(entity), memberCount(entity));
}

/** User members only: `memberCount` includes those that groups bring in. */
function memberCount(entity: Obj): number {
  const count = entity["userMemberCount"] ?? entity["memberCount"];
  return typeof count === "number" ? count : Infinity;
}

/** A queue that has members cannot be deleted (genesys-api §4.1). Only members that the plan saw are taken out; no force. */
function* removeQueue({ id, current, resolve }: Change): Steps<string> {
  yield* writeMembers({ id, before: current?.["members"], after: undefined, resolve });
  yield { op: "DELETE /api/v2/routing/queues/{id}", path: { id }, expect: [404, 410] };
  return id;
}

function* writeWrapUpCodes({ id, before, after, resolve }: PartChange): Steps<void> {
  // Compared by id: a code that was renamed has two coordinates and is still one code.
  const { added, removed } = setChanges(idsIn(before, resolve), idsIn(after, resolve));
  for (const batch of batches(added, BATCH)) {
    const body = batch.map((code) => ({ id: code }));
    yield { op: "POST /api/v2/routing/queues/{id}/wrapupcodes", path: { id }, body };
  }
  for (const code of removed) {
    yield { op: "DELETE /api/v2/routing/queues/{id}/wrapupcodes/{codeId}", path: { id, codeId: textOf(code) } };
  }
}

function* writeMembers({ id, before, after, resolve }: PartChange): Steps<void> {
  const had = isObj(before) ? before : {};
  const wanted = isObj(after) ? after : {};
  const { added, removed } = setChanges(Object.keys(had), Object.keys(wanted));
  const userId = (email: Json) => resolve(`user/${textOf(email)}`);
  for (const [emails, query] of [[added, {}] as const, [removed, { delete: true }] as const]) {
    for (const batch of batches(emails, BATCH)) {
      yield {
        op: "POST /api/v2/routing/queues/{id}/members",
        path: { id },
        query,
        body: batch.map((email) => ({ id: userId(email) })),
      };
    }
  }
  for (const [email, member] of Object.entries(wanted)) {
    const ring = ringOf(member);
    if (ring === (Object.hasOwn(had, email) ? ringOf(had[email]) : DEFAULT_RING)) continue;
    yield {
      op: "PATCH /api/v2/routing/queues/{id}/members/{memberId}",
      path: { id, memberId: userId(email) },
      body: { ringNumber: ring },
    };
  }
}

/** How many rings a bullseye queue has. */
function ringsOf({ bullseye }: Obj): number {
  return isObj(bullseye) ? listOf(bullseye["rings"]).length : 0;
}

/** The ring that a new member is in. */
const DEFAULT_RING = 1;

function ringOf(member: Json | undefined): number {
  const ring = isObj(member) ? member["ringNumber"] : undefined;
  return typeof ring === "number" ? ring : DEFAULT_RING;
}
