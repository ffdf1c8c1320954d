import type { Steps } from "../model/api.ts";
import { isObj, textOf, type Obj } from "../model/json.ts";
import type { Change, Kind } from "../model/kind.ts";
import { schema } from "./generated/location.ts";

/** Locations: addresses and emergency numbers that sites refer to. */
export const location: Kind = {
  name: "location",
  title: "Location",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  keep: (entity) => entity["state"] !== "deleted" || "deleted",
  read: {
    lists: [{ op: "GET /api/v2/locations", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/locations/{id}" },
    normalise: withoutBlankNotes,
  },
  write: {
    create: "POST /api/v2/locations",
    update: updateLocation,
    remove: "DELETE /api/v2/locations/{id}",
    style: "patch",
    version: "body",
    rename: "update",
  },
  given: locationOfDefaultSite,
  permissions: {
    read: [],
    write: ["directory:location:add", "directory:location:edit", "directory:location:delete"],
  },
};

/** The default site is there from the start, and every site has a location (genesys-api §5.5). */
function locationOfDefaultSite({ defaultSiteId }: Obj, listed: (kind: string) => readonly Obj[]): string[] {
  const site = listed("site").find(({ id }) => id === defaultSiteId);
  return isObj(site?.["location"]) ? [textOf(site["location"]["id"])] : [];
}

/** What stands for no notes: the service refuses an empty text and takes null for no change (official provider). */
const NO_NOTES = " ";

function withoutBlankNotes(entity: Obj): Obj {
  const { notes, ...rest } = entity;
  return textOf(notes).trim() === "" ? rest : entity;
}

/**
 * A change has to repeat the name (LocationUpdateDefinition), and takes notes away by a blank. That null clears any other field
 * is unverified.
 */
function* updateLocation({ id, body, wanted }: Change): Steps<string> {
  const cleared = body["notes"] === null || body["notes"] === "";
  const change = { ...body, ...(cleared ? { notes: NO_NOTES } : {}), name: textOf(wanted["name"]) };
  yield { op: "PATCH /api/v2/locations/{id}", path: { id }, body: change };
  return id;
}
