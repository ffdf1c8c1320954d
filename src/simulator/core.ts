import { channel } from "node:diagnostics_channel";
import { routesOf } from "./engine.ts";
import type { JsonObject } from "./json.ts";
import { createOrg } from "./org.ts";
import type { OrgSpec } from "./org.ts";
import { answerRequest } from "./pipeline.ts";
import type { Exchange, Machine } from "./pipeline.ts";
import { createPlainObject } from "./plain.ts";
import { registryOf } from "./resource.ts";
import { resources } from "./resources/index.ts";
import { createRouter } from "./router.ts";
import { changedSettings } from "./settings.ts";
import { systemClock } from "./system-clock.ts";
import { filesRoutes } from "./transfer.ts";
import type { Answer, Org, Settings, SimulatorClock, SimulatorRequest, World } from "./world.ts";

/** What `createSimulator` takes. Orgs start empty: only what a new organisation has. */
export interface SimulatorOptions {
  readonly orgs: readonly OrgSpec[];
  readonly clock?: SimulatorClock;
  readonly seed?: number | string;
  readonly settings?: Partial<Omit<Settings, "faults">>;
}

/** The simulator's core: requests in, answers out, no sockets and no timers. */
export interface Simulator {
  readonly world: World;
  handle(request: SimulatorRequest): Promise<Answer>;
  /** Calls the listener after every API exchange; the result ends that. */
  observe(listener: (exchange: Exchange) => void): () => void;
  /** Changes settings as `PUT /_sim/settings` does. */
  configure(changes: JsonObject): void;
  /** Forgets the request log, for instance after seeding. */
  clearLog(): void;
}

/** Where every simulator of this process publishes its exchanges, for a recorder that is loaded beside it. */
const exchanges = channel("lockstep:simulator:exchange");

const defaultSettings: Settings = {
  ratePerMinute: 300,
  tokenSeconds: 0,
  shuffleSeed: 1,
  jobMs: 100,
  lagMs: 0,
  unlisted: [],
  faults: [],
  keeps: [],
  auditDelayMs: 0,
  auditMissing: [],
  auditLosses: [],
  sockets: "open",
};

/** Creates simulated organisations that answer as Genesys Cloud does; deterministic given seed and clock. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const registry = registryOf(resources);
  const world: World = {
    seed: String(options.seed ?? 1),
    clock: options.clock ?? systemClock,
    orgs: new Map(),
    tokens: new Map(),
    saves: new Map(),
    channels: new Map(),
    channelsMade: 0,
    settings: { ...defaultSettings, ...options.settings, faults: [], keeps: [], auditLosses: [] },
    log: [],
    auditing: true,
    requests: 0,
    logins: 0,
  };
  for (const spec of options.orgs) world.orgs.set(spec.name, createOrg(spec, world, resources));
  const routes = [...resources.flatMap(routesOf), ...filesRoutes];
  const createObject = (org: Org, body: JsonObject): JsonObject => createPlainObject(org, world, registry, body);
  const listeners = new Set<(exchange: Exchange) => void>();
  const publish = (exchange: Exchange): void => {
    exchanges.publish(exchange);
    for (const listener of listeners) listener(exchange);
  };
  const machine: Machine = { world, registry, createObject, find: createRouter(routes), publish };
  return {
    world,
    handle: async (request) => answerRequest(machine, request),
    observe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    configure(changes) {
      world.settings = changedSettings(world.settings, changes);
    },
    clearLog() {
      world.log = [];
    },
  };
}
