import { setMaxListeners } from "node:events";
import { stringify } from "yaml";
import { applyPlan, type AppliedPlan } from "../../src/app/apply-plan.ts";
import { findDrift, type FoundDrift } from "../../src/app/find-drift.ts";
import { planDrift } from "../../src/app/make-plan.ts";
import { sweep } from "../../src/exporters/sweep.ts";
import { KINDS } from "../../src/kinds/index.ts";
import type { App } from "../../src/model/app.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Access, Clock, OrgConnection, ProgressOf } from "../../src/model/ports.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import type { Side } from "../../src/model/side.ts";
import { virtualClock } from "../../src/platform/clock.ts";
import { openApp, type ProcessPorts } from "../../src/platform/open-app.ts";
import { createSimulator, type Simulator } from "../../src/simulator/index.ts";
import { contactCentre, loadSeed, type SeedStep } from "../../src/simulator/centre/index.ts";
import { memoryFiles, type MemoryFiles } from "./memory-files.ts";

/** What an organisation answered, loosely typed. */
export type Body = Record<string, unknown>;

/** Sends one request as an administrator, past everything of lockstep. @throws when it is refused */
export type Admin = (method: string, path: string, body?: unknown) => Promise<Body>;

/** Two organisations in memory, and lockstep on them; time costs nothing. */
export interface Office {
  readonly simulator: Simulator;
  readonly files: MemoryFiles;
  readonly ports: ProcessPorts;
  readonly app: App;
  /** Progress that was told. */
  readonly told: () => string;
  readonly admin: { readonly [side in Side]: Admin };
  readonly connect: (side: Side, access?: Access) => Promise<OrgConnection>;
  readonly snapshot: (side: Side, previous?: Snapshot, allowIncomplete?: boolean) => Promise<Snapshot>;
  readonly drift: (primary: Snapshot, standby: Snapshot) => Promise<FoundDrift>;
  readonly plan: (drift: FoundDrift, prune?: boolean) => Plan;
  /** Applies whatever the guards say. */
  readonly apply: (plan: Plan) => Promise<AppliedPlan>;
}

const BASE_URL = "http://simulated.invalid";
const HOST = "simulated.invalid";
const START = Date.UTC(2026, 0, 5, 10);

/** A value that must not turn up in any file or output. */
export const CANARY = "canary-3f1c9a";

/** Opens two organisations, without a rate limit. @param pairing `renames`, `secrets` and the like of `lockstep.yaml` */
export async function openOffice(pairing: object = {}): Promise<Office> {
  const clock = virtualClock(START);
  const simulator = createSimulator({
    orgs: [{ name: "primary" }, { name: "standby" }],
    clock,
    seed: 5,
    settings: { ratePerMinute: 0, jobMs: 0 },
  });
  const files = memoryFiles();
  const told: string[] = [];
  const logins = new Map(
    (["primary", "standby"] as const).map((side) => {
      const org = simulator.world.orgs.get(side);
      if (org === undefined) throw new Error(side);
      return [side, org] as const;
    }),
  );
  const org = (side: Side): object => ({
    baseUrl: BASE_URL,
    orgId: logins.get(side)?.id,
    clientId: `env:${side}_ID`,
    clientSecret: `env:${side}_SECRET`,
  });
  const config = stringify({ orgs: { primary: org("primary"), standby: org("standby") }, ...pairing });
  await files.write("/work/lockstep.yaml", config);
  const { signal } = new AbortController();
  // Every request under way listens to it.
  setMaxListeners(0, signal);
  const env = Object.fromEntries(
    [...logins].flatMap(([side, { client }]) => [
      [`${side}_ID`, client.id],
      [`${side}_SECRET`, client.secret],
    ]),
  );
  const ports: ProcessPorts = {
    env: { ...env, CANARY },
    files,
    clock,
    random: () => 0.5,
    takeLock: () => Promise.resolve({ release: () => Promise.resolve() }),
    signal,
    transport: withDates(simulator, clock),
  };
  const progress: ProgressOf = () => (event) => void told.push(JSON.stringify(event));
  const app = await openApp("/work/lockstep.yaml", ports, { tool: "lockstep 0.0.0", progress });
  const connect = (side: Side, access: Access = "read-only"): Promise<OrgConnection> => app.connect(side, access);
  return {
    simulator,
    files,
    ports,
    app,
    told: () => told.join("\n"),
    admin: { primary: await adminOf(simulator, "primary"), standby: await adminOf(simulator, "standby") },
    connect,
    snapshot: async (side, previous, allowIncomplete = false) => {
      const api = await connect(side);
      const sink = (): void => undefined;
      const { region, org } = api;
      const wanted = { api, org, region, kinds: KINDS, members: "emails" as const, allowIncomplete, sink };
      return sweep({ ...wanted, previous });
    },
    drift: (primary, standby) => {
      const takenAt = new Date(clock.now()).toISOString();
      return findDrift(app, { snapshot: primary, takenAt }, { snapshot: standby, takenAt });
    },
    plan: (drift, prune = false) => planDrift(app, drift, { prune }),
    apply: (plan) => applyPlan(app, plan, new Set(plan.guards.map(({ guard }) => guard))),
  };
}

/** Tells the time with each answer, as a server does. */
function withDates(simulator: Simulator, clock: Pick<Clock, "now">): Pick<Simulator, "handle"> {
  return {
    handle: async (request) => {
      const answer = await simulator.handle(request);
      return { ...answer, headers: { ...answer.headers, Date: new Date(clock.now()).toUTCString() } };
    },
  };
}

/** Gives an organisation the contents of a seed, or part of them. */
export async function fill(office: Office, side: Side, steps: readonly SeedStep[]): Promise<void> {
  const { simulator } = office;
  await loadSeed((request) => simulator.handle(request), await tokenOf(simulator, side), steps, side);
}

/** The seed that sets every writable property of every kind somewhere. */
export function seedSteps(): readonly SeedStep[] {
  return contactCentre({ seed: 1, size: "S" });
}

async function tokenOf(simulator: Simulator, side: Side): Promise<string> {
  const { id, secret } = simulator.world.orgs.get(side)?.admin ?? { id: "", secret: "" };
  const answer = await simulator.handle({
    method: "POST",
    url: "/oauth/token",
    headers: {
      host: HOST,
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  });
  return (JSON.parse(String(answer.body)) as { access_token: string }).access_token;
}

/**
 * Sends as the organisation's administrator.
 * @param extra further headers, such as the one that keeps requests which no client would send out of recorded traffic
 */
export async function adminOf(
  simulator: Simulator,
  side: Side,
  extra: Readonly<Record<string, string>> = {},
): Promise<Admin> {
  const headers = {
    ...extra,
    host: HOST,
    authorization: `Bearer ${await tokenOf(simulator, side)}`,
    "content-type": "application/json",
  };
  return async (method, url, body) => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await simulator.handle({ method, url, headers, ...content });
    const text = typeof answer.body === "string" ? answer.body : "";
    if (answer.status >= 300) throw new Error(`${method} ${url}: ${String(answer.status)} ${text}`);
    return text.startsWith("{") || text.startsWith("[") ? (JSON.parse(text) as Body) : { text };
  };
}

/** Everything that an organisation stores, by API path; past everything of lockstep. */
export async function rawState(office: Office, side: Side): Promise<Readonly<Record<string, Body>>> {
  const answer = await office.simulator.handle({ method: "GET", url: `/_sim/orgs/${side}/state`, headers: {} });
  return JSON.parse(String(answer.body)) as Record<string, Body>;
}
