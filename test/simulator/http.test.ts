import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSimulator, serve, startLine } from "../../src/simulator/index.ts";
import type { Served, Simulator, StartLine } from "../../src/simulator/index.ts";

let simulator: Simulator;
let served: Served;
let line: StartLine;

beforeAll(async () => {
  simulator = createSimulator({ orgs: [{ name: "primary" }, { name: "standby" }], settings: { jobMs: 0 } });
  served = await serve(simulator, 0);
  line = startLine(simulator, served.baseUrl);
});

afterAll(async () => served.close());

async function token(org: string): Promise<string> {
  const client = line.orgs[org]?.client;
  const basic = Buffer.from(`${client?.id}:${client?.secret}`).toString("base64");
  const answer = await fetch(`${line.baseUrl}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials",
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

const get = async (org: string, path: string): Promise<Response> =>
  fetch(`${line.baseUrl}${path}`, { headers: { authorization: `Bearer ${await token(org)}` } });

async function settings(body: unknown): Promise<void> {
  await fetch(`${line.baseUrl}/_sim/settings`, { method: "PUT", body: JSON.stringify(body) });
}

describe("HTTP server", () => {
  it("chooses the org by the OAuth client that logged in (issue §2)", async () => {
    for (const name of ["primary", "standby"]) {
      const me = (await (await get(name, "/api/v2/organizations/me")).json()) as { id: string };
      expect(me.id).toBe(line.orgs[name]?.id);
    }
  });

  it("answers JSON with a correlation id and the rate limit headers (genesys-api §10)", async () => {
    const answer = await get("primary", "/api/v2/routing/queues");
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("inin-correlation-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get("inin-ratelimit-allowed")).toBe("300");
  });

  it("builds paging addresses from the Host header", async () => {
    const page = (await (await get("primary", "/api/v2/authorization/divisions?pageSize=10")).json()) as Record<
      string,
      string
    >;
    expect(page.firstUri?.startsWith(line.baseUrl)).toBe(true);
  });

  it("answers a HEAD without a body", async () => {
    const headers = { authorization: `Bearer ${await token("primary")}` };
    const answer = await fetch(`${line.baseUrl}/api/v2/tokens/me`, { method: "HEAD", headers });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
  });

  it.each([
    ["reset-before", false],
    ["reset-after", true],
  ])("cuts the connection on %s, executed: %s", async (action, executed) => {
    const admin = line.orgs.standby?.admin;
    const basic = Buffer.from(`${admin?.id}:${admin?.secret}`).toString("base64");
    const login = await fetch(`${line.baseUrl}/oauth/token`, {
      method: "POST",
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    const { access_token } = (await login.json()) as { access_token: string };
    await settings({ faults: [{ org: "standby", method: "POST", path: "/routing/skills$", times: 1, action }] });
    const headers = { authorization: `Bearer ${access_token}` };
    const name = `Skill ${action}`;
    const post = fetch(`${line.baseUrl}/api/v2/routing/skills`, {
      method: "POST",
      headers,
      body: JSON.stringify({ name }),
    });
    await expect(post).rejects.toThrow();
    await settings({ faults: [] });
    const found = await fetch(`${line.baseUrl}/api/v2/routing/skills?name=${encodeURIComponent(name)}`, { headers });
    expect(((await found.json()) as { total: number }).total).toBe(executed ? 1 : 0);
  });

  it("never answers on hang", async () => {
    await settings({ faults: [{ path: "/wrapupcodes$", times: 1, action: "hang" }] });
    const headers = { authorization: `Bearer ${await token("primary")}` };
    const signal = AbortSignal.timeout(150);
    await expect(fetch(`${line.baseUrl}/api/v2/routing/wrapupcodes`, { headers, signal })).rejects.toThrow();
  });
});
