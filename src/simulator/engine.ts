import { demandDivision } from "./access.ts";
import { cleanObject, demand } from "./clean.ts";
import { ApiError, badRequest, conflict, notFound } from "./errors.ts";
import { demandUnused } from "./in-use.ts";
import type { Json, JsonObject } from "./json.ts";
import { idAt, inWords, isObject, numberAt } from "./json.ts";
import { withKeptValues } from "./keeps.ts";
import { listAnswer } from "./listing.ts";
import { checkReferences, showObject } from "./references.ts";
import type { Call, Needs, Resource, Route } from "./resource.ts";
import { addressOf, anyOf } from "./resource.ts";
import { dropEntry, entriesOf, entryOf, isDeleted, newId, putEntry } from "./store.ts";
import type { Entry, Reply } from "./world.ts";

const nothing: Needs = anyOf();

/** The call's body as JSON; throws 400 when it is not JSON. */
export function bodyOf(call: Call): Json | undefined {
  const raw = call.rawBody;
  const body = raw === undefined ? "" : typeof raw === "string" ? raw : new TextDecoder().decode(raw);
  if (body.trim() === "") return undefined;
  try {
    return JSON.parse(body) as Json;
  } catch {
    throw badRequest("The request could not be understood by the server due to malformed syntax.");
  }
}

/** The call's body as an object; throws 400 when it is anything else. */
export function objectBody(call: Call): JsonObject {
  const body = bodyOf(call);
  if (!isObject(body)) throw badRequest("The request body must be a JSON object.");
  return body;
}

/** The call's body as a list; throws 400 when it is anything else. */
export function listBody(call: Call, max?: number): Json[] {
  const body = bodyOf(call);
  if (!Array.isArray(body)) throw badRequest("The request body must be a JSON array.");
  if (max !== undefined && body.length > max)
    throw badRequest(`At most ${max} items can be sent at once`, "invalid.value");
  return body;
}

/** The date as the API writes it. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** The entry as an answer shows it. */
export function show(resource: Resource, entry: Entry, call: Call, place: "list" | "one" = "one"): JsonObject {
  const showing = {
    org: call.org,
    address: (kind: string, id: string) => call.registry.address(kind, id),
    shuffleSeed: call.world.settings.shuffleSeed,
  };
  const shown = showObject(entry.data, resource.fields, showing);
  if (resource.selfUri !== false) shown.selfUri = addressOf(resource, entry.id, call.params.parentId);
  if (place === "list") for (const name of resource.listing?.omit ?? []) delete shown[name];
  return resource.show?.(shown, entry, call, place) ?? shown;
}

/** True while reads do not see a new object yet (genesys-api §1.7). */
function tooNew(entry: Entry, call: Call): boolean {
  const { lagMs } = call.world.settings;
  return lagMs > 0 && call.method === "GET" && call.now < numberAt(entry.hidden.bornAt) + lagMs;
}

/** The entry that the path names; throws 404, or 403 when it is in a division that the client may not see. */
export function wanted(resource: Resource, call: Call): Entry {
  const entry = entryOf(call.org, resource.kind, call.params.id ?? "", call.params.parentId);
  if (!entry || tooNew(entry, call) || (isDeleted(entry) && (entry.hidden.deleted === true || call.method !== "GET"))) {
    throw new ApiError(404, resource.missingCode ?? "not.found", `Unable to find a ${resource.kind} with that id`, {
      ...(call.params.id === undefined ? {} : { entityId: call.params.id, params: { id: call.params.id } }),
    });
  }
  if (resource.divided) demandDivision(call, idAt(entry.data.division));
  return entry;
}

