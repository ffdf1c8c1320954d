import { mailDomain, objectsPath } from "./companions.ts";
import { post } from "./foundations.ts";
import type { Plan } from "./plan.ts";
import { flowOf } from "./queue-settings.ts";
import type { SeedObject, SeedStep } from "./types.ts";
import { ref } from "./types.ts";

const configurations = "/api/v2/webdeployments/configurations";

/** What the messenger of a web site looks like and may do. */
const messenger = (index: number): SeedObject => ({
  languages: ["en-us", "fr-ca"],
  defaultLanguage: "en-us",
  messenger: {
    enabled: true,
    styles: { primaryColor: index === 0 ? "#1b4f72" : "#145a32" },
    launcherButton: { visibility: "On" },
    apps: { conversations: { enabled: true, showAgentTypingIndicator: true, markdown: { enabled: index === 0 } } },
    homeScreen: { enabled: true, logoUrl: "https://images.example.com/logo.png" },
  },
  position: { alignment: "Auto" },
});

/** A configuration, its first version, and a deployment that answers with a message flow (genesys-api §4.5). */
const site = (plan: Plan, name: string, index: number): readonly SeedStep[] => [
  post("web-configuration", name, configurations, {
    name,
    description: `${name} of ${plan.company}`,
    ...messenger(index),
  }),
  post("web-configuration-version", name, `${configurations}/{0}/versions/draft/publish`, undefined, [
    ["web-configuration", name],
  ]),
  post("web-deployment", name, "/api/v2/webdeployments/deployments", {
    name,
    description: `${name}, live`,
    allowedDomains: [`www.${plan.slug}.example.com`],
    flow: flowOf(plan, "inboundshortmessage", index),
    configuration: { id: ref("web-configuration", name), version: "1" },
  }),
];

/** An address that customers write to; it comes with an integration, only its flow is set (definition Recipient). */
const recipient = (plan: Plan, name: string, index: number): readonly SeedStep[] => [
  post("message-recipient", name, objectsPath, { kind: "message-recipient", name, messengerType: "open" }),
  {
    kind: "message-recipient-flow",
    name,
    method: "PUT",
    path: "/api/v2/routing/message/recipients/{0}",
    at: [["message-recipient", name]],
    body: { flow: flowOf(plan, "inboundshortmessage", index) },
  },
];

/** Web messaging, messaging addresses and e-mail routes that lead to flows. */
export function digitalSteps(plan: Plan): readonly SeedStep[] {
  const routes = ["claims", "complaints"].map((pattern) =>
    post(
      "email-route",
      pattern,
      "/api/v2/routing/email/domains/{0}/routes",
      { pattern, fromName: `${plan.company} ${pattern}`, flow: flowOf(plan, "inboundemail") },
      [["email-domain", mailDomain(plan)]],
    ),
  );
  return [
    ...["Customer Portal", "Online Shop"].flatMap((name, index) => site(plan, name, index)),
    ...["Retail App", "Broker App"].flatMap((name, index) => recipient(plan, name, index)),
    ...routes,
  ];
}
