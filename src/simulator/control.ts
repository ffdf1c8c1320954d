import { badRequest, notFound } from "./errors.ts";
import { parseAction } from "./faults.ts";
import { digest } from "./ids.ts";
import type { Json, JsonObject } from "./json.ts";
import { isObject, listAt, objectAt } from "./json.ts";
import type { Registry } from "./resource.ts";
import { addressOf } from "./resource.ts";
import type { Entry, Fault, Org, OrgState, Reply, Settings, World } from "./world.ts";

/** What the control interface needs besides the world. */
export interface Controlled {
  readonly world: World;
  readonly registry: Registry;
  /** Stores an object that no API operation creates; gives its id. */
  createObject(org: Org, body: JsonObject): JsonObject;
}

/** Every stored object by its API path; secrets as digests only (INTERFACES "Simulator"). */
function stateOf(org: Org, registry: Registry): JsonObject {
  const state: JsonObject = {};
  for (const [name, entries] of org.state.collections) {
    const [kind = "", ...parent] = name.split("@");
    const resource = registry.resources.get(kind);
    if (!resource) continue;
    for (const entry of entries.values()) {
      const path = addressOf(resource, entry.id, parent.length > 0 ? parent.join("@") : undefined);
      state[path] = { ...entry.data, ...(resource.dump?.(entry) ?? {}) };
    }
  }
  return state;
}

/** A secret as the control interface shows it. */
export function sealed(secret: Json): JsonObject {
  return { sha256: digest(typeof secret === "string" ? secret : JSON.stringify(secret)) };
}

/** A hidden object of secrets, each one sealed. */
export function sealedFields(entry: Entry, name: string): JsonObject {
  return Object.fromEntries(
    Object.entries(objectAt(entry.hidden[name])).map(([field, value]) => [field, sealed(value)]),
  );
}

function positive(body: JsonObject, name: string): number | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== "number" || value < 0)
    throw badRequest(`${name} must be a number of 0 or more`, "invalid.value");
  return value;
}

function isPattern(path: string): boolean {
  try {
    return new RegExp(path) instanceof RegExp;
  } catch {
    return false;
  }
}

function faultFrom(value: Json): Fault {
  if (!isObject(value)) throw badRequest("a fault must be an object", "invalid.value");
  const { org, method, path, action } = value;
  if (typeof action !== "string" || !parseAction(action)) throw badRequest("unknown fault action", "invalid.value");
  if (typeof path === "string" && !isPattern(path)) throw badRequest("path is no regular expression", "invalid.value");
  return {
    ...(typeof org === "string" ? { org } : {}),
    ...(typeof method === "string" ? { method } : {}),
    ...(typeof path === "string" ? { path } : {}),
    after: positive(value, "after") ?? 0,
    times: positive(value, "times") ?? 1,
    action,
    seen: 0,
  };
}

/** The settings with the changes of a body; throws 400 for values that make no sense. */
export function changedSettings(settings: Settings, body: JsonObject): Settings {
  return {
    ratePerMinute: positive(body, "ratePerMinute") ?? settings.ratePerMinute,
    tokenSeconds: positive(body, "tokenSeconds") ?? settings.tokenSeconds,
    shuffleSeed: positive(body, "shuffleSeed") ?? settings.shuffleSeed,
    jobMs: positive(body, "jobMs") ?? settings.jobMs,
    lagMs: positive(body, "lagMs") ?? settings.lagMs,
    faults: body.faults === undefined ? settings.faults : listAt(body.faults).map(faultFrom),
  };
}

function save(world: World): string {
  const id = String(world.saves.size + 1);
  world.saves.set(
    id,
    new Map([...world.orgs].map(([name, org]): [string, OrgState] => [name, structuredClone(org.state)])),
  );
  return id;
}

function restore(world: World, id: string): void {
  const saved = world.saves.get(id);
  if (!saved) throw notFound(`The save ${id}`);
  for (const [name, state] of saved) {
    const org = world.orgs.get(name);
    if (org) org.state = structuredClone(state);
  }
}

function orgNamed(world: World, name: string): Org {
  const org = world.orgs.get(decodeURIComponent(name));
  if (!org) throw notFound(`The organisation ${name}`);
  return org;
}

function settingsJson(settings: Settings): JsonObject {
  return { ...settings, faults: settings.faults.map((fault) => ({ ...fault })) };
}

/** Answers a request under `/_sim`; throws 404 for what it does not know. */
export function control(
  sim: Controlled,
  method: string,
  path: string,
  query: URLSearchParams,
  body: Json | undefined,
): Reply {
  const { world, registry } = sim;
  const [area, argument, action] = path.split("/").slice(2);
  const call = `${method} ${area ?? ""}`;
  if (call === "GET orgs" && argument !== undefined && action === "state") {
    return { status: 200, json: stateOf(orgNamed(world, argument), registry) };
  }
  if (call === "POST orgs" && argument !== undefined && action === "objects") {
    return { status: 200, json: sim.createObject(orgNamed(world, argument), objectAt(body)) };
  }
  if (call === "GET log") {
    const since = Number(query.get("since") ?? 0);
    return { status: 200, json: world.log.filter((line) => line.n > since).map((line) => ({ ...line })) };
  }
  if (call === "POST save") return { status: 200, json: { id: save(world) } };
  if (call === "POST restore" && argument !== undefined) {
    restore(world, argument);
    return { status: 200, json: { id: argument } };
  }
  if (call === "GET settings") return { status: 200, json: settingsJson(world.settings) };
  if (call === "PUT settings") {
    world.settings = changedSettings(world.settings, objectAt(body));
    return { status: 200, json: settingsJson(world.settings) };
  }
  throw notFound(`${method} ${path}`);
}
