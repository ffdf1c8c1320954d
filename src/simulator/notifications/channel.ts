import { ApiError, badRequest, notFound } from "../errors.ts";
import { guidFrom } from "../ids.ts";
import type { JsonObject } from "../json.ts";
import type { Call } from "../resource.ts";
import type { Channel, World } from "../world.ts";

/** How long a channel lives (developer centre, "Notification service"; the definition only says that it expires). */
const livesMs = 24 * 3_600_000;
/** Channels of one OAuth client; what a further one replaces (definition, `POST /notifications/channels`). */
const mostChannels = 20;

/** The channels of an organisation's client that still live, in order of creation. */
export function channelsOf(world: World, { org, clientId }: Pick<Call, "org" | "clientId">): Channel[] {
  const now = world.clock.now();
  for (const channel of world.channels.values()) if (channel.expires <= now) dropChannel(world, channel);
  return [...world.channels.values()].filter((channel) => channel.org === org.name && channel.clientId === clientId);
}

/** The channel that the path names; throws 404 for one that is gone or another client's. */
export function channelWanted(call: Call): Channel {
  const found = channelsOf(call.world, call).find(({ id }) => id === call.params.id);
  if (found === undefined) throw notFound("The channel");
  return found;
}

/** Opens a channel. The 21st replaces the one that was used last the longest ago, one without a connection before others. */
export function openChannel(call: Call): Channel {
  const { world, org, clientId, tokenText, now } = call;
  const held = channelsOf(world, call);
  const [oldest] = held.toSorted(
    (a, b) => Math.sign(a.sockets.size) - Math.sign(b.sockets.size) || a.usedAt - b.usedAt,
  );
  if (held.length >= mostChannels && oldest !== undefined) dropChannel(world, oldest);
  world.channelsMade += 1;
  const id = `streaming-0-${guidFrom(`${org.id}/channel/${world.channelsMade}`)}`;
  const place = { id, org: org.name, clientId, token: tokenText };
  const channel: Channel = { ...place, expires: now + livesMs, usedAt: now, topics: new Set(), sockets: new Set() };
  world.channels.set(id, channel);
  return channel;
}

/** A channel as answers show it (definition Channel). */
export function channelShown({ id, expires }: Channel, { host }: Pick<Call, "host">): JsonObject {
  return { id, connectUri: `ws://${host}/channels/${id}`, expires: new Date(expires).toISOString() };
}

/** Subscribing is using: it keeps a channel alive (developer centre, "Notification service"). */
export function usedNow(channel: Channel, now: number): void {
  channel.usedAt = now;
  channel.expires = now + livesMs;
}

function dropChannel(world: World, channel: Channel): void {
  world.channels.delete(channel.id);
  for (const socket of channel.sockets) socket.end();
}

/** Ends every connection, as when the service that holds them restarts. */
export function hangUp(world: World): void {
  for (const { sockets } of world.channels.values()) for (const socket of [...sockets]) socket.end();
}

/** 400 for a topic that there is none of; 403 for one that the client may not hear. */
export function topicError(topic: string, problem: "unknown" | "unauthorized"): ApiError {
  if (problem === "unknown") return badRequest(`The topic ${topic} is not valid`, "notification.invalid.topic");
  return new ApiError(403, "notification.unauthorized.topic", `Not authorized to subscribe to ${topic}`);
}
