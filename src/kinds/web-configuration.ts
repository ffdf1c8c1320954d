import { isObj, textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/web-configuration.ts";
import { createConfiguration, updateConfiguration } from "./web-messaging/publish.ts";
import { newestVersion } from "./web-messaging/versions.ts";

/**
 * Configurations of web messaging, as they were last published: a draft reaches no customer and is not looked at. What is
 * published here goes to the deployments that use it (genesys-api §4.5).
 */
export const webConfiguration: Kind = {
  name: "web-configuration",
  title: "Web messaging configuration",
  mode: "write",
  schema,
  key: (entity) => textOf(entity["name"]),
  read: {
    lists: [
      {
        op: "GET /api/v2/webdeployments/configurations",
        paging: "cursor",
        size: 300,
        query: { showOnlyPublished: true },
      },
    ],
    // An address of its own has only a version: that of the draft is known.
    get: { op: "GET /api/v2/webdeployments/configurations/{id}/versions/draft" },
    parts: [
      {
        at: "published",
        read: ({ id }) => newestVersion(textOf(id)),
        audited: { service: "WebDeployments", entities: ["Configuration", "ConfigurationVersion"] },
        isWhole: true,
      },
    ],
    normalise: ({ published, ...draft }) => (isObj(published) ? published : draft),
  },
  write: {
    create: createConfiguration,
    update: updateConfiguration,
    remove: "DELETE /api/v2/webdeployments/configurations/{id}",
    style: "full",
    rename: "update",
    writesReferrers: true,
    noted: "create",
  },
  permissions: {
    read: ["webDeployments:configuration:view"],
    write: [
      "webDeployments:configuration:add",
      "webDeployments:configuration:edit",
      "webDeployments:configuration:delete",
      "webDeployments:deployment:view",
      "webDeployments:deployment:edit",
    ],
  },
};
