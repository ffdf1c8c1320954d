import { textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { flowContent } from "./flow/content.ts";
import { exportFlow } from "./flow/export.ts";
import { publishFlow, updateFlow } from "./flow/publish.ts";
import { restoreFlow } from "./flow/restore.ts";
import { revisionOf } from "./flow/revision.ts";
import { schema } from "./generated/flow.ts";

/**
 * Export jobs at a time, unless the configuration says otherwise. No limit is documented: CX as Code runs ten (cx-as-code §2.2). That
 * every organisation takes so many is unverified; a throttled job is repeated later.
 */
const EXPORT_JOBS = 10;

/**
 * Architect flows of every type: what the API says about them, and the YAML of the published version. What is only
 * saved or checked in reaches no caller and is not looked at.
 */
export const flow: Kind = {
  name: "flow",
  title: "Architect flow",
  mode: "write",
  schema,
  callers: "pass",
  key: (entity) => `${textOf(entity["type"]).toLowerCase()}:${textOf(entity["name"])}`,
  keep: keepPublished,
  read: {
    lists: [{ op: "GET /api/v2/flows", paging: "page", size: 500 }],
    keyedBy: ["name", "type"],
    get: { op: "GET /api/v2/flows/{id}" },
    atOnce: EXPORT_JOBS,
    parts: [{ at: "yaml", read: exportFlow, requests: 2, revision: revisionOf }],
  },
  content: flowContent,
  write: {
    create: publishFlow,
    update: updateFlow,
    remove: "DELETE /api/v2/flows/{id}",
    style: "patch",
    rename: "recreate",
    restore: restoreFlow,
  },
  permissions: {
    read: ["architect:flow:view", "architect:jobExport:create", "architect:jobExport:view"],
    write: [
      "architect:job:create",
      "architect:job:view",
      "architect:flow:add",
      "architect:flow:edit",
      "architect:flow:publish",
      "architect:flow:unlock",
      "architect:flow:delete",
    ],
  },
};

/** Flows of the platform cannot be published (405 `cannot.publish.default`, genesys-api §4.3). */
function keepPublished(entity: Obj): true | string {
  if (entity["deleted"] === true) return "deleted";
  if (entity["system"] === true) return "part of the platform";
  return revisionOf(entity) !== undefined || "never published";
}
