import { joinKey } from "../model/coordinate.ts";
import { textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { AUTH_NAME, isAuthAction } from "./data-action/auth.ts";
import { readConfig, readContract, actionVersion, TEMPLATES } from "./data-action/read.ts";
import { plainAction } from "./data-action/shape.ts";
import { createAction, updateAction } from "./data-action/write.ts";
import { schema } from "./generated/data-action.ts";

/**
 * Data actions with their contract and templates, known by integration, category and name: names alone are not unique
 * (genesys-api §3). The action by which an integration logs in exists once and is known as `@auth`.
 */
export const dataAction: Kind = {
  name: "data-action",
  title: "Data action",
  mode: "write",
  parent: { kind: "integration", id: integrationOf },
  schema,
  key: (entity, integration) => {
    const owner = integration ?? integrationOf(entity);
    return isAuthAction(entity)
      ? joinKey(owner, AUTH_NAME)
      : joinKey(owner, textOf(entity["category"]), textOf(entity["name"]));
  },
  keep: keepAction,
  read: {
    lists: [
      {
        op: "GET /api/v2/integrations/actions",
        paging: "page",
        size: 100,
        query: { includeConfig: true, includeAuthActions: true },
      },
    ],
    get: { op: "GET /api/v2/integrations/actions/{id}", query: { includeConfig: true, expand: "contract" } },
    parts: [
      { at: "contract", read: readContract, revision: actionVersion, apart: ["/contract"] },
      { at: "config", read: readConfig, requests: 2, revision: actionVersion, apart: TEMPLATES },
    ],
    normalise: plainAction,
  },
  write: {
    create: createAction,
    update: updateAction,
    remove: "DELETE /api/v2/integrations/actions/{id}",
    style: "full",
    version: "body",
    rename: "update",
    twins: true,
    noted: "update",
  },
  permissions: {
    read: ["integrations:action:view"],
    write: ["integrations:action:add", "integrations:action:edit", "integrations:action:delete"],
  },
};

function integrationOf(entity: Obj): string {
  return textOf(entity["integrationId"]);
}

/** Built-in actions and the default login of an integration cannot differ (genesys-api §4.4). */
function keepAction(entity: Obj): true | string {
  if (textOf(entity["id"]).startsWith("static")) return "built into the platform";
  return !isAuthAction(entity) || entity["version"] !== 1 || "default login of its integration";
}
