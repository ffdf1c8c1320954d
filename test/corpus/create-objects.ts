import { accepted, type Body, type Place, type Send } from "./place.ts";
import type { Named } from "./named-objects.ts";

interface Recipe {
  readonly path: string;
  readonly body: (named: Named) => object;
}

const table = (name: string): object => ({
  name,
  schema: {
    $schema: "http://json-schema.org/draft-04/schema#",
    type: "object",
    required: ["key"],
    additionalProperties: false,
    properties: { key: { $id: "/properties/key", type: "string", title: "Key", displayOrder: 0 } },
  },
});

/** How objects of the kinds that lockstep writes are created: in the primary only, the rest is its work. */
const RECIPES: ReadonlyMap<string, Recipe> = new Map<string, Recipe>([
  ["division", { path: "/api/v2/authorization/divisions", body: ({ name }) => ({ name, description: "" }) }],
  ["queue", { path: "/api/v2/routing/queues", body: ({ name }) => ({ name }) }],
  ["skill", { path: "/api/v2/routing/skills", body: ({ name }) => ({ name }) }],
  ["language", { path: "/api/v2/routing/languages", body: ({ name }) => ({ name }) }],
  ["wrapup-code", { path: "/api/v2/routing/wrapupcodes", body: ({ name }) => ({ name }) }],
  [
    "schedule",
    {
      path: "/api/v2/architect/schedules",
      body: ({ name }) => ({ name, start: "2026-01-01T08:00:00.000", end: "2026-01-01T18:00:00.000" }),
    },
  ],
  [
    "schedule-group",
    { path: "/api/v2/architect/schedulegroups", body: ({ name }) => ({ name, timeZone: "Europe/Berlin" }) },
  ],
  ["data-table", { path: "/api/v2/flows/datatables", body: ({ name }) => table(name) }],
]);

/** The schema of a contract that takes and gives anything. */
const ANYTHING = { type: "object", properties: {}, additionalProperties: true };

/** A data action that does nothing much. */
const action = ({ name, qualifier }: Named, integrationId: string): object => ({
  name,
  category: qualifier,
  integrationId,
  secure: false,
  contract: { input: { inputSchema: ANYTHING }, output: { successSchema: ANYTHING } },
  config: { request: { requestUrlTemplate: "https://api.example.com/x", requestType: "GET" }, response: {} },
});

/** Creates an integration that data actions can belong to; gives its id. */
export async function createIntegration(send: Send, type: string, name: string): Promise<string> {
  const created = send("POST", "/api/v2/integrations", { name, integrationType: { id: type } });
  return (await accepted(created, `integration ${name}`)).id;
}

/**
 * Creates what flows name: objects of written kinds in the primary, those of all other kinds in every organisation.
 * @returns how many objects of each kind
 */
export async function createNamed(
  place: Place,
  primary: Send,
  standbys: readonly string[],
  names: readonly Named[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const integrations = new Map<string, string>();
  for (const named of names) {
    if (named.kind === "flow" || (named.kind === "division" && named.name === "Home")) continue;
    const recipe = RECIPES.get(named.kind);
    if (recipe !== undefined) await accepted(primary("POST", recipe.path, recipe.body(named)), named.name);
    else if (named.kind === "data-action") {
      const owner =
        integrations.get(named.qualifier) ?? (await createIntegration(primary, "custom-rest-actions", named.qualifier));
      integrations.set(named.qualifier, owner);
      await accepted(primary("POST", "/api/v2/integrations/actions", action(named, owner)), named.name);
    } else for (const org of ["primary", ...standbys]) await createAnywhere(place, org, named);
    counts.set(named.kind, (counts.get(named.kind) ?? 0) + 1);
  }
  if (integrations.size > 0) counts.set("integration", integrations.size);
  return counts;
}

/** Kinds that lockstep does not write, or that no API operation creates. */
function createAnywhere({ anyone }: Place, org: string, { kind, name }: Named): Promise<Body> {
  const more = kind === "user" ? { email: name } : {};
  return accepted(anyone("POST", `/_sim/orgs/${org}/objects`, { kind, name, ...more }), `${org}: ${kind} ${name}`);
}
