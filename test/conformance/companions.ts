import { fill, seedSteps, rawState, type Office } from "./office.ts";

/** Kinds of the simulator that lockstep refers to and never writes, by the start of their API path. */
const KNOWN: readonly (readonly [path: RegExp, kind: string, properties: readonly string[]])[] = [
  [/^\/api\/v2\/users\/[^/]+$/, "user", ["name", "email", "state"]],
  [/^\/api\/v2\/groups\/[^/]+$/, "group", ["name"]],
  [/^\/api\/v2\/teams\/[^/]+$/, "team", ["name"]],
  [/^\/api\/v2\/routing\/skillgroups\/[^/]+$/, "skill-group", ["name"]],
  [/^\/api\/v2\/architect\/prompts\/[^/]+$/, "prompt", ["name"]],
  [/^\/api\/v2\/responsemanagement\/libraries\/[^/]+$/, "response-library", ["name"]],
  [/^\/api\/v2\/scripts\/[^/]+$/, "script", ["name"]],
  [/^\/api\/v2\/architect\/emergencygroups\/[^/]+$/, "emergency-group", ["name"]],
];

/** The seed's contact centre in the primary; in the standby only what lockstep never writes and others refer to. */
export async function furnish(office: Office): Promise<void> {
  await fill(office, "primary", seedSteps());
  const state = await rawState(office, "primary");
  for (const [path, entity] of Object.entries(state)) {
    const [, kind, properties = []] = KNOWN.find(([pattern]) => pattern.test(path)) ?? [];
    if (kind === undefined) continue;
    const body = { kind, ...Object.fromEntries(properties.map((name) => [name, entity[name]])) };
    const answer = await office.simulator.handle({
      method: "POST",
      url: "/_sim/orgs/standby/objects",
      headers: {},
      body: JSON.stringify(body),
    });
    if (answer.status !== 200) throw new Error(String(answer.body));
  }
  const { primary, standby } = office.admin;
  const domains = (await primary("GET", "/api/v2/routing/email/domains")) as { entities: { id: string }[] };
  for (const { id } of domains.entities) {
    await standby("POST", "/api/v2/routing/email/domains", { id, subDomain: false });
    const base = `/api/v2/routing/email/domains/${id}/routes`;
    const routes = (await primary("GET", base)) as { entities: { pattern: string }[] };
    for (const { pattern } of routes.entities) await standby("POST", base, { pattern, fromName: "Standby" });
  }
}
