import { createHmac, randomUUID } from "node:crypto";
import { LockstepError } from "../../model/error.ts";
import type { Messenger } from "../../model/message.ts";
import type { Clock, Random, ReadSecret } from "../../model/ports.ts";
import { printable } from "../../model/printable.ts";
import { retryAfterMs } from "../genesys/rate-headers.ts";
import { retryDecision, waitBefore, type AttemptOutcome } from "../genesys/retry.ts";

/** What delivering takes from the outside world. */
export interface MessengerPorts {
  readonly readSecret: ReadSecret;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
}

const ATTEMPTS = 4;
const TIMEOUT_MS = 15_000;
/** A wait that is asked for and longer than this ends the attempts: nobody wants to read tomorrow of tonight's drift. */
const LONGEST_WAIT_MS = 60_000;

/** A request that is ready to be sent, as often as it takes. */
interface Delivery {
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  /** The recipient, without what is secret in its address. */
  readonly to: string;
  readonly place: string;
}

/** Delivers messages over HTTPS, those to a topic of Amazon SNS through its own client; a recipient on this machine may be reached without TLS. Redirects are not followed. */
export function openMessenger(ports: MessengerPorts): Messenger {
  return {
    open: async (recipient, place) => {
      if (recipient.type === "sns") return (await import("./sns.ts")).openTopic(recipient, place, ports.signal);
      const url = addressOf(await ports.readSecret(recipient.url), place);
      const secret = recipient.type === "webhook" ? recipient.signingSecret : undefined;
      const key = secret === undefined ? undefined : await ports.readSecret(secret);
      const to = `${recipient.type} at ${url.host}`;
      return (body) => deliver(ports, { url, headers: headersFor(ports.clock, body, key), body, to, place });
    },
  };
}

function addressOf(text: string, path: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === "https:" || isHere(url))) return url;
  const hint = "Set it to the whole address of the webhook, as the service shows it.";
  throw new LockstepError("message-address", "The address of a recipient is not an https:// URL", hint, { path });
}

function isHere({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Headers by which a receiver knows who sent a message, and that it is new (standardwebhooks.com, "Signature scheme"). */
function headersFor(clock: Clock, body: string, key: string | undefined): { readonly [name: string]: string } {
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(clock.now() / 1000));
  const headers = { "content-type": "application/json", "webhook-id": id, "webhook-timestamp": timestamp };
  if (key === undefined) return headers;
  return { ...headers, "webhook-signature": `v1,${signatureOf(key, `${id}.${timestamp}.${body}`)}` };
}

const PREFIX = "whsec_";

/** @param secret base64 after `whsec_`, any other text as it is */
function signatureOf(secret: string, content: string): string {
  const key = secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), "base64") : Buffer.from(secret);
  return createHmac("sha256", key).update(content).digest("base64");
}

/** How an attempt ended: `done`, or what is to be said of it. */
type Attempt = { readonly done: true } | { readonly outcome: AttemptOutcome; readonly said: string };

async function deliver(ports: MessengerPorts, delivery: Delivery): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const ended = await attemptOnce(ports, delivery);
    if ("done" in ended) return;
    const { outcome, said } = ended;
    const wait = waitBefore(outcome, attempt, ports.random);
    if (attempt === ATTEMPTS || !mayPass(outcome) || wait > LONGEST_WAIT_MS) throw undelivered(delivery, outcome, said);
    await ports.clock.sleep(wait, ports.signal);
  }
}

async function attemptOnce({ signal, clock }: MessengerPorts, { url, headers, body }: Delivery): Promise<Attempt> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
      signal: AbortSignal.any([signal, limit]),
    });
    const said = await firstLine(response, url);
    if (response.ok) return { done: true };
    const asked = retryAfterMs(Object.fromEntries(response.headers), clock.now());
    return { outcome: { status: response.status, retryAfterMs: asked }, said };
  } catch (error) {
    signal.throwIfAborted();
    return { outcome: { failure: "unreached" }, said: limit.aborted ? "no answer in time" : reasonOf(error) };
  }
}

/** May it be sent again? Its receiver knows a message that arrives twice by its id. */
function mayPass(outcome: AttemptOutcome): boolean {
  return retryDecision(outcome, true).again;
}

/** Why no answer came: the cause that `fetch` keeps behind its own message. It may not name the address, which is secret. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : "no connection";
}

/** How an answer begins, without the address, which some servers repeat. */
async function firstLine({ body }: Response, { pathname, search }: URL): Promise<string> {
  let start = "";
  for await (const chunk of body ?? []) {
    start = new TextDecoder().decode(chunk as Uint8Array);
    break;
  }
  const [line = ""] = start.split("\n");
  return printable([search, pathname].reduce(withoutPart, line).slice(0, 100));
}

function withoutPart(line: string, part: string): string {
  return part.length > 1 ? line.replaceAll(part, "…") : line;
}

function undelivered({ to, place }: Delivery, outcome: AttemptOutcome, said: string): LockstepError {
  if ("status" in outcome && !mayPass(outcome)) {
    const message = `A message was refused by ${to} (${outcome.status})${said === "" ? "" : `: ${said}`}`;
    const hint = "Check the address of the webhook, and whether it still exists; then `lockstep notify --test`.";
    return new LockstepError("message-refused", message, hint, { path: place });
  }
  const found = "status" in outcome ? `status ${outcome.status}` : said;
  const hint = "Run `lockstep notify` again when it answers.";
  return new LockstepError("message-unreachable", `No message could be delivered to ${to}: ${found}`, hint, {
    path: place,
  });
}
