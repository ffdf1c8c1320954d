import { holdsPermission } from "../access.ts";
import type { Org } from "../world.ts";

/** A kind of topic that the simulator knows, and what hearing it needs. */
interface KnownTopic {
  readonly form: RegExp;
  /** Which permission the platform asks for is unverified: the one that reading the same thing takes. */
  readonly permission: string;
}

const id = "[^.*]+";

/** The topics of genesys-api §14.1 that tell of configuration. A WebSocket needs concrete ids: `*` is EventBridge's. */
const known: readonly KnownTopic[] = [
  { form: new RegExp(`^v2\\.flows\\.${id}$`), permission: "architect:flow:view" },
  { form: new RegExp(`^v2\\.flows\\.outcomes\\.${id}$`), permission: "architect:flowOutcome:view" },
  { form: new RegExp(`^v2\\.architect\\.prompts\\.${id}$`), permission: "architect:userPrompt:view" },
  {
    form: new RegExp(`^v2\\.webdeployments\\.configurations\\.${id}$`),
    permission: "webDeployments:configuration:view",
  },
  { form: new RegExp(`^v2\\.webdeployments\\.deployments\\.${id}$`), permission: "webDeployments:deployment:view" },
  { form: new RegExp(`^v2\\.audits\\.entitytype\\.${id}\\.entityid\\.${id}$`), permission: "audits:audit:view" },
];

/** What is wrong with a topic for a client. */
export interface TopicVerdict {
  readonly problem?: "unknown" | "unauthorized";
  readonly permission?: string;
}

/** May this client hear this topic? */
export function judgeTopic(org: Org, clientId: string, topic: string): TopicVerdict {
  const found = known.find(({ form }) => form.test(topic));
  if (found === undefined) return { problem: "unknown" };
  const { permission } = found;
  return holdsPermission(org, clientId, permission) ? { permission } : { problem: "unauthorized", permission };
}
