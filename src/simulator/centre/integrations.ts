import { post } from "./foundations.ts";
import type { ActionPlan, IntegrationPlan, Plan } from "./plan.ts";
import { cycle } from "./random.ts";
import type { SeedObject, SeedStep } from "./types.ts";
import { ref, to } from "./types.ts";

/** Marks every secret of a seed, so that a test can look for it everywhere it must not be. */
export const secretMark = "seed-secret";

const secret = (plan: Plan, name: string, field: string): string =>
  `${secretMark}-${plan.side}-${field}-${name.replace(/[^A-Za-z0-9]/g, "").toLowerCase()}`;

const credentialTypes = [
  { type: "userDefinedOAuth", key: "basicAuth", fields: ["clientId", "clientSecret"] },
  { type: "pureCloudOAuthClient", key: "pureCloudOAuthClient", fields: ["clientId", "clientSecret"] },
  { type: "basicAuth", key: "basicAuth", fields: ["userName", "password"] },
  { type: "userDefined", key: "basicAuth", fields: ["apiKey"] },
] as const;

const credentialKind = (index: number): (typeof credentialTypes)[number] => cycle(credentialTypes, index);

/** A credential with the values of its fields, which no organisation gives back. */
export interface SeedCredential {
  readonly name: string;
  readonly type: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Credentials of the integrations, then some that none uses any more, as old organisations have them. */
export function credentialsOf(plan: Plan): readonly SeedCredential[] {
  const used = plan.integrations.map(({ credential }) => credential).filter((name) => name !== "");
  const spare = Array.from(
    { length: Math.max(1, plan.credentials - used.length) },
    (_, index) => `Retired Login ${String(index + 1)}`,
  );
  return [...used, ...spare].map((name, index) => {
    const { type, fields } = credentialKind(index);
    return { name, type, fields: Object.fromEntries(fields.map((field) => [field, secret(plan, name, field)])) };
  });
}

export const credentialSteps = (plan: Plan): readonly SeedStep[] =>
  credentialsOf(plan).map(({ name, type, fields }) =>
    post("credential", name, "/api/v2/integrations/credentials", {
      name,
      type: { name: type },
      credentialFields: fields,
    }),
  );

function properties(plan: Plan, integration: IntegrationPlan): SeedObject {
  if (integration.type !== "embedded-client-app") return {};
  return {
    displayType: "standalone",
    featureCategory: "",
    url: `https://${integration.host}/app?lang={{pcLangTag}}`,
    sandbox: "allow-scripts,allow-same-origin,allow-forms",
    permissions: "camera,microphone",
    groups: [ref("group", cycle(plan.groups, 0))],
  };
}

/** Creation, configuration with all its parts, and the state that is wanted: three requests (genesys-api §4.4). */
function integration(plan: Plan, entry: IntegrationPlan, index: number): readonly SeedStep[] {
  const credentialIndex = plan.integrations.slice(0, index).filter(({ credential }) => credential !== "").length;
  const credentials: SeedObject =
    entry.credential === "" ? {} : { [credentialKind(credentialIndex).key]: to("credential", entry.credential) };
  const at = [["integration", entry.name]] as const;
  return [
    post("integration", entry.name, "/api/v2/integrations", { name: entry.name, integrationType: { id: entry.type } }),
    {
      kind: "integration-config",
      name: entry.name,
      method: "PUT",
      path: "/api/v2/integrations/{0}/config/current",
      at,
      versioned: true,
      body: {
        name: entry.name,
        notes: `Owned by ${cycle(plan.divisions, index)}`,
        properties: properties(plan, entry),
        advanced: index === 0 ? { retries: 2, traceHeader: "X-Trace" } : {},
        credentials,
      },
    },
    {
      kind: "integration-state",
      name: entry.name,
      method: "PATCH",
      path: "/api/v2/integrations/{0}",
      at,
      body: { intendedState: "ENABLED" },
    },
  ];
}

const draft = "http://json-schema.org/draft-04/schema#";

const schemaOf = (title: string, fields: readonly string[], required: readonly string[]): SeedObject => ({
  $schema: draft,
  title,
  description: `${title}, as flows see it`,
  type: "object",
  required,
  properties: Object.fromEntries(
    fields.map((name) => [name, { type: "string", title: name, description: `The ${name}` }]),
  ),
  additionalProperties: true,
});

const methods = ["GET", "POST", "PUT", "PATCH"] as const;

/** Where a data action sends its request; the host may differ between the organisations. */
export function actionUrl(plan: Plan, { name, integration: owner, inputs }: ActionPlan): string {
  const { type, host } = plan.integrations.find((entry) => entry.name === owner) ?? { type: "", host: "example.com" };
  const base = type === "purecloud-data-actions" ? "/api/v2" : `https://${host}/v1`;
  return `${base}/${name.toLowerCase().replace(/[^a-z]+/g, "-")}/\${input.${inputs[0] ?? "id"}}`;
}

/** A data action; the first one has every writable property of the definition. */
function action(plan: Plan, entry: ActionPlan, index: number): SeedStep {
  const method = entry.name.startsWith("Get") ? "GET" : cycle(methods, 1 + (index % 3));
  return post("data-action", entry.name, "/api/v2/integrations/actions", {
    name: entry.name,
    category: entry.category,
    integrationId: ref("integration", entry.integration),
    secure: entry.name.startsWith("Take Payment"),
    contract: {
      input: { inputSchema: schemaOf(`${entry.name} request`, entry.inputs, entry.inputs.slice(0, 1)) },
      output: { successSchema: schemaOf(`${entry.name} response`, entry.outputs, []) },
    },
    config: {
      timeoutSeconds: 10 + (index % 4) * 5,
      request: {
        requestUrlTemplate: actionUrl(plan, entry),
        requestTemplate:
          method === "GET" ? "${input.rawRequest}" : `{ "value": "$!{input.${entry.inputs[0] ?? "id"}}" }`,
        requestType: method,
        headers: { Accept: "application/json", "X-Source": plan.slug },
      },
      response: {
        translationMap: Object.fromEntries(entry.outputs.map((name) => [name, `$.data.${name}`])),
        translationMapDefaults: Object.fromEntries(entry.outputs.map((name) => [name, '""'])),
        successTemplate: `{ ${entry.outputs.map((name) => `"${name}": \${${name}}`).join(", ")} }`,
      },
    },
  });
}

export const integrationSteps = (plan: Plan): readonly SeedStep[] =>
  plan.integrations.flatMap((entry, index) => integration(plan, entry, index));

export const actionSteps = (plan: Plan): readonly SeedStep[] =>
  plan.actions.map((entry, index) => action(plan, entry, index));
