import { describe, expect, test } from "vitest";
import type { Call, Op } from "../../../src/model/api.ts";
import { virtualClock } from "../../../src/platform/clock.ts";
import type { SentRequest } from "../../../src/platform/genesys/options.ts";
import { retryDecision, waitBefore } from "../../../src/platform/genesys/retry.ts";
import type { Script } from "./support.ts";
import { apiErrorOf, connectTo, failureOf, json, scripted } from "./support.ts";

const calls: Readonly<Record<string, Call>> = {
  GET: { op: "GET /api/v2/flows" },
  HEAD: { op: "HEAD /api/v2/tokens/me" },
  PUT: { op: "PUT /api/v2/routing/queues/{id}", path: { id: "1" }, body: {} },
  "POST that reads": { op: "POST /api/v2/flows/export/jobs", body: {} },
  POST: { op: "POST /api/v2/routing/queues", body: {} },
  PATCH: { op: "PATCH /api/v2/routing/skills/{id}", path: { id: "1" }, body: {} },
  DELETE: { op: "DELETE /api/v2/routing/queues/{id}", path: { id: "1" } },
};
const repeatable = ["GET", "HEAD", "PUT", "POST that reads"];
const everyCall = Object.keys(calls);

const callNamed = (name: string): Call => calls[name] ?? { op: "GET /api/v2/flows" };

const failFirst =
  (times: number, answer: ReturnType<Script>): Script =>
  (_, number) =>
    number <= times ? answer : undefined;

const brokenWays: [string, ReturnType<Script>][] = [
  ["502", json(502, {})],
  ["503", json(503, {})],
  ["504", json(504, {})],
  ["408", json(408, {})],
  ["a reset", { fault: { kind: "reset" } }],
  ["no answer", { fault: { kind: "hang" } }],
];

describe.each(everyCall)("%s", (name) => {
  const call = callNamed(name);

  test("is repeated after 429, when Retry-After says", async () => {
    const clock = virtualClock();
    const org = scripted(failFirst(2, json(429, {}, { "Retry-After": "7" })));
    const client = await connectTo(org, { clock });
    await client.send(call, "queue");
    expect(org.seen).toHaveLength(3);
    expect(clock.elapsed()).toBe(2 * 7_500);
    expect(client.counts()).toMatchObject({ retries: 2, byKind: { queue: 3 } });
  });

  test.each(brokenWays)("after %s is repeated only if that is safe", async (_, answer) => {
    const org = scripted(failFirst(1, answer));
    const client = await connectTo(org);
    if (repeatable.includes(name)) {
      expect((await client.send(call, "queue")).status).toBe(200);
      expect(org.seen).toHaveLength(2);
      return;
    }
    const error = await apiErrorOf(client.send(call, "queue"));
    expect(error.code).toBe("outcome-unknown");
    expect(error.message).toContain(call.op);
    expect(error.hint).toContain("may or may not");
    expect(org.seen).toHaveLength(1);
  });

  test("after 500 is repeated only if that is safe", async () => {
    const org = scripted(failFirst(1, json(500, { code: "internal.server.error", message: "oops" })));
    const client = await connectTo(org);
    if (repeatable.includes(name)) expect((await client.send(call, "queue")).status).toBe(200);
    else expect((await apiErrorOf(client.send(call, "queue"))).code).toBe("outcome-unknown");
    expect(org.seen).toHaveLength(repeatable.includes(name) ? 2 : 1);
  });

  test("gives up after eight attempts", async () => {
    const org = scripted(() => json(429, { code: "too.many.requests", message: "slow down" }));
    const error = await apiErrorOf((await connectTo(org)).send(call, "queue"));
    expect(error).toMatchObject({ code: "rate-limited", status: 429, apiCode: "too.many.requests" });
    expect(error.message).toContain("8 attempts");
    expect(org.seen).toHaveLength(8);
  });

  test("is sent again with a new token after 401", async () => {
    const org = scripted(failFirst(1, json(401, { code: "bad.credentials" })));
    const client = await connectTo(org);
    expect((await client.send(call, "queue")).status).toBe(200);
    expect(org.seen.map(({ headers }) => headers.authorization)).toEqual(["Bearer token-1", "Bearer token-2"]);
  });
});

describe("patience", () => {
  test("does not cover a wait of hours", async () => {
    const clock = virtualClock();
    const org = scripted(() => json(429, {}, { "Retry-After": "7200" }));
    const error = await apiErrorOf((await connectTo(org, { clock })).send(callNamed("GET"), "flow"));
    expect(error.code).toBe("rate-limited");
    expect(clock.elapsed()).toBe(0);
  });

  test("ends with what is wrong, and with the outcome unknown for a PUT", async () => {
    const org = scripted(() => json(503, { message: "down" }));
    const client = await connectTo(org);
    expect((await apiErrorOf(client.send(callNamed("GET"), "flow"))).code).toBe("server-error");
    expect((await apiErrorOf(client.send(callNamed("PUT"), "flow"))).code).toBe("outcome-unknown");
  });

  test("is not spent on a token that stays refused", async () => {
    const org = scripted(() => json(401, { code: "bad.credentials", message: "Invalid login credentials." }));
    const error = await apiErrorOf((await connectTo(org)).send(callNamed("GET"), "flow"));
    expect(error).toMatchObject({ code: "not-authorized", status: 401 });
    expect(org.seen).toHaveLength(2);
  });

  test("is not spent on what will not change", async () => {
    for (const status of [301, 400, 403, 404, 409, 410, 413, 501]) {
      const org = scripted(() => json(status, {}));
      expect((await apiErrorOf((await connectTo(org)).send(callNamed("GET"), "flow"))).status).toBe(status);
      expect(org.seen).toHaveLength(1);
    }
  });

  test("does not touch a status that the caller expects", async () => {
    const org = scripted(() => json(404, { code: "not.found" }));
    const call: Call = { op: "GET /api/v2/flows/{id}", path: { id: "1" }, expect: [404] };
    expect(await (await connectTo(org)).send(call, "flow")).toEqual({ status: 404, body: { code: "not.found" } });
  });

  test("a PUT that may have been carried out before a version conflict has an unknown outcome", async () => {
    const conflict = json(409, { code: "version.conflict", message: "stale" });
    const org = scripted((_, number) => (number === 1 ? { fault: { kind: "reset" } } : conflict));
    expect((await apiErrorOf((await connectTo(org)).send(callNamed("PUT"), "queue"))).code).toBe("outcome-unknown");
  });
});

