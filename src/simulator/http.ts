import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Simulator } from "./core.ts";
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

/** Serves the simulator on the loopback interface; port 0 takes a free one. */
export async function serve(simulator: Simulator, port: number): Promise<Served> {
  const server: Server = createServer((request, response) => {
    respond(simulator, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { "Content-Type": "text/plain" });
      response.end(error instanceof Error ? (error.stack ?? error.message) : "failed");
    });
  });
  server.keepAliveTimeout = 60_000;
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
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
