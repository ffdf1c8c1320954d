import { badRequest } from "../errors.ts";
import { textAt } from "../json.ts";
import { byProperty } from "../listing.ts";
import type { Resource } from "../resource.ts";
import { allOf, anyOf } from "../resource.ts";
import { anything, flag, list, object, oneOf, ref, required, server, set, text, whole } from "../shape.ts";
import { dropParts } from "../store.ts";

const path = "/api/v2/routing/email/domains";
const managing = allOf("routing:email:manage");
const viewing = anyOf("routing:email:view", "routing:email:manage");

/** Inbound e-mail domains: the id is the domain name itself (genesys-api §3). */
export const emailDomain: Resource = {
  kind: "email-domain",
  path,
  fields: {
    id: required(text),
    name: text,
    mxRecordStatus: server(text),
    subDomain: flag,
    emailSetting: object({ id: text, name: text }),
    mailFromSettings: anything,
    customSMTPServer: ref("integration", { shows: ["selfUri"] }),
    imapSettings: object({ integration: ref("integration", { shows: ["selfUri"] }) }),
    graphApiSettings: object({ integration: ref("integration", { shows: ["selfUri"] }) }),
  },
  deleteStatus: 200,
  needs: { list: managing, view: viewing, add: managing, edit: managing, remove: managing },
  listing: { paging: "page", maxSize: 100 },
  update: "PATCH",
  unique: [{ by: ["id"], status: 400, code: "postino.domain.exists" }],
  identify: (draft) => textAt(draft.id),
  check(draft) {
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(textAt(draft.id))) {
      throw badRequest("The domain name is not valid", "postino.invalid.domain.name");
    }
  },
  beforeStore(entry) {
    entry.data = { ...entry.data, name: entry.id, mxRecordStatus: "VALID" };
  },
  beforeDelete(entry, call) {
    dropParts(call.org, "email-route", entry.id);
  },
};

/** Routes of an e-mail domain: accepted with 202 and pending at first (genesys-api §4.2). */
export const emailRoute: Resource = {
  kind: "email-route",
  path: `${path}/{parentId}/routes`,
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
    flow: ref("flow", { code: "bad.flow.id" }),
    replyEmailAddress: object({ domain: ref("email-domain"), route: ref("email-route", { shows: ["name"] }) }),
    autoBcc: list(object({ email: text, name: text })),
    spamFlow: ref("flow", { code: "bad.flow.id" }),
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
  deleteStatus: 200,
  needs: { list: viewing, view: viewing, add: managing, edit: managing, remove: managing },
  listing: { paging: "page", maxSize: 100, filters: { pattern: byProperty("pattern") } },
  update: "PUT",
  createStatus: 202,
  unique: [{ by: ["pattern"], status: 400, code: "postino.route.pattern.exists" }],
  inUse: [{ by: ["queue"], status: 409, code: "postino.route.conflict" }],
  beforeStore(entry, call) {
    entry.hidden = { ...entry.hidden, settlesAt: call.now + call.world.settings.jobMs };
  },
  show: (shown, entry, call) => ({
    ...shown,
    status: call.now >= Number(entry.hidden.settlesAt) ? "Active" : "Pending",
  }),
};
