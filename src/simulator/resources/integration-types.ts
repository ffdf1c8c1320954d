import type { JsonObject } from "../json.ts";

/** A type of integration; the ids are readable and the same in every org (genesys-api §4.4). */
export interface IntegrationKind {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  /** Name of the credential slot and the credential types it takes. */
  readonly credentials: Readonly<Record<string, readonly string[]>>;
  readonly maxInstances?: number;
}

function type(
  id: string,
  name: string,
  category: string,
  credentials: IntegrationKind["credentials"] = {},
  maxInstances?: number,
): IntegrationKind {
  return { id, name, category, credentials, ...(maxInstances === undefined ? {} : { maxInstances }) };
}

/** The types on offer; a selection, not the whole catalogue of the platform. */
export const integrationTypes: readonly IntegrationKind[] = [
  type("custom-rest-actions", "Web Services Data Actions", "actions", {
    basicAuth: ["basicAuth", "userDefined", "userDefinedOAuth"],
  }),
  type("purecloud-data-actions", "Genesys Cloud Data Actions", "actions", {
    pureCloudOAuthClient: ["pureCloudOAuthClient"],
  }),
  type("function-data-actions", "Function Data Actions", "actions", { pureCloudOAuthClient: ["pureCloudOAuthClient"] }),
  type("aws-lambda-data-actions", "AWS Lambda Data Actions", "actions", { amazonWebServices: ["amazonWebServices"] }),
  type("salesforce-data-actions", "Salesforce Data Actions", "actions", {
    salesforce: ["salesforce", "userDefinedOAuth"],
  }),
  type("embedded-client-app", "Client Application", "apps"),
  type("embedded-interaction-widget", "Interaction Widget", "apps"),
  type("webhook", "Webhook", "notifications", { webhook: ["userDefined"] }),
  type("amazon-eventbridge-source", "Amazon EventBridge Source", "events"),
  type("imap-server", "IMAP Server", "email", { imap: ["basicAuth"] }),
  type("smtp-server", "SMTP Server", "email", { smtp: ["basicAuth"] }),
  type("scim", "SCIM Provisioning", "directory", {}, 1),
];

/** A type as answers show it. */
export function shownType(kind: IntegrationKind): JsonObject {
  const slots = Object.entries(kind.credentials).map(([slot, credentialTypes]): [string, JsonObject] => [
    slot,
    { required: false, title: slot, credentialTypes: [...credentialTypes] },
  ]);
  const address = `/api/v2/integrations/types/${kind.id}`;
  return {
    id: kind.id,
    name: kind.name,
    description: kind.name,
    provider: "clientapps",
    category: kind.category,
    configPropertiesSchemaUri: `${address}/configschemas/properties`,
    configAdvancedSchemaUri: `${address}/configschemas/advanced`,
    credentials: Object.fromEntries(slots),
    nonInstallable: false,
    ...(kind.maxInstances === undefined ? {} : { maxInstances: kind.maxInstances }),
    userPermissions: [],
    vendorOAuthClientIds: [],
    selfUri: address,
  };
}

/** Fields that a credential of each type must have. */
export const credentialTypes: Readonly<Record<string, readonly string[]>> = {
  basicAuth: ["userName", "password"],
  userDefined: [],
  userDefinedOAuth: [],
  pureCloudOAuthClient: ["clientId", "clientSecret"],
  amazonWebServices: ["roleArn"],
  salesforce: ["userName", "password", "securityToken"],
};