describe("answers that are not whole", () => {
  const cases: [string, ReturnType<Script>][] = [
    ["JSON that is cut off", { ...json(200, {}), body: '{"entities":[{"id"' }],
    ["a web page", { status: 200, headers: { "content-type": "text/html" }, body: "<html>Sign in</html>" }],
  ];
  test.each(cases)("%s is asked for again", async (_, answer) => {
    const org = scripted(failFirst(1, answer));
    expect((await (await connectTo(org)).send(callNamed("GET"), "flow")).body).toEqual({});
    expect(org.seen).toHaveLength(2);
  });

  test("after a write leave its outcome unknown", async () => {
    const org = scripted(() => ({ ...json(200, {}), body: '{"id":"1' }));
    expect((await apiErrorOf((await connectTo(org)).send(callNamed("POST"), "queue"))).code).toBe("outcome-unknown");
  });
});

describe("judging and waiting", () => {
  test("nobody reached: always again, never unclear; bad certificate: never again", () => {
    expect(retryDecision({ failure: "unreached" }, false)).toEqual({ again: true, unclear: false });
    expect(retryDecision({ failure: "untrusted" }, true)).toEqual({ again: false, unclear: false });
    expect(retryDecision({ failure: "aborted" }, true).again).toBe(false);
  });

  test("waits lie anywhere under a bound that doubles up to thirty seconds", () => {
    const bounds = [1, 2, 3, 4, 5, 6, 7].map((attempt) => waitBefore({ status: 503 }, attempt, () => 1));
    expect(bounds).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(waitBefore({ failure: "broken" }, 3, () => 0)).toBe(0);
  });

  test("waits are never shorter than the server asks", () => {
    expect(waitBefore({ status: 429, retryAfterMs: 9_000 }, 1, () => 0)).toBe(9_000);
  });
});

describe("cancelling", () => {
  const sends: [string, (op: Op) => Call | { pauseMs: number }][] = [
    ["a pause", () => ({ pauseMs: 3_600_000 })],
    ["a wait for Retry-After", (op) => ({ op })],
  ];
  test.each(sends)("ends %s", async (_, request) => {
    const controller = new AbortController();
    const org = scripted(() => json(429, {}, { "Retry-After": "500" }));
    const client = await connectTo(org, { signal: controller.signal, clock: { now: () => 0, sleep: forever } });
    const work = failureOf(client.send(request("GET /api/v2/flows"), "flow"));
    setImmediate(() => controller.abort());
    expect(await work).toMatchObject({ code: "interrupted", exit: 130 });
    expect(await failureOf(client.send({ op: "GET /api/v2/flows" }, "flow"))).toMatchObject({ code: "interrupted" });
  });

  test("before connecting sends nothing", async () => {
    const org = scripted();
    const work = connectTo(org, { signal: AbortSignal.abort() });
    expect((await failureOf(work)).code).toBe("interrupted");
    expect(org.logins).toEqual([]);
  });
});

function forever(_: number, signal?: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(new Error("aborted")));
  });
}

describe("counts", () => {
  test("hold every request by kind and method, but neither logins nor transfers", async () => {
    const org = scripted(failFirst(1, json(503, {})));
    const sent: SentRequest[] = [];
    const client = await connectTo(org, { onRequest: (request) => sent.push(request) });
    await client.send(callNamed("GET"), "flow");
    await client.send(callNamed("POST"), "queue");
    await client.send({ transfer: "download", url: "http://org.invalid/files/1" }, "flow");
    await client.send({ transfer: "upload", url: "http://org.invalid/files/2", body: "x" }, "flow");
    expect(client.counts()).toEqual({
      total: 5,
      writes: 1,
      retries: 1,
      logins: 1,
      transfers: 2,
      waits: 0,
      byKind: { organization: 2, flow: 2, queue: 1 },
      byMethod: { GET: 4, POST: 1 },
    });
    expect(sent.map(({ kind, what, status, attempt }) => `${kind} ${what} ${status} ${attempt}`)).toEqual([
      "login login 200 1",
      "organization GET /api/v2/organizations/me 200 1",
      "flow GET /api/v2/flows 503 1",
      "flow GET /api/v2/flows 200 2",
      "organization GET /api/v2/organizations/me 200 1",
      "queue POST /api/v2/routing/queues 200 1",
      "flow download 200 1",
      "flow upload 200 1",
    ]);
  });
});
