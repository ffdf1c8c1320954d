import { WebSocket } from "ws";
import type { ConnectSocket, SocketEvents } from "../model/socket.ts";

/** Longest time until a socket is open, and largest message: events are small. */
const OPENING_MS = 20_000;
const LARGEST_BYTES = 1_048_576;

/** Opens sockets of this process. An address on this machine may be without TLS; no proxy is asked. */
export const connectSocket: ConnectSocket = (address, events) => {
  if (!isSafe(address)) {
    queueMicrotask(() => events.closed("its address is not wss://"));
    return { send: () => undefined, close: () => undefined };
  }
  const socket = new WebSocket(address, {
    handshakeTimeout: OPENING_MS,
    maxPayload: LARGEST_BYTES,
    followRedirects: false,
  });
  forward(socket, events);
  return {
    send: (text) => (socket.readyState === WebSocket.OPEN ? socket.send(text) : undefined),
    close: () => socket.terminate(),
  };
};

function forward(socket: WebSocket, events: SocketEvents): void {
  const told = { reason: "" };
  socket.on("open", () => events.opened());
  socket.on("message", (data: Buffer, isBinary) => (isBinary ? undefined : events.message(data.toString("utf8"))));
  socket.on("error", (error) => (told.reason = reasonOf(error)));
  socket.on("close", (code) => events.closed(told.reason === "" ? `code ${code}` : told.reason));
}

/** A system error by its code, a refused handshake by its status: messages of others may hold the address. */
function reasonOf(error: Error): string {
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const status = /Unexpected server response: (\d{3})/.exec(error.message)?.[1];
  return code ?? (status === undefined ? "no connection" : `status ${status}`);
}

function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "wss:" || (protocol === "ws:" && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname));
}
