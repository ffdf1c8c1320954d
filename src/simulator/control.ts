import { audited } from "./audit/log.ts";
import { notFound } from "./errors.ts";
import { digest } from "./ids.ts";
import type { Json, JsonObject } from "./json.ts";
import { objectAt } from "./json.ts";
import { hangUp } from "./notifications/channel.ts";
import type { Registry } from "./resource.ts";
import { addressOf } from "./resource.ts";
import { changedSettings, settingsJson } from "./settings.ts";
import type { Entry, Org, OrgState, Reply, World } from "./world.ts";

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
  const org = world.orgs.get(name);
  if (!org) throw notFound(`The organisation ${name}`);
  return org;
}

/** One request to the control interface. */
interface Order {
  readonly sim: Controlled;
  readonly argument: string;
  readonly query: URLSearchParams;
  readonly body: Json | undefined;
}

type Operation = (order: Order) => Json;

/** The operations by method and path; the second part of a path is the order's argument. */
const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ["GET orgs/*/state", ({ sim, argument }) => stateOf(orgNamed(sim.world, argument), sim.registry)],
  [
    "POST orgs/*/objects",
    ({ sim, argument, body }) => {
      const org = orgNamed(sim.world, argument);
      return audited(org, sim.world, { clientId: "" }, () => sim.createObject(org, objectAt(body)));
    },
  ],
  [
    "GET log",
    ({ sim, query }) => {
      const since = Number(query.get("since") ?? 0);
      return sim.world.log.filter((line) => line.n > since).map((line) => ({ ...line }));
    },
  ],
  ["POST save", ({ sim }) => ({ id: save(sim.world) })],
  [
    "POST restore/*",
    ({ sim, argument }) => {
      restore(sim.world, argument);
      return { id: argument };
    },
  ],
  ["GET settings", ({ sim }) => settingsJson(sim.world.settings)],
  [
    "PUT settings",
    ({ sim, body }) => {
      sim.world.settings = changedSettings(sim.world.settings, objectAt(body));
      if (sim.world.settings.sockets === "refuse") hangUp(sim.world);
      return settingsJson(sim.world.settings);
    },
  ],
]);

/** Answers a request under `/_sim`; throws 404 for what it does not know. */
export function control(
  sim: Controlled,
  request: { readonly method: string; readonly path: string; readonly query: string; readonly body: Json | undefined },
): Reply {
  const { method, path, query, body } = request;
  const [area = "", argument = "", ...rest] = path.split("/").slice(2);
  const pattern = [area, ...(argument === "" ? [] : ["*"]), ...rest].join("/");
  const operation = operations.get(`${method} ${pattern}`);
  if (!operation) throw notFound(`${method} ${path}`);
  const order = { sim, argument: decodeURIComponent(argument), query: new URLSearchParams(query), body };
  return { status: 200, json: operation(order) };
}
