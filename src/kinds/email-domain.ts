import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/email-domain.ts";

/**
 * E-mail domains. The id is the domain itself. DNS binds it to one organisation, so it is never copied (genesys-api §3).
 */
export const emailDomain: Kind = {
  name: "email-domain",
  title: "E-mail domain",
  mode: "map",
  schema,
  key: (entity) => textOf(entity["id"]).toLowerCase(),
  read: {
    lists: [{ op: "GET /api/v2/routing/email/domains", paging: "page", size: 100, query: { excludeStatus: true } }],
    keyedBy: [],
    get: { op: "GET /api/v2/routing/email/domains/{id}" },
  },
  permissions: { read: ["routing:email:manage"], write: [] },
};
