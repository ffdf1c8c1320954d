import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/script.ts";

/** Agent scripts: queues and flows refer to them. */
export const script: Kind = {
  name: "script",
  title: "Script",
  mode: "map",
  schema,
  key: (entity) => textOf(entity["name"]),
  read: {
    lists: [{ op: "GET /api/v2/scripts", paging: "page", size: 500 }],
    get: { op: "GET /api/v2/scripts/{id}" },
  },
  permissions: { read: ["scripter:script:view"], write: [] },
};
