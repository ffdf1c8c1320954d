import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/response-library.ts";

/** Canned response libraries: queues refer to them. */
export const responseLibrary: Kind = {
  name: "response-library",
  title: "Canned response library",
  mode: "map",
  schema,
  key: (entity) => textOf(entity["name"]),
  read: {
    lists: [{ op: "GET /api/v2/responsemanagement/libraries", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/responsemanagement/libraries/{id}" },
  },
  permissions: { read: ["responses:library:view"], write: [] },
};
