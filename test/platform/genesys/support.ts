import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { ApiError, LockstepError } from "../../../src/model/error.ts";
import { systemClock, virtualClock } from "../../../src/platform/clock.ts";
import { connect } from "../../../src/platform/genesys/connect.ts";
import type { ConnectOptions, GenesysClient } from "../../../src/platform/genesys/options.ts";
import type { Transport, TransportAnswer, TransportRequest } from "../../../src/platform/genesys/transport.ts";

/** A secret that must turn up nowhere. */
export const canary = "c4n4ry-S3cret/+=";

/** The Basic credentials that hold the canary. */
export const basicCanary = Buffer.from(`some-client:${canary}`).toString("base64");

export const orgId = "0f0e0d0c-0000-4000-8000-000000000001";

/** What a scripted organisation answers; undefined means 200 with an empty object. */
export type Script = (request: TransportRequest, number: number) => Partial<TransportAnswer> | undefined;

export interface Scripted extends Transport {
  /** Everything but logins and questions after the organisation's identity. */
  readonly seen: TransportRequest[];
  readonly logins: TransportRequest[];
  identity: string;
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): TransportAnswer {
  return { status, headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) };
}

/** An organisation in memory that answers by script. */
export function scripted(script: Script = () => undefined): Scripted {
  const seen: TransportRequest[] = [];
  const logins: TransportRequest[] = [];
  const self: Scripted = {
    seen,
    logins,
    identity: orgId,
    handle: async (request) => {
      if (request.url === "/oauth/token") {
        logins.push(request);
        return json(200, { access_token: `token-${logins.length}`, token_type: "bearer", expires_in: 86_400 });
      }
      if (request.url === "/api/v2/organizations/me") return json(200, { id: self.identity, name: "Scripted" });
      seen.push(request);
      return { ...json(200, {}), ...script(request, seen.length) };
    },
  };
  return self;
}

/** Options for an organisation in memory and virtual time; jitter is always half of what it may be. */
export function memoryOptions(transport: Transport, changes: Partial<ConnectOptions> = {}): ConnectOptions {
  return {
    baseUrl: "http://org.invalid",
    clientId: "some-client",
    clientSecret: canary,
    access: "write",
    clock: virtualClock(),
    random: () => 0.5,
    transport,
    ...changes,
  };
}

export async function connectTo(transport: Transport, changes: Partial<ConnectOptions> = {}): Promise<GenesysClient> {
  return connect(memoryOptions(transport, changes));
}

/** Options for a server on a socket. */
export function networkOptions(baseUrl: string, changes: Partial<ConnectOptions> = {}): ConnectOptions {
  return {
    baseUrl,
    clientId: "some-client",
    clientSecret: canary,
    access: "write",
    clock: systemClock,
    random: () => 0,
    ...changes,
  };
}

export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface Listening {
  readonly baseUrl: string;
  readonly seen: IncomingMessage[];
  stop(): Promise<void>;
}

/** A server on the loopback interface for as long as the test runs; logs in and identifies by itself. */
export async function listen(handler: Handler, identity = orgId, port = 0): Promise<Listening> {
  const seen: IncomingMessage[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    seen.push(request);
    if (request.url?.endsWith("/oauth/token")) reply(response, { access_token: "token-1", expires_in: 3600 });
    else if (request.url?.endsWith("/api/v2/organizations/me")) reply(response, { id: identity, name: "Tiny" });
    else handler(request, response, Buffer.concat(chunks).toString());
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(stop);
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, stop };
}

export function reply(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}

/** The error that a promise ends with. */
export async function failureOf(work: Promise<unknown>): Promise<LockstepError> {
  const end = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (end instanceof LockstepError) return end;
  throw new Error("expected a LockstepError", { cause: end });
}

export async function apiErrorOf(work: Promise<unknown>): Promise<ApiError> {
  const error = await failureOf(work);
  if (error instanceof ApiError) return error;
  throw new Error("expected an ApiError", { cause: error });
}
