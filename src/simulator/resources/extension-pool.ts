import { conflict, invalidProperty } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { listAt, objectAt, textAt } from "../json.ts";
import { byDivision } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import { allOf } from "../resource.ts";
import { ref, required, text } from "../shape.ts";
import { entriesOf, isDeleted } from "../store.ts";
import type { Entry } from "../world.ts";
import { domainFields } from "./domain-fields.ts";

const extension = /^\d{3,9}$/;

/** Numbers of one length compare as texts; extensions of different lengths are never the same. */
function holds(pool: JsonObject, number: string): boolean {
  const [start, end] = [textAt(pool.startNumber), textAt(pool.endNumber)];
  return start.length === number.length && start <= number && number <= end;
}

function overlaps(left: JsonObject, right: JsonObject): boolean {
  return holds(left, textAt(right.startNumber)) || holds(right, textAt(left.startNumber));
}

function check(draft: JsonObject, call: Call, previous: Entry | undefined): void {
  const [start, end] = [textAt(draft.startNumber), textAt(draft.endNumber)];
  if (!extension.test(start)) throw invalidProperty("startNumber", "must have 3 to 9 digits");
  if (start.length !== end.length || !extension.test(end) || end < start)
    throw invalidProperty("endNumber", "must have as many digits as the start and not lie before it");
  const pools = entriesOf(call.org, "extension-pool").filter((pool) => pool.id !== previous?.id && !isDeleted(pool));
  const other = pools.find((pool) => overlaps(pool.data, draft));
  if (other)
    throw conflict(`The range overlaps ${textAt(other.data.startNumber)}`, "general.conflict", { entityId: other.id });
}

/** Extensions in the addresses of people and groups. */
function assigned(call: Call): string[] {
  return ["user", "group"]
    .flatMap((kind) => entriesOf(call.org, kind))
    .filter((entry) => !isDeleted(entry))
    .flatMap(({ data }) => listAt(data.addresses).map((address) => textAt(objectAt(address).extension)));
}

/**
 * Extension pools: ranges of extensions of one length, kept while an extension is assigned (genesys-api §5.5). The
 * definition requires a name, the official provider sends none: the first number stands for it (unverified).
 */
export const extensionPool: Resource = {
  kind: "extension-pool",
  path: "/api/v2/telephony/providers/edges/extensionpools",
  fields: {
    ...domainFields,
    name: text,
    division: ref("division"),
    description: text,
    startNumber: required(text),
    endNumber: required(text),
  },
  needs: {
    list: allOf("telephony:extensionPool:view"),
    view: allOf("telephony:extensionPool:view"),
    add: allOf("telephony:extensionPool:add"),
    edit: allOf("telephony:extensionPool:edit"),
    remove: allOf("telephony:extensionPool:delete"),
  },
  listing: { paging: "page", maxSize: 100, filters: { divisionId: byDivision }, sortable: ["name", "startNumber"] },
  update: "PUT",
  stamps: "domain",
  staleStatus: 409,
  softDelete: true,
  listsDeleted: true,
  divided: true,
  deleteStatus: 200,
  missingCode: "general.resource.not.found",
  defaults: (body) => ({ name: textAt(body.startNumber) }),
  check,
  mayDelete(entry, call) {
    const taken = assigned(call).find((number) => holds(entry.data, number));
    if (taken !== undefined) throw conflict(`The extension ${taken} is assigned`, "general.conflict");
  },
};
