import type { Steps } from "../model/api.ts";
import { textOf, type Obj } from "../model/json.ts";
import { groupBy } from "../model/group-by.ts";
import type { Kind } from "../model/kind.ts";
import { readList } from "../model/read-list.ts";
import { schema } from "./generated/did-pool.ts";

/** DID pools: ranges of phone numbers, known by their first and last one. Numbers that carriers deliver to both organisations are equal. */
export const didPool: Kind = {
  name: "did-pool",
  title: "DID pool",
  mode: "write",
  schema,
  callers: "enter",
  numbers: ["startPhoneNumber", "endPhoneNumber"],
  unique: [{ at: "startPhoneNumber", to: "endPhoneNumber", per: "organisation" }],
  key: (entity) => `${textOf(entity["startPhoneNumber"])}..${textOf(entity["endPhoneNumber"])}`,
  keep: keepPool,
  read: {
    lists: [{ op: "GET /api/v2/telephony/providers/edges/didpools", paging: "page", size: 100 }],
    keyedBy: ["startPhoneNumber", "endPhoneNumber"],
    get: { op: "GET /api/v2/telephony/providers/edges/didpools/{id}" },
  },
  write: {
    create: "POST /api/v2/telephony/providers/edges/didpools",
    update: "PUT /api/v2/telephony/providers/edges/didpools/{id}",
    remove: "DELETE /api/v2/telephony/providers/edges/didpools/{id}",
    style: "full",
    version: "body",
    // A PUT takes another range (genesys-api §2); that it keeps the numbers of the range in use is unverified.
    rename: "update",
    protect: true,
    contents,
  },
  permissions: { read: ["telephony:plugin:all"], write: ["telephony:plugin:all"] },
};

/** Numbers that somebody has, by the type of the owner: people and phones too (genesys-api §5.5). */
function* contents(id: string): Steps<ReadonlyMap<string, number>> {
  const op = "GET /api/v2/telephony/providers/edges/dids";
  const numbers = yield* readList({ op, paging: "page", size: 100, query: { "didPool.id": id } });
  const owners = groupBy(
    numbers.filter(({ owner }) => owner !== undefined && owner !== null),
    ({ ownerType }) => textOf(ownerType, "unknown"),
  );
  return new Map([...owners].map(([type, held]) => [type, held.length]));
}

/** Purchased numbers belong to the organisation that bought them and move by number routing (genesys-api §5.5, §12). */
function keepPool(entity: Obj): true | string {
  if (entity["state"] === "deleted") return "deleted";
  return entity["provider"] !== "PURE_CLOUD_VOICE" || "numbers bought from Genesys Cloud Voice";
}
