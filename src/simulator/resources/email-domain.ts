import { badRequest } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { textAt, without } from "../json.ts";
import type { Filter, Resource } from "../resource.ts";
import { allOf, anyOf } from "../resource.ts";
import { flag, list, object, oneOf, ref, required, server, text } from "../shape.ts";
import { dropParts } from "../store.ts";

const path = "/api/v2/routing/email/domains";
const managing = allOf("routing:email:manage");

const mailFrom = object({
  status: oneOf("FAILED", "PENDING", "VERIFIED", "UNKNOWN"),
  mailFromDomain: text,
  records: list(object({ name: text, type: text, value: text })),
});

const byPattern: Filter = (entry, values) =>
  values.some((value) => entry.id.includes(value.replaceAll("*", "").toLowerCase()));

/** Only settings of the domain change; what it is called does not (definition InboundDomainPatchRequest). */
function checkName(draft: JsonObject): void {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(textAt(draft.id)))
    throw badRequest("The domain name is not valid", "postino.invalid.domain.name");
}

/** Inbound e-mail domains: the id is the domain name itself; their routes go with them (genesys-api §3). */
export const emailDomain: Resource = {
  kind: "email-domain",
  path,
  fields: {
    id: required(text),
    name: text,
    mxRecordStatus: server(text),
    subDomain: flag,
    emailSetting: object({ id: text, name: text }),
    mailFromSettings: mailFrom,
    customSMTPServer: ref("integration", { shows: ["selfUri"], code: "email.error.invalid.integration" }),
    imapSettings: object({
      integration: ref("integration", { shows: ["selfUri"], code: "email.error.invalid.integration" }),
    }),
    graphApiSettings: object({
      integration: ref("integration", { shows: ["selfUri"], code: "email.error.invalid.integration" }),
    }),
  },
  needs: {
    list: managing,
    view: anyOf("routing:email:view", "routing:email:manage"),
    add: managing,
    edit: managing,
    remove: managing,
  },
  listing: { paging: "page", maxSize: 100, filters: { filter: byPattern } },
  update: "PATCH",
  deleteStatus: 200,
  missingCode: "postino.domain.not.found",
  unique: [{ by: ["id"], status: 400, code: "postino.domain.exists" }],
  identify: (draft) => textAt(draft.id),
  check: checkName,
  beforeStore(entry, _call, previous) {
    const subDomain = previous?.data.subDomain ?? entry.data.subDomain ?? false;
    entry.data = { ...entry.data, id: entry.id, subDomain, name: entry.id, mxRecordStatus: "VALID" };
  },
  beforeDelete(entry, call) {
    dropParts(call.org, "email-route", entry.id);
  },
  show: (shown, _entry, call) =>
    call.query.get("excludeStatus") === "true" ? without(shown, ["mxRecordStatus"]) : shown,
};
