import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { hasEnded } from "./architect/operation.ts";
import { schema } from "./generated/prompt.ts";
import { readResources, writeResources } from "./prompt/resources.ts";

const BARE = { includeResources: false, includeMediaUris: false };

/** User prompts with what they say in each language, audio included (genesys-api §4.3). Queues and flows refer to them by name. */
export const prompt: Kind = {
  name: "prompt",
  title: "User prompt",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  read: {
    // With its resources a list may be partial (206), so they are read prompt by prompt (genesys-api §3).
    lists: [{ op: "GET /api/v2/architect/prompts", paging: "page", size: 100, query: BARE }],
    get: { op: "GET /api/v2/architect/prompts/{id}", query: BARE },
    parts: [
      {
        at: "resources",
        read: readResources,
        write: writeResources,
        audited: { service: "Architect", entities: ["Prompt", "PromptResource"] },
      },
    ],
  },
  write: {
    create: "POST /api/v2/architect/prompts",
    update: "PUT /api/v2/architect/prompts/{id}",
    *remove({ id }) {
      const query = { allResources: true };
      yield { op: "DELETE /api/v2/architect/prompts/{id}", path: { id }, query, expect: [404, 410] };
      return id;
    },
    style: "full",
    rename: "update",
    settled: hasEnded,
  },
  permissions: {
    read: ["architect:userPrompt:view"],
    write: ["architect:userPrompt:add", "architect:userPrompt:edit", "architect:userPrompt:delete"],
  },
};
