import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { virtualClock } from "../../../src/platform/clock.ts";
import { connect } from "../../../src/platform/genesys/connect.ts";
import type { TransportAnswer, TransportRequest } from "../../../src/platform/genesys/transport.ts";
import { basicCanary, canary, connectTo, failureOf, json, memoryOptions, orgId, scripted } from "./support.ts";

const loginAnswers = (answer: (request: TransportRequest) => TransportAnswer) =>
  failureOf(connect(memoryOptions({ handle: async (request) => answer(request) })));

describe("a login", () => {
  test("proves itself as the platform asks", async () => {
    const org = scripted();
    await connectTo(org, { baseUrl: "http://org.invalid" });
    expect(org.logins).toHaveLength(1);
    expect(org.logins[0]).toMatchObject({
      method: "POST",
      body: "grant_type=client_credentials",
      headers: { authorization: `Basic ${basicCanary}`, "content-type": "application/x-www-form-urlencoded" },
    });
  });

  test.each([
    [401, { error: "invalid_client", description: "authentication failed" }, "refused the OAuth client's credentials"],
    [400, { error: "invalid_client", description: "client not found: abc" }, "does not know the OAuth client"],
    [400, { error: "unauthorized_client", description: "" }, "does not take the client credentials grant"],
    [403, { message: "blocked" }, "The login at http://org.invalid failed"],
  ])("refused with %i %j says what is wrong", async (status, body, message) => {
    const error = await loginAnswers(() => json(status, body));
    expect(error.code).toBe("login-failed");
    expect(error.message).toContain(message);
    expect(error.hint).not.toBe("");
  });

  test("answered by something else says so", async () => {
    const page = { status: 200, headers: { "content-type": "text/html" }, body: "<html>Welcome to our wifi</html>" };
    const error = await loginAnswers(() => page);
    expect(error).toMatchObject({ code: "login-failed" });
    expect(error.message).toContain("is not a Genesys Cloud login service");
  });

  const tokenless: [string, TransportAnswer][] = [
    ["nothing", { status: 204, headers: {} }],
    ["an empty object", json(200, {})],
    ["null", json(200, null)],
    ["an object without token", json(200, { token_type: "bearer", expires_in: 3600 })],
    ["an empty token", json(200, { access_token: "" })],
    ["a page", { status: 200, headers: { "content-type": "text/html" }, body: "<html>Starting</html>" }],
  ];

  test.each(tokenless)("answered with %s is tried again", async (_, answer) => {
    const org = scripted();
    let tries = 0;
    const client = await connectTo({
      handle: async (request) => (request.url === "/oauth/token" && ++tries === 1 ? answer : org.handle(request)),
    });
    expect(client.counts().logins).toBe(2);
  });

  test.each(tokenless)("that stays answered with %s fails", async (_, answer) => {
    const error = await loginAnswers(() => answer);
    expect(error).toMatchObject({ code: "login-failed", message: expect.stringContaining("token") as string });
  });

  test("below a path that leads nowhere names the path, not the credentials", async () => {
    const body = { message: "No authentication bearer token specified", code: "authentication.required", status: 401 };
    for (const [status, path] of [
      [401, "/api/v2"],
      [404, "/some/prefix/"],
    ] as const) {
      const transport = scripted(() => json(status, { ...body, status }));
      const error = await failureOf(connectTo(transport, { baseUrl: `http://org.invalid${path}` }));
      expect(error).toMatchObject({ code: "login-failed" });
      expect(error.message).not.toContain("refused");
      expect(error.hint).toContain(path);
    }
  });

  test("is repeated when the service is busy or down", async () => {
    const org = scripted();
    let tries = 0;
    const client = await connectTo({
      handle: async (request) => {
        if (request.url === "/oauth/token" && ++tries < 4) return json(tries === 1 ? 429 : 503, {});
        return org.handle(request);
      },
    });
    expect(client.counts().logins).toBe(4);
  });

  test("that nobody answers fails soon", async () => {
    let tries = 0;
    const error = await loginAnswers(() => {
      tries += 1;
      return { ...json(200, {}), fault: { kind: "reset" } };
    });
    expect(error.code).toBe("no-network");
    expect(tries).toBe(3);
  });
});

describe("an organisation", () => {
  const nameless: [string, TransportAnswer][] = [
    ["nothing", { status: 204, headers: {} }],
    ["an empty object", json(200, {})],
    ["null", json(200, null)],
    ["a text", { status: 200, headers: { "content-type": "text/plain" }, body: "OK" }],
  ];
  const answering = (answer: TransportAnswer, times: number): Promise<unknown> => {
    const org = scripted();
    let asked = 0;
    return connectTo({
      handle: async (request) =>
        request.url === "/api/v2/organizations/me" && ++asked <= times ? answer : org.handle(request),
    });
  };

  test.each(nameless)("that answers %s is asked again who it is", async (_, answer) => {
    expect(await answering(answer, 2)).toMatchObject({ org: { id: orgId } });
  });

  test.each(nameless)("that keeps answering %s is not worked with", async (_, answer) => {
    const error = await failureOf(answering(answer, 3));
    expect(error).toMatchObject({
      code: "org-unreadable",
      message: expect.stringContaining("GET /api/v2/organizations/me answered") as string,
    });
  });
});

