import type { Api } from "../../model/api.ts";
import { LockstepError } from "../../model/error.ts";
import { isObj, objectsOf, textOf, type Json } from "../../model/json.ts";
import type { Clock, Random } from "../../model/ports.ts";
import type { ConnectSocket } from "../../model/socket.ts";
import { heardIn, type WatchedTopics } from "./topics.ts";

/** What a channel takes from the outside world. */
export interface ChannelPorts {
  /** Logs in for a few requests. */
  readonly logIn: () => Promise<Api & { close(): void }>;
  readonly connectSocket: ConnectSocket;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted when nobody listens any more. */
  readonly signal: AbortSignal;
}

/** What a channel tells. */
export interface ChannelEvents {
  /** Something is heard: from now on nothing is missed, while before anything may have been. */
  open(): void;
  /** It is there no longer, and why, in a few words. */
  lost(reason: string): void;
  changed(topic: string): void;
}

const PING_EVERY_MS = 30_000;
/** Two pings and some time for their answers: the service itself says something every half minute. */
const SILENT_AFTER_MS = 75_000;
/** The share of a channel's life after which another one takes its place. That setting topics lengthens a life is unverified. */
const USED_LIFE = 0.8;
/** What a channel counts as living when it does not say how long (genesys-api §14.1 has `expires`; 24 hours in all samples). */
const USUAL_LIFE_MS = 24 * 3_600_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 300_000;
/** A channel that lives shorter than this counts as a failure: pauses grow on. */
const WORTHWHILE_MS = 60_000;

const CHANNELS = "/api/v2/notifications/channels";
const COUNTED_AS = "notification-channel";

/**
 * Listens to an organisation until the signal is aborted. A channel that is refused, ends, falls silent or is about to expire is
 * replaced, after pauses that grow while that fails.
 * @param topics what to listen to; asked again with every ping
 */
export async function keepChannel(
  ports: ChannelPorts,
  topics: () => WatchedTopics,
  tell: ChannelEvents,
): Promise<void> {
  const { clock, random, signal } = ports;
  for (let failures = 0; !signal.aborted;) {
    const startedAt = clock.now();
    const reason = await listenOnce(ports, topics, tell).catch(reasonOf);
    if (signal.aborted) return;
    tell.lost(reason);
    failures = clock.now() - startedAt >= WORTHWHILE_MS ? 0 : failures + 1;
    await pause(clock, pauseAfter(failures, random), signal);
  }
}

/** The pause before the next try, in milliseconds; both sides of a pair must not come back at the same moment for ever. */
export function pauseAfter(failures: number, random: Random): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(longest * (0.5 + random() / 2));
}

interface OpenChannel {
  readonly id: string;
  readonly address: string;
  readonly renewAt: number;
}

/** Opens one channel and listens to it. @returns why it ended */
async function listenOnce(ports: ChannelPorts, topics: () => WatchedTopics, tell: ChannelEvents): Promise<string> {
  const { clock, signal } = ports;
  let listened = topics();
  if (listened.objects.size === 0) return "there is nothing to listen to";
  const channel = await withLogin(ports, (api) => openChannel(api, listened, clock));
  const over = new AbortController();
  const state = { heardAt: clock.now(), isOpen: false };
  const socket = ports.connectSocket(channel.address, {
    opened: () => socket.send(PING),
    closed: (reason) => over.abort(reason),
    message: (text) => {
      const heard = heardIn(text);
      state.heardAt = clock.now();
      if (!state.isOpen) tell.open();
      state.isOpen = true;
      if (heard === "closing") over.abort("the service closes it");
      else if (heard !== "alive") tell.changed(heard.topic);
    },
  });
  try {
    return await untilOver(ports, { channel, over: over.signal, state }, async () => {
      socket.send(PING);
      const now = topics();
      if (sameTopics(now, listened)) return;
      await withLogin(ports, (api) => subscribe(api, channel.id, now));
      listened = now;
    });
  } finally {
    socket.close();
    if (signal.aborted) await withLogin(ports, (api) => dropTopics(api, channel.id)).catch(() => undefined);
  }
}

const PING = '{"message":"ping"}';

interface Listening {
  readonly channel: OpenChannel;
  readonly over: AbortSignal;
  readonly state: { readonly heardAt: number };
}

/** Calls back with every ping until a channel is over. @returns why it is */
async function untilOver(
  { clock, signal }: ChannelPorts,
  { channel, over, state }: Listening,
  ping: () => Promise<void>,
): Promise<string> {
  const either = AbortSignal.any([signal, over]);
  for (;;) {
    await pause(clock, PING_EVERY_MS, either);
    if (signal.aborted) return "stopped";
    if (over.aborted) return String(over.reason);
    if (clock.now() - state.heardAt > SILENT_AFTER_MS) return "silent";
    if (clock.now() >= channel.renewAt) return "about to expire";
    await ping();
  }
}

async function openChannel(api: Api, topics: WatchedTopics, clock: Clock): Promise<OpenChannel> {
  const { body } = await api.send({ op: `POST ${CHANNELS}` }, COUNTED_AS);
  const { id, connectUri, expires } = isObj(body) ? body : {};
  const [name, address] = [textOf(id), textOf(connectUri)];
  if (name === "" || address === "") throw new Refusal("no channel in the answer");
  const now = clock.now();
  const until = Date.parse(textOf(expires));
  const lifeMs = until > now ? until - now : USUAL_LIFE_MS;
  await subscribe(api, name, topics);
  return { id: name, address, renewAt: now + lifeMs * USED_LIFE };
}

/** Sets the topics of a channel. What the client may not hear is left out by the organisation, which says so. */
async function subscribe(api: Api, channelId: string, { objects }: WatchedTopics): Promise<void> {
  const body: Json = [...objects.keys()].map((id) => ({ id }));
  const call = { path: { channelId }, query: { ignoreErrors: true }, body };
  const answer = await api.send({ op: `PUT ${CHANNELS}/{channelId}/subscriptions`, ...call }, COUNTED_AS);
  const entities = objectsOf(isObj(answer.body) ? answer.body["entities"] : undefined);
  if (!entities.some(({ state }) => state !== "Rejected")) throw new Refusal("no topic is permitted");
}

async function dropTopics(api: Api, channelId: string): Promise<void> {
  await api.send({ op: `DELETE ${CHANNELS}/{channelId}/subscriptions`, path: { channelId } }, COUNTED_AS);
}

async function withLogin<Value>({ logIn }: ChannelPorts, work: (api: Api) => Promise<Value>): Promise<Value> {
  const connection = await logIn();
  try {
    return await work(connection);
  } finally {
    connection.close();
  }
}

function sameTopics(a: WatchedTopics, b: WatchedTopics): boolean {
  return a.objects.size === b.objects.size && [...a.objects.keys()].every((topic) => b.objects.has(topic));
}

class Refusal extends Error {}

function reasonOf(error: unknown): string {
  if (error instanceof LockstepError) return error.code;
  if (error instanceof Refusal) return error.message;
  throw error;
}

async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  await clock.sleep(ms, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
