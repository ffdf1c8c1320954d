import { objectsPath } from "../companions.ts";
import type { SeedObject, Target } from "../types.ts";
import { ref } from "../types.ts";
import type { Crowd } from "./crowds.ts";
import { crowd, crowdName, digits, numbers } from "./crowds.ts";

const underscored = (n: number): string => `Crowd_${digits(n)}`;
const firstTable: Target = ["data-table", crowdName(1)];
const firstIntegration: Target = ["integration", crowdName(1)];

const table = (n: number): SeedObject => ({
  name: crowdName(n),
  schema: {
    $schema: "http://json-schema.org/draft-04/schema#",
    type: "object",
    required: ["key"],
    properties: { key: { $id: "/properties/key", type: "string", title: "Key", displayOrder: 0 } },
    additionalProperties: false,
  },
});

const fields: SeedObject = { type: "object", properties: { id: { type: "string" } } };

const action = (n: number): SeedObject => ({
  name: crowdName(n),
  category: crowdName(1),
  integrationId: ref(...firstIntegration),
  contract: { input: { inputSchema: fields }, output: { successSchema: fields } },
  config: { request: { requestUrlTemplate: "https://crowd.example.com/", requestType: "GET" } },
});

const flow: Crowd = {
  kind: "flow",
  cap: 500,
  steps: (count) =>
    numbers(count).map((n) => ({
      kind: "flow",
      name: `workflow:${crowdName(n)}`,
      method: "POST",
      path: "/api/v2/flows/jobs",
      yaml: `workflow:\n  name: ${crowdName(n)}\n`,
    })),
};

/** Flows and what they use. */
export const architectCrowds: readonly Crowd[] = [
  crowd("credential", "/api/v2/integrations/credentials", 200, (n) => ({
    name: crowdName(n),
    type: { name: "basicAuth" },
    credentialFields: { userName: "crowd", password: crowdName(n) },
  })),
  crowd("integration", "/api/v2/integrations", 100, (n) => ({
    name: crowdName(n),
    integrationType: { id: "custom-rest-actions" },
  })),
  crowd("data-action", "/api/v2/integrations/actions", 100, action, { needs: () => ({ integration: 1 }) }),
  crowd("prompt", "/api/v2/architect/prompts", 100, (n) => ({ name: underscored(n) })),
  crowd(
    "prompt-resource",
    "/api/v2/architect/prompts/{0}/resources",
    100,
    (n) => ({ language: `en-x${digits(n)}`, ttsString: crowdName(n) }),
    { needs: () => ({ prompt: 1 }), at: [["prompt", crowdName(1)]] },
  ),
  crowd("milestone", "/api/v2/flows/milestones", 100),
  crowd("outcome", "/api/v2/flows/outcomes", 100),
  crowd("script", objectsPath, 500, (n) => ({ kind: "script", name: crowdName(n) })),
  crowd("data-table", "/api/v2/flows/datatables", 100, table),
  crowd("data-table-row", "/api/v2/flows/datatables/{0}/rows", 100, (n) => ({ key: crowdName(n) }), {
    needs: () => ({ "data-table": 1 }),
    at: [firstTable],
  }),
  crowd("schedule", "/api/v2/architect/schedules", 100, (n) => ({
    name: crowdName(n),
    start: "2025-01-06T08:00:00.000",
    end: "2025-01-06T18:00:00.000",
  })),
  crowd("schedule-group", "/api/v2/architect/schedulegroups", 100, (n) => ({
    name: crowdName(n),
    timeZone: "Europe/London",
  })),
  crowd("ivr", "/api/v2/architect/ivrs", 100, (n) => ({ name: crowdName(n), dnis: [] })),
  crowd("emergency-group", "/api/v2/architect/emergencygroups", 100),
  flow,
  {
    kind: "flow-version",
    cap: 100,
    needs: () => ({ flow: 1 }),
    steps: (count) => flow.steps(1).flatMap((step) => numbers(count).map(() => step)),
  },
];
