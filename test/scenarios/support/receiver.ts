import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach } from "vitest";

/** A request that arrived. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An answer that is not 200. */
export interface Refusal {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}

/** A service that takes webhooks. */
export interface Receiver {
  readonly origin: () => string;
  readonly received: readonly Received[];
  forget(): void;
  /** The next answers to requests for a path; 200 when they are used up. */
  answer(path: string, ...refusals: readonly Refusal[]): void;
}

/** A receiver for the tests around the call; each test starts with nothing received. */
export function receiver(): Receiver {
  const received: Received[] = [];
  const refusals = new Map<string, Refusal[]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "";
      received.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
      const { status, headers, body } = refusals.get(path)?.shift() ?? { status: 200, body: "ok" };
      response.writeHead(status, headers).end(body);
    });
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  beforeEach(() => {
    received.splice(0);
    refusals.clear();
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    origin: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    forget: () => void received.splice(0),
    answer: (path, ...answers) => void refusals.set(path, [...answers]),
  };
}
