import { createSimulator, type Simulator } from "./core.ts";
import { contactCentre, drifted, loadSeed } from "./centre/index.ts";
import type { Drift, SeedSize, SeedStep } from "./centre/index.ts";
import type { SimulatorClock } from "./world.ts";

/** What a simulated organisation holds: `empty` is a new one; `seed` a contact centre, in a standby a drifted one. */
export type Content = "empty" | "seed";

/** What to start. */
export interface StartOptions {
  readonly seed: number;
  readonly size: SeedSize;
  readonly orgs: readonly { readonly name: string; readonly content: Content }[];
  readonly clock?: SimulatorClock;
}

/** Simulated organisations with their content, and what was done to the standby. */
export interface Started {
  readonly simulator: Simulator;
  readonly drifts: readonly Drift[];
}

/** Creates organisations and fills them. `primary` gets the contact centre; every other one a standby that has drifted. */
export async function startSimulator({ seed, size, orgs, clock }: StartOptions): Promise<Started> {
  const simulator = createSimulator({
    orgs: orgs.map(({ name }) => ({ name })),
    seed,
    ...(clock === undefined ? {} : { clock }),
  });
  const drifts: Drift[] = [];
  simulator.world.auditing = false;
  for (const { name, content } of orgs) {
    if (content === "empty") continue;
    const standby = name === "primary" ? undefined : drifted(contactCentre({ seed, size, side: "standby" }), { seed });
    drifts.push(...(standby?.drifts ?? []));
    await fill(simulator, name, standby?.steps ?? contactCentre({ seed, size, side: "primary" }));
  }
  simulator.clearLog();
  simulator.world.auditing = true;
  return { simulator, drifts };
}

async function fill(simulator: Simulator, name: string, steps: readonly SeedStep[]): Promise<void> {
  const org = simulator.world.orgs.get(name);
  if (org === undefined) throw new Error(`no organisation ${name}`);
  const { id, secret } = org.admin;
  const basic = Buffer.from(`${id}:${secret}`).toString("base64");
  const answer = await simulator.handle({
    method: "POST",
    url: "/oauth/token",
    headers: { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials",
  });
  const body = typeof answer.body === "string" ? answer.body : new TextDecoder().decode(answer.body);
  const { access_token: token } = JSON.parse(body) as { access_token: string };
  await loadSeed((request) => simulator.handle(request), token, steps, name);
}
