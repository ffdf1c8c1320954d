import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { hasEnded } from "./architect/operation.ts";
import { schema } from "./generated/outcome.ts";

/** Outcomes that flows report. They cannot be deleted, and a change is an operation that takes its time (genesys-api §1.5, §4.3). */
export const outcome: Kind = {
  name: "outcome",
  title: "Flow outcome",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  read: {
    lists: [{ op: "GET /api/v2/flows/outcomes", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/flows/outcomes/{id}" },
    // No description is stored as one space (genesys-api §1.3).
    normalise: ({ description = "", ...rest }) => ({ ...rest, description: textOf(description).trim() }),
  },
  write: {
    create: "POST /api/v2/flows/outcomes",
    *update({ id, body }) {
      // The answer is the operation that was started, not the outcome (definition FlowOutcome…Operation).
      yield { op: "PUT /api/v2/flows/outcomes/{id}", path: { id }, body, repeatable: true };
      return id;
    },
    style: "full",
    moveAs: "FLOWOUTCOME",
    rename: "update",
    settled: hasEnded,
  },
  permissions: {
    read: ["architect:flowOutcome:view"],
    write: ["architect:flowOutcome:add", "architect:flowOutcome:edit"],
  },
};
