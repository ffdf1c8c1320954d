import { badRequest } from "../errors.ts";
import { isoTime, show } from "../engine.ts";
import { sealedFields } from "../control.ts";
import type { Json, JsonObject } from "../json.ts";
import { objectAt, ownOf, textAt, without } from "../json.ts";
import { cursorAnswer, pageAnswer, selected } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { map, object, required, server, text } from "../shape.ts";
import { entriesOf } from "../store.ts";
import type { Entry } from "../world.ts";
import { credentialTypes } from "./integration-types.ts";

const path = "/api/v2/integrations/credentials";
const viewing = anyOf("integrations:integration:view");

/** What stands where a secret would be. */
const redacted = "**********";

function info(shown: JsonObject): JsonObject {
  return without(shown, ["credentialFields"]);
}

function check(draft: JsonObject): void {
  const name = textAt(objectAt(draft.type).name);
  const needed = ownOf(credentialTypes, name);
  if (!needed) throw badRequest(`Unknown credential type ${name}`, "invalid.value");
  const fields = objectAt(draft.credentialFields);
  const missing = needed.filter((field) => textAt(fields[field]) === "");
  if (missing.length > 0) throw badRequest(`Missing credential fields: ${missing.join(", ")}`, "bad.request");
}

function hideFields(entry: Entry, call: Call, previous: Entry | undefined): void {
  const fields = objectAt(entry.data.credentialFields);
  const shown = Object.fromEntries(Object.keys(fields).map((name) => [name, redacted]));
  const createdDate = previous?.data.createdDate ?? isoTime(call.now);
  entry.data = { ...entry.data, credentialFields: shown, createdDate, modifiedDate: isoTime(call.now) };
  entry.hidden = { ...entry.hidden, credentialFields: fields };
}

/** A credential without its dates: the definition of the single one has none. */
function single(shown: JsonObject, _entry: Entry, call: Call, place: "list" | "one"): JsonObject {
  if (place === "list" || call.method !== "GET") return info(shown);
  return without(shown, ["createdDate", "modifiedDate"]);
}

function shownCredentialType(name: string): Json {
  const names = credentialTypes[name] ?? [];
  const properties = Object.fromEntries(names.map((field) => [field, { type: "string" }]));
  return { id: name, name, properties, displayOrder: [...names], required: [...names] };
}

/** Credentials: their values are never answered, only which fields there are (genesys-api §4.4, §6). */
export const credential: Resource = {
  kind: "credential",
  path,
  fields: {
    name: text,
    type: required(object({ name: required(text) })),
    credentialFields: map(text),
    createdDate: server(text),
    modifiedDate: server(text),
  },
  needs: {
    view: viewing,
    add: anyOf("integrations:integration:add"),
    edit: anyOf("integrations:integration:edit"),
    remove: anyOf("integrations:integration:delete"),
  },
  update: "PUT",
  check,
  beforeStore: hideFields,
  show: single,
  dump: (entry) => ({ credentialFields: sealedFields(entry, "credentialFields") }),
  routes: [
    {
      method: "GET",
      path: `${path}/listing`,
      needs: viewing,
      handle(call) {
        const listing = { paging: "cursor", maxSize: 200 } as const;
        const entries = selected(entriesOf(call.org, "credential"), listing, call, false);
        return {
          status: 200,
          json: cursorAnswer(entries, listing, call, (entry) => show(credential, entry, call, "list")),
        };
      },
    },
    {
      method: "GET",
      path,
      needs: viewing,
      handle(call) {
        const entries = selected(entriesOf(call.org, "credential"), { paging: "page" }, call, false);
        const json = pageAnswer(entries, { paging: "page" }, call, (entry) => show(credential, entry, call, "list"));
        return { status: 200, json };
      },
    },
    {
      method: "GET",
      path: `${path}/types`,
      needs: viewing,
      handle: () => ({ status: 200, json: Object.keys(credentialTypes).map(shownCredentialType) }),
    },
  ],
};
