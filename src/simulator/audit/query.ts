import { badRequest } from "../errors.ts";
import type { Json, JsonObject } from "../json.ts";
import { idAt, inWords, listAt, objectAt, ownOf, textAt } from "../json.ts";
import type { AuditRecord, World } from "../world.ts";
import { catalogue } from "./catalogue.ts";
import { isAudited } from "./log.ts";

/** What a query asks for (definitions AuditRealtimeQueryRequest and AuditQueryRequest). */
export interface AuditQuery {
  readonly from: number;
  readonly to: number;
  readonly service: string | undefined;
  readonly filters: readonly { readonly property: string; readonly value: string }[];
  readonly ascending: boolean;
}

const filterProperties = ["UserId", "TrusteeOrganizationId", "ClientId", "Action", "EntityType", "EntityId"];
const sortOrders = ["ascending", "descending"];

function invalidValue(value: Json | undefined, field: string, allowed: readonly string[]): Error {
  const text = inWords(value);
  return badRequest(
    `Value [${text}] is not valid for field type [${field}]. Allowable values are: ${allowed.join(", ")}`,
    "invalid.value",
    { params: { field, value: text } },
  );
}

/** A moment of an interval; without a zone it is UTC. */
function momentOf(text: string): number {
  const fits = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  const moment = Date.parse(fits && fits[3] === undefined ? `${text}Z` : text);
  if (fits && !Number.isNaN(moment)) return moment;
  throw badRequest(
    "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ",
    "invalid.date",
  );
}

function intervalOf(body: JsonObject): { from: number; to: number } {
  if (textAt(body.interval) === "") throw badRequest("interval is required", "constraint.validation");
  const [start = "", end = "", ...rest] = textAt(body.interval).split("/");
  const [from, to] = [momentOf(start), momentOf(rest.length > 0 ? "" : end)];
  if (to <= from) throw badRequest("The interval must end after it starts", "bad.request");
  return { from, to };
}

function filtersOf(body: JsonObject): AuditQuery["filters"] {
  const filters = listAt(body.filters).map((item) => {
    const { property, value } = objectAt(item);
    if (!filterProperties.includes(textAt(property))) throw invalidValue(property, "property", filterProperties);
    if (textAt(value) === "") throw badRequest("The value of a filter is required", "constraint.validation");
    return { property: textAt(property), value: textAt(value) };
  });
  // Not in the definition: two public clients say so of their organisations.
  const has = (property: string): boolean => filters.some((filter) => filter.property === property);
  if ((has("Action") || has("EntityId")) && !has("EntityType"))
    throw badRequest("A filter by Action or EntityId needs one by EntityType", "bad.request");
  return filters;
}

/** True when the oldest message comes first; throws 400 for an order that there is not. */
export function isAscending(body: JsonObject): boolean {
  const orders = listAt(body.sort).map((item) => {
    const { name, sortOrder } = objectAt(item);
    if (name !== "Timestamp") throw invalidValue(name, "name", ["Timestamp"]);
    if (!sortOrders.includes(textAt(sortOrder))) throw invalidValue(sortOrder, "sortOrder", sortOrders);
    return textAt(sortOrder);
  });
  return orders[0] === "ascending";
}

/** The services of the organisation, what they audit and which actions (definition AuditQueryServiceMapping). */
export function serviceMapping(world: World): JsonObject {
  const services = Object.entries(catalogue).flatMap(([name, types]) => {
    const entities = Object.entries(types)
      .filter(([entityType]) => isAudited(world, name, entityType))
      .map(([entityType, actions]) => ({ name: entityType, actions: [...actions] }));
    return entities.length === 0 ? [] : [{ name, entities }];
  });
  return { services };
}

/** Reads a query; throws the definition's 400 for what cannot be asked. */
export function queryFrom(body: JsonObject, world: World): AuditQuery {
  const names = listAt(serviceMapping(world).services).map((service) => textAt(objectAt(service).name));
  const { serviceName } = body;
  if (serviceName !== undefined && !names.includes(textAt(serviceName)))
    throw invalidValue(serviceName, "serviceName", names);
  const service = serviceName === undefined ? undefined : textAt(serviceName);
  return { ...intervalOf(body), service, filters: filtersOf(body), ascending: isAscending(body) };
}

/** What a filter of that property compares; nobody is a trustee here. */
function valueOf(record: AuditRecord, property: string): string {
  const { told, clientId } = record;
  const values = { UserId: clientId, ClientId: clientId, EntityId: idAt(told.entity) };
  if (property === "Action") return textAt(told.action);
  if (property === "EntityType") return textAt(told.entityType);
  return ownOf<string>(values, property) ?? "";
}

/** The messages that fit a query, latest first unless it says otherwise. */
export function found(records: readonly AuditRecord[], query: AuditQuery): AuditRecord[] {
  const { from, to, service, filters, ascending } = query;
  const fitting = records.filter(
    (record) =>
      record.at >= from &&
      record.at < to &&
      (service === undefined || record.told.service === service) &&
      filters.every(({ property, value }) => valueOf(record, property) === value),
  );
  return ascending ? fitting : fitting.reverse();
}

/** A number of the body that has to be whole and between 1 and the most allowed. */
export function wholeFrom(body: JsonObject, name: string, fallback: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = body[name] ?? fallback;
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw badRequest(`${name} must be between 1 and ${most}`, "invalid.value", { params: { field: name } });
}

/** The user is all that can be expanded; clients have no name that would come of it. */
export function demandExpansion(values: readonly string[]): void {
  const strange = values.find((value) => value !== "user");
  if (strange === undefined) return;
  throw badRequest(
    `Value [${strange}] is not valid for parameter [expand]. Allowable values are: user`,
    "invalid.query.param.value",
  );
}
