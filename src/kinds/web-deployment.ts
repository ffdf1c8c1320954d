import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/web-deployment.ts";
import { createDeployment, updateDeployment } from "./web-messaging/deploy.ts";
import { isActive } from "./web-messaging/until-active.ts";

/**
 * Deployments of web messaging: where a web site's messenger leads. They are entry points; the id in the site's snippet is
 * another one in every organisation, so the site has to switch (genesys-api §4.5).
 */
export const webDeployment: Kind = {
  name: "web-deployment",
  title: "Web messaging deployment",
  mode: "write",
  schema,
  callers: "enter",
  key: (entity) => textOf(entity["name"]),
  read: {
    lists: [{ op: "GET /api/v2/webdeployments/deployments", paging: "cursor", size: 300 }],
    get: { op: "GET /api/v2/webdeployments/deployments/{id}" },
  },
  write: {
    create: createDeployment,
    update: updateDeployment,
    remove: "DELETE /api/v2/webdeployments/deployments/{id}",
    style: "full",
    rename: "update",
    protect: true,
    settled: isActive,
  },
  permissions: {
    read: ["webDeployments:deployment:view"],
    write: ["webDeployments:deployment:add", "webDeployments:deployment:edit", "webDeployments:deployment:delete"],
  },
};
