import { isoTime, objectBody, show, wanted } from "../engine.ts";
import { badRequest } from "../errors.ts";
import { idAt, without } from "../json.ts";
import { byName, byProperty } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import { allOf } from "../resource.ts";
import { oneOf, ref, required, server, text } from "../shape.ts";
import { entryOf } from "../store.ts";
import type { Reply } from "../world.ts";

const path = "/api/v2/routing/message/recipients";
const managing = allOf("routing:message:manage");

/** An update says the flow and nothing else (definition RecipientRequest); without one, messages have no flow. */
function update(call: Call): Reply {
  const entry = wanted(messageRecipient, call);
  const id = idAt(objectBody(call).flow);
  const flow = entryOf(call.org, "flow", id);
  if (id !== "" && (flow?.data.publishedVersion === undefined || flow.data.deleted === true))
    throw badRequest(`The flow ${id} does not exist or is not published`, "invalid.flow");
  if (flow && flow.data.type !== "INBOUNDSHORTMESSAGE")
    throw badRequest(`The flow ${id} is no inbound message flow`, "invalid.flow.type");
  const kept = without(entry.data, ["flow"]);
  entry.data = { ...kept, ...(flow ? { flow: { id: flow.id } } : {}), dateModified: isoTime(call.now) };
  return { status: 200, json: show(messageRecipient, entry, call) };
}

/**
 * Messaging recipients: the addresses that customers write to, and the flow that answers. They come and go with messaging
 * integrations, no operation of their own creates or deletes one: the control interface does (definition Recipient).
 */
export const messageRecipient: Resource = {
  kind: "message-recipient",
  path,
  fields: {
    name: required(text),
    flow: ref("flow"),
    messengerType: oneOf("sms", "facebook", "twitter", "whatsapp", "webmessaging", "instagram", "open", "apple"),
    dateCreated: server(text),
    dateModified: server(text),
  },
  needs: { list: managing, view: managing },
  listing: {
    paging: "page",
    maxSize: 100,
    filters: { name: byName, messengerType: byProperty("messengerType") },
  },
  routes: [{ method: "PUT", path: `${path}/{id}`, needs: managing, handle: update }],
};
