import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LockstepError } from "../../model/error.ts";

/** What is served, each when it is asked for. */
export interface StatusPages {
  readonly health: () => { readonly healthy: boolean };
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
}

/** A host and a port to listen on. */
export interface ListenAt {
  readonly host: string;
  readonly port: number;
}

/** A running server. */
export interface StatusServer {
  /** `http://127.0.0.1:9464`. */
  readonly address: string;
  close(): Promise<void>;
}

/** Serves `/healthz` (200 or 503) and `/metrics` to whoever reaches that port. @throws LockstepError `port-unavailable` */
export async function serveStatus({ host, port }: ListenAt, pages: StatusPages): Promise<StatusServer> {
  const server = createServer((request, response) => {
    answer(request, response, pages).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  }).catch((error: unknown) => {
    throw portError(error, port);
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    address: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, pages: StatusPages): Promise<void> {
  const path = (request.url ?? "").replace(/\?.*$/, "");
  if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, "text/plain", "");
  if (path === "/metrics") return send(response, 200, pages.metrics.contentType, await pages.metrics.text());
  if (path !== "/healthz") return send(response, 404, "text/plain", "/healthz and /metrics\n");
  const health = pages.health();
  send(response, health.healthy ? 200 : 503, "application/json", `${JSON.stringify(health)}\n`);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  response.end(body);
}

/** What it means that a server cannot listen on a port; any other error as it is. */
export function portError(error: unknown, port: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const isKnown = code === "EADDRINUSE" || code === "EACCES" || code === "EADDRNOTAVAIL" || code === "ENOTFOUND";
  if (!isKnown) return error;
  const hint = "Take another one, or port 0 for any free one.";
  return new LockstepError("port-unavailable", `Port ${port} cannot be used (${code})`, hint);
}
