import { joinKey } from "../model/coordinate.ts";
import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/email-route.ts";

/** E-mail routes: the addresses of a domain. Queues refer to them as the address that they answer from. */
export const emailRoute: Kind = {
  name: "email-route",
  title: "E-mail route",
  mode: "map",
  parent: { kind: "email-domain", id: (entity) => textOf(entity["domain"]) },
  schema,
  callers: "enter",
  key: (entity, domain) => joinKey(domain ?? textOf(entity["domain"]), textOf(entity["pattern"])),
  read: {
    lists: [
      {
        op: "GET /api/v2/routing/email/domains/{domain}/routes",
        paging: "page",
        size: 100,
        per: { kind: "email-domain", path: "domain" },
      },
    ],
    get: { op: "GET /api/v2/routing/email/domains/{domain}/routes/{id}" },
  },
  permissions: { read: ["routing:email:view"], write: [] },
};
