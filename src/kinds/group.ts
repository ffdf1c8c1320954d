import type { Steps } from "../model/api.ts";
import { objectsOf, textOf, type Json, type Obj } from "../model/json.ts";
import { readList } from "../model/read-list.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/group.ts";
import { createGroup, updateGroup, writeMembers } from "./group/write.ts";

/** Groups with their owners and the members who were added one by one: queues and routes refer to them. */
export const group: Kind = {
  name: "group",
  title: "Group",
  mode: "write",
  schema,
  numbers: ["addresses"],
  key: (entity) => textOf(entity["name"]),
  keep: (entity) => entity["state"] !== "deleted" || "deleted",
  read: {
    lists: [{ op: "GET /api/v2/groups", paging: "page", size: 500 }],
    get: { op: "GET /api/v2/groups/{id}" },
    parts: [
      {
        at: "members",
        read: readMembers,
        write: writeMembers,
        audited: { service: "Groups", entities: ["DirectoryGroup"] },
        personal: { count: memberCount },
      },
    ],
    normalise: ({ owners, ownerIds, ...rest }) => ({
      ...rest,
      ownerIds: ownerIds ?? objectsOf(owners).map((owner) => textOf(owner["id"])),
    }),
  },
  write: {
    create: createGroup,
    update: updateGroup,
    remove: "DELETE /api/v2/groups/{id}",
    style: "full",
    version: "body",
    rename: "update",
  },
  permissions: {
    read: [],
    write: ["directory:group:add", "directory:group:edit", "directory:group:delete"],
  },
};

/** Who was added one by one; owners and those whom a rule brings in follow from other settings. */
function* readMembers(entity: Obj): Steps<Json> {
  return yield* readList({ op: "GET /api/v2/groups/{id}/individuals", paging: "none" }, { id: textOf(entity["id"]) });
}

function memberCount({ memberCount: count }: Obj): number {
  return typeof count === "number" ? count : 0;
}