describe("secrets", () => {
  const echoes: [string, (request: TransportRequest) => TransportAnswer][] = [
    [
      "as JSON",
      ({ headers }) => json(401, { error: "invalid_client", description: `${headers.authorization} ${canary}` }),
    ],
    [
      "as an error body",
      ({ headers }) => json(503, { message: headers.authorization, code: canary, contextId: canary }),
    ],
    [
      "as a page",
      ({ headers }) => ({ status: 500, headers: {}, body: `<pre>${headers.authorization} ${canary}</pre>` }),
    ],
    ["in a header", ({ headers }) => json(429, {}, { "ININ-Correlation-Id": headers.authorization ?? "" })],
  ];

  test.each(echoes)("that a login service sends back %s are in no part of the error", async (_, answer) => {
    expectNoSecret(await loginAnswers(answer));
  });

  test.each(echoes)("that the API sends back %s are in no part of the error", async (_, answer) => {
    const client = await connectTo(scripted((request) => answer(request)));
    const error = await failureOf(client.send({ op: "GET /api/v2/flows" }, "flow"));
    expectNoSecret(error);
    expectNoSecret(client);
  });

  function expectNoSecret(value: unknown): void {
    const shown = inspect(value, { depth: 20, showHidden: true, getters: true }) + JSON.stringify(value);
    const stack = value instanceof Error ? (value.stack ?? "") : "";
    for (const secret of [canary, basicCanary, encodeURIComponent(canary), "token-1", "token-2"]) {
      expect(shown + stack).not.toContain(secret);
    }
  }
});

describe("tokens", () => {
  test("are renewed before they expire, once for all who wait", async () => {
    const clock = virtualClock();
    const org = scripted();
    const client = await connectTo(org, { clock });
    await clock.sleep(86_400_000 - 61_000);
    await client.send({ op: "GET /api/v2/flows" }, "flow");
    expect(org.logins).toHaveLength(1);
    await clock.sleep(2_000);
    await Promise.all([1, 2, 3, 4].map(() => client.send({ op: "GET /api/v2/flows" }, "flow")));
    expect(org.logins).toHaveLength(2);
    expect(org.seen.at(-1)?.headers.authorization).toBe("Bearer token-2");
  });

  test("of a pool are used when those before them are spent", async () => {
    const clock = virtualClock();
    const org = scripted(({ headers }, number) => {
      const first = headers.authorization === "Bearer token-1";
      const count = String(first ? number : number - 3);
      return json(
        200,
        {},
        { "inin-ratelimit-count": count, "inin-ratelimit-allowed": "3", "inin-ratelimit-reset": "60" },
      );
    });
    const client = await connectTo(org, { clock, tokens: 2 });
    for (let sent = 0; sent < 6; sent++) await client.send({ op: "GET /api/v2/flows" }, "flow");
    expect(org.seen.map(({ headers }) => headers.authorization?.at(-1))).toEqual(["1", "1", "1", "2", "2", "2"]);
    expect(clock.elapsed()).toBe(0);
    expect(client.budget()).toMatchObject({ allowed: 6, used: 6 });
  });
});

describe("the organisation", () => {
  test("is who it says it is", async () => {
    const client = await connectTo(scripted(), { orgId: orgId.toUpperCase(), pinnedOrgId: orgId });
    expect(client).toMatchObject({
      org: { id: orgId, name: "Scripted" },
      region: "http://org.invalid",
      access: "write",
    });
  });

  test.each([{ orgId: "another" }, { pinnedOrgId: "another" }])("is refused when it is not %j", async (expected) => {
    const error = await failureOf(connectTo(scripted(), expected));
    expect(error.code).toBe("org-mismatch");
    expect(error.message).toContain(orgId);
    expect(error.message).toContain("another");
  });

  test("is asked again before the first write, and only then", async () => {
    const org = scripted();
    const client = await connectTo(org);
    const create = { op: "POST /api/v2/routing/skills", body: { name: "x" } } as const;
    await client.send({ op: "GET /api/v2/flows" }, "flow");
    expect(client.counts().byKind.organization).toBe(1);
    await Promise.all([client.send(create, "skill"), client.send(create, "skill")]);
    await client.send(create, "skill");
    expect(client.counts().byKind.organization).toBe(2);
  });

  test("that has become another is not written to, not even by an upload", async () => {
    const org = scripted();
    const client = await connectTo(org);
    org.identity = "another";
    const upload = { transfer: "upload", url: "http://org.invalid/files/1", body: "yaml" } as const;
    expect((await failureOf(client.send({ op: "POST /api/v2/routing/skills" }, "skill"))).code).toBe("org-mismatch");
    expect((await failureOf(client.send(upload, "flow"))).code).toBe("org-mismatch");
    expect((await failureOf(client.assertOrg())).code).toBe("org-mismatch");
    expect(org.seen).toEqual([]);
    org.identity = orgId;
    await client.assertOrg();
  });

  test("without an id is refused", async () => {
    const org = scripted();
    org.identity = "";
    expect((await failureOf(connectTo(org))).code).toBe("org-unreadable");
  });
});
