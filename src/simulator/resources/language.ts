import { isoTime } from "../engine.ts";
import { byId, byNameStart } from "../listing.ts";
import type { Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { required, server, text } from "../shape.ts";

/** ACD languages: created and deleted, never changed (genesys-api §4.2). */
export const language: Resource = {
  kind: "language",
  path: "/api/v2/routing/languages",
  fields: { name: required(text), dateModified: server(text), state: server(text), version: server(text) },
  needs: {
    list: anyOf(),
    view: anyOf(),
    add: anyOf("routing:skill:manage"),
    remove: anyOf("routing:skill:manage"),
  },
  listing: { paging: "page", maxSize: 100, filters: { id: byId, name: byNameStart } },
  softDelete: true,
  listsDeleted: true,
  unique: [{ by: ["name"], status: 409, code: "general.conflict" }],
  beforeStore(entry, call) {
    entry.data = { ...entry.data, state: "active", dateModified: isoTime(call.now), version: "1" };
  },
};
