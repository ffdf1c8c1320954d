import { badRequest } from "../errors.ts";
import { amend, bodyOf, create, demandVersion, objectBody, show, wanted } from "../engine.ts";
import type { Json, JsonObject } from "../json.ts";
import { isObject, numberAt, objectAt, without } from "../json.ts";
import { byId } from "../listing.ts";
import type { Resource } from "../resource.ts";
import { allOf, anyOf } from "../resource.ts";
import { list, object, oneOf, ref, required, server, text, whole } from "../shape.ts";

const path = "/api/v2/locations";

/** The contact user is a bare id in a body and a reference in an answer. */
function withContact(body: JsonObject): JsonObject {
  const contact: Json | undefined = body.contactUser;
  return typeof contact === "string" ? { ...body, contactUser: { id: contact } } : body;
}

/** Notes are never empty: null changes nothing, an empty text is refused (official provider, updateLocation). */
function withNotes(body: JsonObject): JsonObject {
  if (body.notes === "") throw badRequest("notes cannot be empty", "invalid.value");
  return body.notes === null ? without(body, ["notes"]) : body;
}

/** Locations: changed by PATCH with the current version (genesys-api §1.4, §3). */
export const location: Resource = {
  kind: "location",
  path,
  fields: {
    name: required(text),
    contactUser: ref("user", { shows: ["selfUri"] }),
    emergencyNumber: object({ e164: text, number: text, type: oneOf("default", "elin") }),
    address: object({
      city: text,
      country: text,
      countryName: text,
      state: text,
      street1: text,
      street2: text,
      zipcode: text,
    }),
    state: oneOf("active", "deleted"),
    notes: text,
    version: server(whole),
    path: list(text),
  },
  needs: { list: anyOf(), view: anyOf(), remove: allOf("directory:location:delete") },
  listing: { paging: "page", maxSize: 100, filters: { id: byId } },
  softDelete: true,
  listsDeleted: true,
  staleStatus: 409,
  unique: [{ by: ["name"], status: 409, code: "general.conflict" }],
  inUse: [{ by: ["site"], status: 400, code: "general.conflict" }],
  defaults: () => ({ state: "active", path: [] }),
  beforeStore(entry, _call, previous) {
    const { number } = objectAt(entry.data.emergencyNumber);
    const verified = { addressVerified: false, addressStored: isObject(entry.data.address) };
    entry.data = { ...entry.data, ...verified, version: numberAt(previous?.data.version) + 1 };
    if (typeof number === "string")
      entry.data.emergencyNumber = { type: "default", ...objectAt(entry.data.emergencyNumber) };
  },
  routes: [
    {
      method: "POST",
      path,
      needs: allOf("directory:location:add"),
      handle: (call) => ({
        status: 200,
        json: show(location, create(location, withContact(objectBody(call)), call), call),
      }),
    },
    {
      method: "PATCH",
      path: `${path}/{id}`,
      needs: allOf("directory:location:edit"),
      handle(call) {
        const entry = wanted(location, call);
        const body = withNotes(withContact(objectAt(bodyOf(call))));
        demandVersion(location, body, entry.data.version);
        return { status: 200, json: show(location, amend(location, entry, body, call), call) };
      },
    },
  ],
};
