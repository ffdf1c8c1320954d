import { joinKey } from "../model/coordinate.ts";
import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { createEmailRoute, updateEmailRoute } from "./email-route/write.ts";
import { schema } from "./generated/email-route.ts";

/**
 * E-mail routes: what happens to a mail for an address of a domain. They are entry points. Domains are bound to one
 * organisation by DNS, so the standby has domains of its own, and renames say which is which.
 */
export const emailRoute: Kind = {
  name: "email-route",
  title: "E-mail route",
  mode: "write",
  schema,
  callers: "enter",
  parent: { kind: "email-domain", id: (entity) => textOf(entity["domainName"]), path: "domainName" },
  key: (entity, parentKey) => joinKey(parentKey ?? textOf(entity["domainName"]), textOf(entity["pattern"])),
  read: {
    lists: [
      {
        op: "GET /api/v2/routing/email/domains/{domainName}/routes",
        paging: "page",
        size: 100,
        per: { kind: "email-domain", path: "domainName" },
      },
    ],
    keyedBy: ["pattern"],
    get: { op: "GET /api/v2/routing/email/domains/{domainName}/routes/{id}" },
  },
  write: {
    create: createEmailRoute,
    update: updateEmailRoute,
    remove: "DELETE /api/v2/routing/email/domains/{domainName}/routes/{id}",
    style: "full",
    rename: "update",
    protect: true,
    settled: ({ status }) => (status === "Error" ? { failed: "the status is Error" } : status !== "Pending"),
  },
  permissions: {
    read: ["routing:email:view"],
    write: ["routing:email:manage"],
  },
};
