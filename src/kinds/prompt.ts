import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/prompt.ts";

/** User prompts: queues and flows refer to them by name. */
export const prompt: Kind = {
  name: "prompt",
  title: "User prompt",
  mode: "map",
  schema,
  key: (entity) => textOf(entity["name"]),
  read: {
    lists: [
      {
        op: "GET /api/v2/architect/prompts",
        paging: "page",
        size: 100,
        query: { includeResources: false, includeMediaUris: false },
      },
    ],
    get: { op: "GET /api/v2/architect/prompts/{id}" },
  },
  permissions: { read: ["architect:userPrompt:view"], write: [] },
};
