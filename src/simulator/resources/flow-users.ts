import { listAt, objectAt, textAt } from "../json.ts";
import { referencesIn } from "../references.ts";
import type { Call } from "../resource.ts";
import { entriesOf, isDeleted } from "../store.ts";

/**
 * Something that uses a flow, and the place as the error codes of the definition name it (DELETE flows/{flowId}); that "widgets"
 * there are web deployments is unverified.
 */
export interface FlowUser {
  readonly place: string;
  readonly name: string;
}

const places: Readonly<Record<string, string>> = {
  queue: "in.queues",
  ivr: "in.ivr.configs",
  "emergency-group": "in.emergency.groups",
  "email-route": "in.email.routes",
  "message-recipient": "by.message.addresses",
  "web-deployment": "in.widgets",
};

/** Names of the flows whose published version uses that object. */
export function flowsUsing(call: Call, kind: string, id: string): string[] {
  return entriesOf(call.org, "flow")
    .filter((flow) => flow.id !== id && flow.data.deleted !== true && flow.data.publishedVersion !== undefined)
    .filter((flow) => listAt(flow.hidden.uses).some((use) => objectAt(use).kind === kind && objectAt(use).id === id))
    .map((flow) => textAt(flow.data.name));
}

/** Everything that keeps a flow from being deleted or deactivated (genesys-api §4.3). */
export function flowUsers(call: Call, flowId: string): FlowUser[] {
  const holders = Object.entries(places).flatMap(([kind, place]) => {
    const fields = call.registry.resources.get(kind)?.fields ?? {};
    const collections = [...call.org.state.collections].filter(
      ([name]) => name === kind || name.startsWith(`${kind}@`),
    );
    return collections.flatMap(([, entries]) =>
      [...entries.values()]
        .filter((entry) => !isDeleted(entry))
        .filter((entry) =>
          referencesIn(entry.data, fields).some((found) => found.kind === "flow" && found.id === flowId),
        )
        .map((entry) => ({ place, name: textAt(entry.data.name) })),
    );
  });
  return [...holders, ...flowsUsing(call, "flow", flowId).map((name) => ({ place: "in.flows", name }))];
}