function alike(left: Json | undefined, right: Json | undefined): boolean {
  if (typeof left !== "object" || typeof right !== "object") return left === right;
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Throws the kind's own error when another object already has the same natural key (genesys-api §3). */
function demandUnique(resource: Resource, draft: JsonObject, call: Call, self: string | undefined): void {
  for (const { by, status, code } of resource.unique ?? []) {
    if (by.some((name) => draft[name] === undefined)) continue;
    const others = entriesOf(call.org, resource.kind, call.params.parentId);
    const twin = others.find(
      (entry) => by.every((name) => alike(entry.data[name], draft[name])) && entry.id !== self && !isDeleted(entry),
    );
    if (!twin) continue;
    const message = `A ${resource.kind} with ${by.join(" and ")} ${by.map((name) => inWords(draft[name])).join(", ")} already exists`;
    throw new ApiError(status, code, message, {
      entityId: twin.id,
      params: { name: inWords(draft[by[0] ?? "name"]) },
      details: [{ errorCode: code, fieldName: by[0] ?? "name", entityId: twin.id }],
    });
  }
}

function stamped(resource: Resource, data: JsonObject, call: Call, previous: Entry | undefined): JsonObject {
  const now = isoTime(call.now);
  const before = previous?.data ?? {};
  if (resource.stamps === "domain") {
    return {
      ...data,
      version: numberAt(before.version) + 1,
      dateCreated: before.dateCreated ?? now,
      dateModified: now,
      createdByApp: before.createdByApp ?? call.clientId,
      modifiedByApp: call.clientId,
      state: "active",
    };
  }
  if (resource.stamps === "version") return { ...data, version: numberAt(before.version) + 1 };
  if (resource.stamps === "dates") {
    const author = { createdBy: before.createdBy ?? call.clientId, modifiedBy: call.clientId };
    return { ...data, dateCreated: before.dateCreated ?? now, dateModified: now, ...author };
  }
  return data;
}

/** Throws when the body's version is not the current one (genesys-api §1.4). */
export function demandVersion(resource: Resource, body: JsonObject, current: Json | undefined): void {
  if (body.version === current && current !== undefined) return;
  const message = `The version ${JSON.stringify(body.version ?? null)} does not match the current version ${JSON.stringify(current ?? null)}`;
  if (resource.staleStatus === 400 || body.version === undefined) throw badRequest(message, "bad.request");
  throw conflict(message, "general.conflict");
}

/** The defaults with what was given on top, property by property; lists are taken as given. */
export function filled(defaults: JsonObject, given: JsonObject): JsonObject {
  const merged = Object.entries(given).map(([name, value]): [string, Json] => {
    const fallback = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    return [name, isObject(value) && isObject(fallback) ? filled(fallback, value) : value];
  });
  return { ...defaults, ...Object.fromEntries(merged) };
}

function withDivision(resource: Resource, draft: JsonObject, call: Call): JsonObject {
  if (!resource.divided) return draft;
  const id = idAt(draft.division) || call.org.homeDivisionId;
  if (id !== "*" && !entryOf(call.org, "division", id)) {
    throw badRequest(`Division ${id} does not exist`, "resource.not.found", { params: { divisionId: id } });
  }
  demandDivision(call, id);
  return { ...draft, division: { id } };
}

function verify(resource: Resource, draft: JsonObject, call: Call, previous: Entry | undefined): void {
  demand(draft, resource.fields);
  resource.check?.(draft, call, previous);
  demandUnique(resource, draft, call, previous?.id);
  checkReferences(call.org, draft, resource.fields);
}

/** Creates an object from a body as POST does, with defaults, checks and side effects. */
export function create(resource: Resource, body: JsonObject, call: Call): Entry {
  demandParent(resource, call);
  const given = cleanObject(body, resource.createFields ?? resource.fields);
  const changed = filled(resource.defaults?.(given, call) ?? {}, given);
  const draft = withDivision(resource, withKeptValues(resource.kind, { body, changed, before: undefined }, call), call);
  verify(resource, draft, call, undefined);
  const id = resource.identify?.(draft) ?? newId(call.org);
  const data = { id, ...stamped(resource, draft, call, undefined) };
  const entry = putEntry(call.org, resource.kind, { id, data, hidden: { bornAt: call.now } }, call.params.parentId);
  resource.beforeStore?.(entry, call, undefined);
  resource.afterCreate?.(entry, call);
  return entry;
}

function serverOwned(resource: Resource, data: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(data).filter(([name]) => !Object.hasOwn(resource.fields, name) || resource.fields[name]?.server),
  );
}

/** Replaces an object as PUT does: what the body omits falls back to the default or is erased (genesys-api §4.1). */
export function replace(resource: Resource, entry: Entry, body: JsonObject, call: Call): Entry {
  const versioned = resource.stamps === "domain" || resource.stamps === "version";
  if (versioned && !(resource.versionOptional === true && body.version === undefined))
    demandVersion(resource, body, entry.data.version);
  const given = cleanObject(body, resource.fields);
  const kept = serverOwned(resource, entry.data);
  const changed = { ...kept, ...filled(resource.defaults?.(given, call) ?? {}, given) };
  return store(resource, entry, withKeptValues(resource.kind, { body, changed, before: entry.data }, call), call);
}

