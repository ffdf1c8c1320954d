import { badRequest, conflict, invalidProperty, notFound } from "../errors.ts";
import type { Json, JsonObject } from "../json.ts";
import { textAt } from "../json.ts";
import { byId, pageAnswer, queryValues } from "../listing.ts";
import { shuffled } from "../references.ts";
import type { Call, Resource, Route } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { oneOf, ref, required, text } from "../shape.ts";
import type { Entry, Reply } from "../world.ts";
import { domainFields } from "./domain-fields.ts";
import type { PoolNumber } from "./numbers.ts";
import { digitsOf, numbersOf, poolsOf, rangeOf } from "./numbers.ts";

const base = "/api/v2/telephony/providers/edges";
const telephony = anyOf("telephony:plugin:all");
const paging = { paging: "page", maxSize: 100 } as const;

function assignment(found: PoolNumber): JsonObject {
  const { owner, pool } = found;
  const address = `${base}/didpools/${pool.id}`;
  const poolName = textAt(pool.data.name);
  const didPool: JsonObject = { id: pool.id, name: poolName, selfUri: address };
  if (!owner) return { didPool };
  const named = { id: owner.id, name: textAt(owner.data.name), selfUri: `/api/v2/architect/ivrs/${owner.id}` };
  return { didPool, owner: named, ownerType: "IVR_CONFIG" };
}

function shownDid(found: PoolNumber): JsonObject {
  const { id, number, pool } = found;
  const { dateCreated = "", state = "active" } = pool.data;
  return {
    id,
    name: number,
    phoneNumber: number,
    version: 1,
    dateCreated,
    state,
    ...assignment(found),
    selfUri: `${base}/dids/${id}`,
  };
}

function shownNumber(found: PoolNumber): JsonObject {
  const { id, number, owner } = found;
  const shown = assignment(found);
  shown.didPool = { id: found.pool.id, selfUri: `${base}/didpools/${found.pool.id}` };
  return { id, name: number, number, assigned: owner !== undefined, ...shown, selfUri: `${base}/didpools/dids/${id}` };
}

function page(call: Call, numbers: readonly PoolNumber[], show: (found: PoolNumber) => Json): Reply {
  const ordered = shuffled(numbers, call.world.settings.shuffleSeed, ({ id }) => id);
  return { status: 200, json: pageAnswer(ordered, paging, call, show) };
}

function wantedBy(call: Call, name: string, valueOf: (found: PoolNumber) => string): (found: PoolNumber) => boolean {
  const values = queryValues(call, name);
  return (found) => values.length === 0 || values.includes(valueOf(found));
}

const routes: readonly Route[] = [
  {
    method: "GET",
    path: `${base}/didpools/dids`,
    needs: telephony,
    handle(call) {
      const type = call.query.get("type");
      if (type !== "ASSIGNED_AND_UNASSIGNED" && type !== "UNASSIGNED")
        throw badRequest("type is required", "general.bad.request");
      const match = call.query.get("numberMatch") ?? "";
      const kept = numbersOf(call.org)
        .filter(({ owner }) => type !== "UNASSIGNED" || owner === undefined)
        .filter(({ number }) => number.includes(match))
        .filter(wantedBy(call, "id", ({ pool }) => pool.id));
      return page(call, kept, shownNumber);
    },
  },
  {
    method: "GET",
    path: `${base}/dids`,
    needs: telephony,
    handle(call) {
      const kept = numbersOf(call.org)
        .filter(wantedBy(call, "phoneNumber", ({ number }) => number))
        .filter(wantedBy(call, "didPool.id", ({ pool }) => pool.id))
        .filter(wantedBy(call, "owner.id", ({ owner }) => owner?.id ?? ""))
        .filter(wantedBy(call, "id", ({ id }) => id));
      return page(call, kept, shownDid);
    },
  },
  {
    method: "GET",
    path: `${base}/dids/{id}`,
    needs: telephony,
    handle(call) {
      const found = numbersOf(call.org).find(({ id }) => id === call.params.id);
      if (!found) throw notFound("The number");
      return { status: 200, json: shownDid(found) };
    },
  },
];

function demandFree(entry: Entry, call: Call, message: string): void {
  const taken = numbersOf(call.org).find(({ pool, owner }) => pool.id === entry.id && owner !== undefined);
  if (taken) throw conflict(`${message}: ${taken.number} is assigned`, "general.conflict");
}

function check(draft: JsonObject, call: Call, previous: Entry | undefined): void {
  const [start, end] = [digitsOf(textAt(draft.startPhoneNumber)), digitsOf(textAt(draft.endPhoneNumber))];
  if (start === undefined) throw invalidProperty("startPhoneNumber", "must be an E.164 number");
  if (end === undefined || end < start)
    throw invalidProperty("endPhoneNumber", "must be an E.164 number not before the start");
  if (end - start > 20_000n) throw badRequest("The pool is too large", "general.bad.request");
  const overlap = poolsOf(call.org).find(
    (pool) => pool.id !== previous?.id && rangeOf(pool).from <= end && start <= rangeOf(pool).to,
  );
  if (overlap)
    throw conflict(`The range overlaps the pool ${textAt(overlap.data.name)}`, "general.conflict", {
      entityId: overlap.id,
    });
}

/**
 * DID pools: ranges of numbers that may not overlap, kept while a number is assigned (genesys-api §5.5). The official provider
 * sends an empty `provider` where none is configured, and updates without a version.
 */
export const didPool: Resource = {
  kind: "did-pool",
  path: `${base}/didpools`,
  fields: {
    ...domainFields,
    name: text,
    division: ref("division"),
    description: text,
    startPhoneNumber: required(text),
    endPhoneNumber: required(text),
    comments: text,
    provider: oneOf("PURE_CLOUD", "PURE_CLOUD_VOICE", ""),
  },
  deleteStatus: 200,
  needs: { list: telephony, view: telephony, add: telephony, edit: telephony, remove: telephony },
  listing: { ...paging, filters: { id: byId } },
  update: "PUT",
  stamps: "domain",
  versionOptional: true,
  staleStatus: 409,
  softDelete: true,
  listsDeleted: true,
  defaults: (body) => ({ name: textAt(body.startPhoneNumber) }),
  check,
  beforeStore(entry) {
    entry.data = { ...entry.data, provider: textAt(entry.data.provider) || "PURE_CLOUD" };
  },
  beforeDelete: (entry, call) => demandFree(entry, call, "The pool cannot be deleted"),
  routes,
};
