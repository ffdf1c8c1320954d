import type { Channel, World } from "../world.ts";

/** One connection to a channel, as whoever holds the socket provides it. */
export interface Socket {
  hear(text: string): void;
  end(): void;
}

/**
 * Connects a socket to the channel whose address this path is.
 * @returns what to do with what the other side sends; undefined where there is no such channel, or no connection is taken
 */
export function connectSocket(world: World, path: string, socket: Socket): ((text: string) => void) | undefined {
  const channel = world.channels.get(/^\/channels\/([^/?]+)$/.exec(path)?.[1] ?? "");
  if (channel === undefined || channel.expires <= world.clock.now() || world.settings.sockets === "refuse")
    return undefined;
  channel.sockets.add(socket);
  channel.usedAt = world.clock.now();
  return (text) => answerTo(world, channel, socket, text);
}

/** Forgets a socket that is closed. */
export function disconnectSocket(world: World, socket: Socket): void {
  for (const { sockets } of world.channels.values()) sockets.delete(socket);
}

/** The message that the service sends every half minute, and the answer to a ping (developer centre, "WebSocket manual health check"). */
export function metadataMessage(message: "WebSocket Heartbeat" | "pong"): string {
  return JSON.stringify({ topicName: "channel.metadata", eventBody: { message } });
}

function answerTo(world: World, channel: Channel, socket: Socket, text: string): void {
  if (world.settings.sockets === "silent") return;
  channel.usedAt = world.clock.now();
  if (/^\s*\{\s*"message"\s*:\s*"ping"\s*\}\s*$/.test(text)) socket.hear(metadataMessage("pong"));
}
