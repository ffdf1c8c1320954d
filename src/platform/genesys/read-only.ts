import { LockstepError } from "../../model/error.ts";
import type { Op } from "../../model/api.ts";
import type { Address } from "./address.ts";
import type { WireRequest } from "./wire.ts";

/** A POST, PUT or DELETE that changes no configuration. */
export interface ReadingCall {
  readonly op: Op;
  readonly why: string;
}

function reading(op: Op, why: string): ReadingCall {
  return Object.freeze({ op, why });
}

/** Everything besides GET and HEAD that a read-only client may send. */
export const readingCalls: readonly ReadingCall[] = Object.freeze([
  reading(
    "POST /api/v2/flows/export/jobs",
    "starts an export of one flow: the only way to read its YAML (genesys-api §8.1)",
  ),
  reading("POST /api/v2/audits/query", "asks who changed what, over a long time (genesys-api §14.2)"),
  reading("POST /api/v2/audits/query/realtime", "asks who changed what in the last two weeks (genesys-api §14.2)"),
  reading("POST /api/v2/audits/query/realtime/related", "asks what else one change did (genesys-api §14.2)"),
  reading("POST /api/v2/notifications/channels", "opens a channel of our own to hear of changes (genesys-api §14.1)"),
  reading(
    "POST /api/v2/notifications/channels/{channelId}/subscriptions",
    "adds topics to our own channel (genesys-api §14.1)",
  ),
  reading(
    "PUT /api/v2/notifications/channels/{channelId}/subscriptions",
    "sets the topics of our own channel (genesys-api §14.1)",
  ),
  reading(
    "DELETE /api/v2/notifications/channels/{channelId}/subscriptions",
    "drops the topics of our own channel when nobody listens any more: there is no deletion of a channel (genesys-api §14.1)",
  ),
]);

const readingPatterns = readingCalls.map(({ op }) => {
  const [method = "", template = ""] = op.split(" ");
  return { method, path: new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`) };
});

/** Does a request below the API's address only read? The path is one that URL parsing has already normalised. */
function onlyReads(method: string, path: string): boolean {
  if (method === "GET" || method === "HEAD") return true;
  return readingPatterns.some((pattern) => pattern.method === method && pattern.path.test(path));
}

/** Does an operation only read? */
export function isReadingOp(op: Op): boolean {
  const [method = "", template = ""] = op.split(" ");
  return onlyReads(method, template);
}

/** The error for a write through a client that must not write. */
export function primaryReadOnly(what: string): LockstepError {
  return new LockstepError(
    "primary-read-only",
    `Refused before it was sent: ${what} would change an organisation that is open for reading only`,
    "Only the standby is written to. This is a defect if no command asked for it; please report it.",
  );
}

/**
 * Refuses what a read-only client may not send: the last thing before the network, looking at the very URL that is
 * about to be requested.
 * @throws LockstepError `primary-read-only`
 */
export function assertReadOnly(request: WireRequest, address: Address): void {
  const { method } = request;
  const url = new URL(request.url);
  if (method === "GET" || method === "HEAD") return;
  if (method === "POST" && url.href === new URL(address.login).href) return;
  const base = new URL(address.api);
  const prefix = base.pathname.replace(/\/+$/, "");
  const path = url.pathname.slice(prefix.length);
  if (url.origin === base.origin && url.pathname.startsWith(prefix) && onlyReads(method, path)) return;
  throw primaryReadOnly(`${method} ${url.pathname}`);
}
