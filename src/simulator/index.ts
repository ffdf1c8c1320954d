import type { Simulator } from "./core.ts";
import type { Login } from "./world.ts";

export { createSimulator } from "./core.ts";
export type { Simulator, SimulatorOptions } from "./core.ts";
export { serve } from "./http.ts";
export type { Served } from "./http.ts";
export type { Answer } from "./world.ts";

/** What `lockstep simulate` prints first when it is ready (INTERFACES "Simulator"). */
export interface StartLine {
  readonly baseUrl: string;
  readonly orgs: Readonly<Record<string, { id: string; name: string; client: Login; admin: Login }>>;
}

/** The start line: where the organisations are and how to log in to each. */
export function startLine(simulator: Simulator, baseUrl: string): StartLine {
  const orgs = [...simulator.world.orgs.values()].map((org) => {
    const name = simulator.world.orgs.get(org.name)?.state.collections.get("organization")?.get("me")?.data.name;
    const shown = typeof name === "string" ? name : org.name;
    return [org.name, { id: org.id, name: shown, client: { ...org.client }, admin: { ...org.admin } }] as const;
  });
  return { baseUrl, orgs: Object.fromEntries(orgs) };
}
