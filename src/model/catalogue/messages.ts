import type { Entry } from "./entry.ts";

/** Messages to chats, webhooks and topics. */
export const MESSAGES = {
  "no-recipients": {
    meaning: "`lockstep notify` was run, and `notify` in the configuration names nobody.",
    action: "Add a recipient to `notify`.",
  },
  "message-address": {
    meaning: "The secret that holds the address of a recipient is not an `https://` URL.",
    action: "Set it to the whole address of the webhook.",
  },
  "message-refused": {
    meaning: "The service of a recipient refused a message; it would refuse it again.",
    action: "Check the address of the webhook, then run `lockstep notify --test`.",
  },
  "message-unreachable": {
    meaning: "A message could not be delivered: there was no answer, or the service is overloaded or broken.",
    action: "Run `lockstep notify` again. It sends the message to every recipient again.",
  },
} as const satisfies { readonly [code: string]: Entry };
