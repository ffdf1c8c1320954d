import type { IncomingMessage } from "node:http";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { virtualClock } from "../../../src/platform/clock.ts";
import { connect } from "../../../src/platform/genesys/connect.ts";
import type { ConnectOptions, GenesysClient } from "../../../src/platform/genesys/options.ts";
import { apiErrorOf, failureOf, listen, networkOptions, orgId, reply } from "./support.ts";
import type { Handler } from "./support.ts";

async function connected(
  handler: Handler,
  changes: Partial<ConnectOptions> = {},
): Promise<{ client: GenesysClient; baseUrl: string; seen: IncomingMessage[] }> {
  const { baseUrl, seen } = await listen(handler);
  const client = await connect(networkOptions(`${baseUrl}/some/prefix`, changes));
  onTestFinished(() => client.close());
  return { client, baseUrl, seen };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("over sockets", () => {
  test("login and API go below the path prefix, values arrive as they are", async () => {
    let body = "";
    const { client, seen } = await connected((_, response, text) => {
      body = text;
      reply(response, { ok: true }, 201);
    });
    const answer = await client.send(
      {
        op: "PUT /api/v2/flows/datatables/{id}/rows/{key}",
        path: { id: "1", key: "a/b c?é" },
        query: { name: "x y&z=ü,1", deep: false, pageNumber: 0 },
        body: JSON.parse('{"__proto__":{"kept":1},"list":[]}') as Record<string, never>,
      },
      "data-table",
    );
    expect(answer).toEqual({ status: 201, body: { ok: true } });
    expect(seen.map(({ url }) => new URL(url ?? "", "http://h").pathname)).toEqual([
      "/some/prefix/oauth/token",
      "/some/prefix/api/v2/organizations/me",
      "/some/prefix/api/v2/organizations/me",
      "/some/prefix/api/v2/flows/datatables/1/rows/a%2Fb%20c%3F%C3%A9",
    ]);
    const query = new URL(seen.at(-1)?.url ?? "", "http://h").searchParams;
    expect(Object.fromEntries(query)).toEqual({ name: "x y&z=ü,1", deep: "false", pageNumber: "0" });
    expect(body).toBe('{"__proto__":{"kept":1},"list":[]}');
    expect(seen.at(-1)?.headers).toMatchObject({ authorization: "Bearer token-1", "content-type": "application/json" });
  });

  test("answers may be empty, JSON or text", async () => {
    const { client } = await connected((request, response) => {
      if (request.method === "DELETE") response.writeHead(204).end();
      else if (request.url?.endsWith("/csv")) response.writeHead(200, { "Content-Type": "text/csv" }).end("a,b");
      else reply(response, [1, null]);
    });
    expect(await client.send({ op: "DELETE /api/v2/flows/{id}", path: { id: "1" } }, "flow")).toEqual({ status: 204 });
    expect(await client.send({ op: "GET /api/v2/csv" }, "flow")).toEqual({ status: 200, text: "a,b" });
    expect(await client.send({ op: "GET /api/v2/list" }, "flow")).toEqual({ status: 200, body: [1, null] });
    expect(await client.send({ op: "HEAD /api/v2/list" }, "flow")).toEqual({ status: 200 });
  });

  test("transfers carry no token and only the headers that were given", async () => {
    const got: { headers: IncomingMessage["headers"]; body: string }[] = [];
    const { client, baseUrl } = await connected(({ headers }, response, body) => {
      got.push({ headers, body });
      response.end("name: flow\n");
    });
    const url = `${baseUrl}/files/1?X-Signature=abc`;
    expect(await client.send({ transfer: "download", url }, "flow")).toEqual({ status: 200, text: "name: flow\n" });
    const headers = { "x-amz-meta-job": "7", "content-type": "application/x-yaml" };
    await client.send({ transfer: "upload", url, headers, body: "größe: 1\n" }, "flow");
    await client.send({ transfer: "upload", url, body: "a: 1\n" }, "flow");
    expect(got.map(({ body }) => body)).toEqual(["", "größe: 1\n", "a: 1\n"]);
    expect(got.map((each) => each.headers.authorization)).toEqual([undefined, undefined, undefined]);
    expect(got[1]?.headers).toMatchObject(headers);
    expect(got[2]?.headers["content-type"]).toBeUndefined();
  });

  test("a refused transfer shows the host but not the signed address", async () => {
    const { client, baseUrl } = await connected((_, response) => response.writeHead(403).end("expired"));
    const url = `${baseUrl}/files/secret-path?X-Signature=abc`;
    const error = await apiErrorOf(client.send({ transfer: "download", url }, "flow"));
    expect(error.status).toBe(403);
    expect(error.message).toContain(new URL(baseUrl).host);
    expect(error.message).not.toMatch(/secret-path|abc/);
  });

  test.each(["file:///etc/passwd", "not a url", "ftp://h/x"])("a transfer to %s is refused", async (url) => {
    const { client } = await connected((_, response) => reply(response, {}));
    expect((await failureOf(client.send({ transfer: "download", url }, "flow"))).code).toBe("transfer-refused");
  });

  test("redirects are not followed: they could lead a token away", async () => {
    const elsewhere = await listen((_, response) => reply(response, {}));
    const { client } = await connected((_, response) =>
      response.writeHead(302, { Location: `${elsewhere.baseUrl}/api/v2/flows` }).end(),
    );
    expect((await apiErrorOf(client.send({ op: "GET /api/v2/flows" }, "flow"))).status).toBe(302);
    expect(elsewhere.seen).toEqual([]);
  });

  test("a connection that breaks off after a POST leaves its outcome unknown, a GET is repeated", async () => {
    let requests = 0;
    const { client } = await connected((request, response) => {
      requests += 1;
      if (request.method === "POST" || requests === 2) request.socket.resetAndDestroy();
      else reply(response, {});
    });
    expect((await apiErrorOf(client.send({ op: "POST /api/v2/routing/queues" }, "queue"))).code).toBe(
      "outcome-unknown",
    );
    expect((await client.send({ op: "GET /api/v2/flows" }, "flow")).status).toBe(200);
    expect(requests).toBe(3);
  });

  test("an answer that is cut off is not taken for a whole one", async () => {
    let requests = 0;
    const { client } = await connected((request, response) => {
      if (++requests > 1) {
        reply(response, { whole: true });
        return;
      }
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "100" });
      response.write('{"entities":[]', () => request.socket.destroy());
    });
    expect((await client.send({ op: "GET /api/v2/flows" }, "flow")).body).toEqual({ whole: true });
  });

  test("no answer in time leaves the outcome of a POST unknown", async () => {
    const { client } = await connected(() => undefined, { timeoutMs: 100 });
    const error = await apiErrorOf(client.send({ op: "POST /api/v2/routing/queues" }, "queue"));
    expect(error).toMatchObject({ code: "outcome-unknown", status: 0 });
  });

  test("nobody there is said soon, and with the host", async () => {
    const port = await freePort();
    const clock = virtualClock();
    const error = await apiErrorOf(connect(networkOptions(`http://127.0.0.1:${port}`, { clock })));
    expect(error.code).toBe("no-network");
    expect(error.message).toContain(`127.0.0.1:${port}`);
    expect(error.message).toContain("ECONNREFUSED, 3 attempts");
  });

  test("a port that serves plain HTTP is named as such, not as a bad certificate", async () => {
    const { baseUrl } = await listen((_, response) => reply(response, { ok: true }));
    const error = await apiErrorOf(connect(networkOptions(baseUrl.replace("http:", "https:"))));
    expect(error.code).toBe("no-network");
    expect(error.message).toContain("does not answer with TLS");
    expect(error.hint).toContain("http://");
  });

  test("even a POST is repeated when nobody was reached", async () => {
    const port = await freePort();
    const up = () => listen((_, response) => reply(response, {}), orgId, port);
    const first = await up();
    // Waiting for the next attempt is when the server comes back.
    const clock = { now: () => 0, sleep: async () => void (await up()) };
    const client = await connect(networkOptions(first.baseUrl, { clock }));
    await client.assertOrg();
    await client.send({ op: "PATCH /api/v2/routing/skills/{id}", path: { id: "1" } }, "skill");
    await first.stop();
    expect((await client.send({ op: "POST /api/v2/routing/queues" }, "queue")).status).toBe(200);
    expect(client.counts()).toMatchObject({ retries: 1, byKind: { queue: 2 } });
  });

  test("a request under way ends when it is cancelled", async () => {
    const controller = new AbortController();
    const { client } = await connected(() => controller.abort(), { signal: controller.signal });
    const error = await failureOf(client.send({ op: "GET /api/v2/flows" }, "flow"));
    expect(error).toMatchObject({ code: "interrupted", exit: 130 });
  });

  test("so many requests are under way at a time and no more", async () => {
    let now = 0;
    let most = 0;
    const { client } = await connected(
      (_, response) => {
        most = Math.max(most, ++now);
        setImmediate(() => {
          now -= 1;
          reply(response, {});
        });
      },
      { concurrency: 3 },
    );
    await Promise.all(Array.from({ length: 12 }, () => client.send({ op: "GET /api/v2/flows" }, "flow")));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(3);
  });

  test("the servers' clock is compared with ours", async () => {
    const ahead = 90_000;
    const { baseUrl } = await listen((_, response) => reply(response, {}));
    const clock = { now: () => Date.now() - ahead, sleep: () => Promise.resolve() };
    const client = await connect(networkOptions(baseUrl, { clock }));
    expect(Math.abs((client.clockSkewMs() ?? 0) - ahead)).toBeLessThan(5_000);
  });
});
