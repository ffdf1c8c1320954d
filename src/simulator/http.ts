import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { WebSocketServer, type WebSocket } from "ws";
import type { Simulator } from "./core.ts";
import { connectSocket, disconnectSocket, metadataMessage } from "./notifications/connect.ts";
import type { Answer } from "./world.ts";

/** A running server. */
export interface Served {
  readonly baseUrl: string;
  readonly port: number;
  close(): Promise<void>;
}

async function bytesOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function headersOf(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const body = answer.body ?? "";
  const length = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
  const noBody = answer.status === 204 || answer.status === 304;
  response.writeHead(answer.status, { ...answer.headers, ...(noBody ? {} : { "Content-Length": length }) });
  response.end(request.method === "HEAD" || noBody ? undefined : body);
}

async function respond(simulator: Simulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await simulator.handle({
    method: request.method ?? "GET",
    url: request.url ?? "/",
    headers: headersOf(request),
    body: await bytesOf(request),
  });
  if (answer.fault?.kind === "hang") return;
  if (answer.fault?.kind === "reset") {
    request.socket.resetAndDestroy();
    return;
  }
  if (answer.fault?.kind === "slow") await pause(answer.fault.ms);
  // The organisation's own clock, which need not be this machine's.
  const date = new Date(simulator.world.clock.now()).toUTCString();
  send(request, response, { ...answer, headers: { Date: date, ...answer.headers } });
}

/** How often the notification service says that it is there (developer centre, "Notification service"). */
const heartbeatMs = 30_000;

/** Connects whoever asks for a WebSocket to the notification channel of the path; the address itself is the permission. */
function serveSockets({ world }: Simulator, server: Server): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true });
  const refuse = (connection: Duplex): void => void connection.end("HTTP/1.1 404 Not Found\r\n\r\n");
  server.on("upgrade", (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    const opened: WebSocket[] = [];
    const socket = { hear: (text: string) => opened[0]?.send(text), end: () => opened[0]?.close(1001) };
    const said = connectSocket(world, request.url ?? "", socket);
    if (said === undefined) return refuse(connection);
    sockets.handleUpgrade(request, connection, head, (webSocket) => {
      opened.push(webSocket);
      const beat = setInterval(() => {
        if (world.settings.sockets === "open") webSocket.send(metadataMessage("WebSocket Heartbeat"));
      }, heartbeatMs).unref();
      webSocket.on("message", (data: Buffer) => said(data.toString()));
      webSocket.on("error", () => undefined);
      webSocket.on("close", () => {
        clearInterval(beat);
        disconnectSocket(world, socket);
      });
    });
  });
  return sockets;
}

/** Serves the simulator on the loopback interface; port 0 takes a free one. */
export async function serve(simulator: Simulator, port: number): Promise<Served> {
  const server: Server = createServer((request, response) => {
    respond(simulator, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { "Content-Type": "text/plain" });
      response.end(error instanceof Error ? (error.stack ?? error.message) : "failed");
    });
  });
  server.keepAliveTimeout = 60_000;
  const sockets = serveSockets(simulator, server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    baseUrl: `http://127.0.0.1:${taken}`,
    port: taken,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