/** Changes an object as PATCH does: only what the body names; null erases. */
export function amend(resource: Resource, entry: Entry, body: JsonObject, call: Call): Entry {
  const erased = Object.keys(body).filter((name) => body[name] === null);
  const kept = Object.fromEntries(Object.entries(entry.data).filter(([name]) => !erased.includes(name)));
  const changed = { ...kept, ...cleanObject(body, resource.fields) };
  // What a PATCH does not name stays anyway: only what it names can be kept against it.
  const named = { ...entry.data, ...body };
  return store(
    resource,
    entry,
    withKeptValues(resource.kind, { body: named, changed, before: entry.data }, call),
    call,
  );
}

function store(resource: Resource, previous: Entry, changed: JsonObject, call: Call): Entry {
  const stays = resource.divided && !resource.movesByUpdate;
  const division = stays || changed.division === undefined ? previous.data.division : changed.division;
  const draft: JsonObject = { ...changed, ...(division === undefined ? {} : { division }), id: previous.id };
  if (resource.divided) demandDivision(call, idAt(division));
  verify(resource, draft, call, previous);
  const entry = { id: previous.id, data: stamped(resource, draft, call, previous), hidden: { ...previous.hidden } };
  resource.beforeStore?.(entry, call, previous);
  return putEntry(call.org, resource.kind, entry, call.params.parentId);
}

/** Deletes an object, softly where the kind does that; throws while something that the kind names refers to it. */
function remove(resource: Resource, entry: Entry, call: Call): void {
  resource.mayDelete?.(entry, call);
  demandUnused(resource, entry, call);
  resource.beforeDelete?.(entry, call);
  if (resource.softDelete) {
    entry.data = { ...entry.data, state: "deleted" };
    if (resource.stamps === "domain") entry.data.version = numberAt(entry.data.version) + 1;
  } else {
    dropEntry(call.org, resource.kind, entry.id, call.params.parentId);
  }
}

function demandParent(resource: Resource, call: Call): void {
  if (resource.parent === undefined) return;
  const parent = entryOf(call.org, resource.parent, call.params.parentId ?? "");
  if (!parent || isDeleted(parent)) throw notFound(`The ${resource.parent} ${call.params.parentId ?? ""}`);
  if (call.registry.resources.get(resource.parent)?.divided) demandDivision(call, idAt(parent.data.division));
}

function ok(json: Json, status = 200): Reply {
  return { status, json };
}

/** The operations of a resource: the regular ones derived from its data, and its own. */
export function routesOf(resource: Resource): Route[] {
  const { needs, path } = resource;
  const one = `${path}/{id}`;
  const routes: (Route | undefined)[] = [
    needs.list && {
      method: "GET",
      path,
      needs: needs.list,
      handle: (call) => {
        demandParent(resource, call);
        const entries = entriesOf(call.org, resource.kind, call.params.parentId).filter(
          (entry) => (resource.listsDeleted === true || !isDeleted(entry)) && !tooNew(entry, call),
        );
        return ok(listAnswer(entries, resource, call, (entry) => show(resource, entry, call, "list")));
      },
    },
    needs.view && {
      method: "GET",
      path: one,
      needs: needs.view,
      handle: (call) => ok(show(resource, wanted(resource, call), call)),
    },
    needs.add && {
      method: "POST",
      path,
      needs: needs.add,
      handle: (call) => ok(show(resource, create(resource, objectBody(call), call), call), resource.createStatus),
    },
    needs.edit &&
      resource.update && {
        method: resource.update,
        path: one,
        needs: needs.edit,
        handle: (call) => {
          const change = resource.update === "PUT" ? replace : amend;
          return ok(
            show(resource, change(resource, wanted(resource, call), objectBody(call), call), call),
            resource.updateStatus,
          );
        },
      },
    needs.remove && {
      method: "DELETE",
      path: one,
      needs: needs.remove ?? nothing,
      handle: (call) => {
        remove(resource, wanted(resource, call), call);
        return { status: resource.deleteStatus ?? 204 };
      },
    },
  ];
  const own = resource.routes ?? [];
  return [...own, ...routes.filter((route): route is Route => route !== undefined)];
}
