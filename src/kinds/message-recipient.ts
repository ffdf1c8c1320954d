import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/message-recipient.ts";

/**
 * Messaging recipients: the addresses that customers write to (SMS numbers, WhatsApp, Open Messaging …), and the flow that
 * answers. A messaging integration makes them, so they are neither created nor deleted here: where the standby's address has
 * another name, a rename says which is which. They are entry points.
 */
export const messageRecipient: Kind = {
  name: "message-recipient",
  title: "Message recipient",
  mode: "write",
  schema,
  callers: "enter",
  numbers: ["name"],
  key: (entity) => `${textOf(entity["messengerType"])}:${textOf(entity["name"])}`,
  read: {
    lists: [{ op: "GET /api/v2/routing/message/recipients", paging: "page", size: 100 }],
    keyedBy: ["messengerType"],
    get: { op: "GET /api/v2/routing/message/recipients/{id}" },
  },
  write: {
    *update({ id, body }) {
      // The flow is all that an update takes (definition RecipientRequest). That null takes it away is unverified.
      yield { op: "PUT /api/v2/routing/message/recipients/{id}", path: { id }, body: { flow: body["flow"] ?? null } };
      return id;
    },
    style: "full",
    rename: "recreate",
  },
  permissions: {
    read: ["routing:message:manage"],
    write: ["routing:message:manage"],
  },
};
