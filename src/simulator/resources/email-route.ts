import { badRequest } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { idAt, listAt, objectAt, textAt } from "../json.ts";
import { byProperty } from "../listing.ts";
import type { Resource } from "../resource.ts";
import { allOf, anyOf } from "../resource.ts";
import { isSettled, settling } from "../settling.ts";
import { flag, list, object, oneOf, ref, required, server, set, text, whole } from "../shape.ts";
import { emailDomain } from "./email-domain.ts";
import { publishedFlow } from "./published-flow.ts";

const managing = allOf("routing:email:manage");
const viewing = anyOf("routing:email:view", "routing:email:manage");
const mailFlow = publishedFlow("INBOUNDEMAIL", "bad.flow.id");

/** An address with its name; where replies come from is a route, which has to be said (definition QueueEmailAddress). */
function check(draft: JsonObject): void {
  const { domain, route } = objectAt(draft.replyEmailAddress);
  if (domain !== undefined && idAt(route) === "")
    throw badRequest("replyEmailAddress needs the id of a route", "reply.route.id.required");
  for (const { email } of listAt(draft.autoBcc).map(objectAt))
    if (!textAt(email).includes("@")) throw badRequest("autoBcc has a bad address", "postino.error.bad.address");
  if (/[@\s]/.test(textAt(draft.pattern)))
    throw badRequest("The pattern is the part before the @", "postino.invalid.route");
}

/**
 * Routes of an e-mail domain: the pattern is unique within it, a flow is a published inbound e-mail flow, a write is
 * accepted with 202 and pending at first, and a route that is replied from stays (genesys-api §3, §4.2).
 */
export const emailRoute: Resource = {
  kind: "email-route",
  path: `${emailDomain.path}/{parentId}/routes`,
  parent: "email-domain",
  fields: {
    name: text,
    pattern: required(text),
    queue: ref("queue"),
    priority: whole,
    skills: set(ref("skill")),
    language: ref("language"),
    fromName: required(text),
    fromEmail: text,
    flow: mailFlow,
    replyEmailAddress: object({ domain: ref("email-domain"), route: ref("email-route", { shows: ["name"] }) }),
    autoBcc: list(object({ email: text, name: text })),
    spamFlow: mailFlow,
    signature: object({
      enabled: flag,
      cannedResponseId: text,
      alwaysIncluded: flag,
      inclusionType: oneOf("Draft", "Send", "SendOnce"),
    }),
    historyInclusion: oneOf("Include", "Exclude", "Optional"),
    allowMultipleActions: flag,
    mailboxFolders: list(text),
    status: server(text),
  },
  needs: { list: viewing, view: viewing, add: managing, edit: managing, remove: managing },
  listing: { paging: "page", maxSize: 100, filters: { pattern: byProperty("pattern") } },
  update: "PUT",
  createStatus: 202,
  updateStatus: 202,
  deleteStatus: 200,
  missingCode: "postino.error.not.found",
  unique: [{ by: ["pattern"], status: 400, code: "postino.route.pattern.exists" }],
  inUse: [{ by: ["queue", "email-route"], status: 409, code: "postino.route.conflict" }],
  // The official provider reads it from every answer and plans with this default.
  defaults: () => ({ historyInclusion: "Optional" }),
  check,
  beforeStore: settling,
  show: (shown, entry, call) => ({ ...shown, status: isSettled(entry, call) ? "Active" : "Pending" }),
};
