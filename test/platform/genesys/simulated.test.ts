import { describe, expect, onTestFinished, test } from "vitest";
import type { Answer, Call, Op } from "../../../src/model/api.ts";
import type { Json, Obj } from "../../../src/model/json.ts";
import { isObj, objectsOf, textOf } from "../../../src/model/json.ts";
import { virtualClock } from "../../../src/platform/clock.ts";
import { connect } from "../../../src/platform/genesys/connect.ts";
import type { ConnectOptions, GenesysClient } from "../../../src/platform/genesys/options.ts";
import { createSimulator, serve, startLine } from "../../../src/simulator/index.ts";
import { apiErrorOf, failureOf } from "./support.ts";

const names = ["primary", "standby"] as const;
type OrgName = (typeof names)[number];

const start = Date.UTC(2026, 0, 1);
const listSkills: Call = { op: "GET /api/v2/routing/skills", query: { pageSize: 100, pageNumber: 1 } };
const createSkill: Call = { op: "POST /api/v2/routing/skills", body: { name: "Billing" } };

async function simulated(way: "in memory" | "over HTTP") {
  const clock = virtualClock(start);
  const simulator = createSimulator({ orgs: names.map((name) => ({ name })), clock });
  const server = way === "over HTTP" ? await serve(simulator, 0) : undefined;
  if (server) onTestFinished(() => server.close());
  const { orgs, baseUrl } = startLine(simulator, server?.baseUrl ?? "http://simulated.invalid");
  const open = async (name: OrgName, changes: Partial<ConnectOptions> = {}): Promise<GenesysClient> => {
    const login = orgs[name]?.client;
    const client = await connect({
      baseUrl,
      clientId: login?.id ?? "",
      clientSecret: login?.secret ?? "",
      access: name === "standby" ? "write" : "read-only",
      clock,
      random: () => 0.5,
      transport: server ? undefined : simulator,
      ...changes,
    });
    onTestFinished(() => client.close());
    return client;
  };
  const apiLog = () => simulator.world.log.filter(({ path }) => path.startsWith("/api/"));
  const skills = async (client: GenesysClient) => {
    const { body } = await client.send(listSkills, "skill");
    return objectsOf(isObj(body) ? body.entities : undefined).map(({ name }) => name);
  };
  return { clock, simulator, orgs, open, apiLog, skills };
}

const objOfJson = (value: Json | undefined): Obj => (isObj(value) ? value : {});
async function finished(client: GenesysClient, op: Op, job: Obj): Promise<Obj> {
  for (;;) {
    await client.send({ pauseMs: 2_000 }, "flow");
    const state = objOf(await client.send({ op, path: { id: textOf(job.id) } }, "flow"));
    if (state.status === "Success") return state;
    if (state.status === "Failure") throw new Error(JSON.stringify(state));
  }
}

const objOf = ({ body }: Answer): Obj => objOfJson(body);

describe.each(["in memory", "over HTTP"] as const)("a simulated organisation %s", (way) => {
  test("knows its clients apart, and counts the requests that they count", async () => {
    const { open, orgs, apiLog } = await simulated(way);
    const [primary, standby] = await Promise.all([open("primary"), open("standby")]);
    expect([primary.org.id, standby.org.id]).toEqual([orgs.primary?.id, orgs.standby?.id]);
    await standby.send(createSkill, "skill");
    await primary.send(listSkills, "skill");
    expect(apiLog()).toHaveLength(primary.counts().total + standby.counts().total);
    expect(apiLog().filter(({ org, method }) => org === "primary" && method !== "GET")).toEqual([]);
    expect(standby.counts()).toMatchObject({ total: 3, writes: 1, byMethod: { GET: 2, POST: 1 } });
  });

  test("is never asked beyond its rate limit, and hours of it take no time", async () => {
    const { open, clock, simulator, apiLog } = await simulated(way);
    simulator.configure({ ratePerMinute: 20 });
    const client = await open("primary");
    await Promise.all(Array.from({ length: 99 }, () => client.send(listSkills, "skill")));
    expect(apiLog().filter(({ status }) => status === 429)).toEqual([]);
    expect(client.counts()).toMatchObject({ total: 100, retries: 0 });
    expect(clock.elapsed()).toBe(4 * 60_000);
    expect(client.budget()).toEqual({ allowed: 20, used: 20, resetSeconds: 60 });
  });

  test("gives a pool of tokens a limit each, of which each takes one request to say who it is", async () => {
    const { open, clock, simulator } = await simulated(way);
    simulator.configure({ ratePerMinute: 20 });
    const client = await open("primary", { tokens: 3 });
    await Promise.all(Array.from({ length: 57 }, () => client.send(listSkills, "skill")));
    expect(clock.elapsed()).toBe(0);
    expect(client.counts().logins).toBe(3);
  });

  test("is asked with as many tokens as the work takes, and never beyond the limit of any", async () => {
    const { open, clock, simulator, apiLog } = await simulated(way);
    simulator.configure({ ratePerMinute: 20 });
    const client = await open("primary", { tokens: 10 });
    const sendAll = (requests: number): Promise<unknown> =>
      Promise.all(Array.from({ length: requests }, () => client.send(listSkills, "skill")));
    await sendAll(19);
    expect(client.counts().logins).toBe(1);
    await sendAll(50);
    expect(client.counts().logins).toBe(4);
    await sendAll(400);
    expect(client.counts().logins).toBe(10);
    expect(apiLog().filter(({ status }) => status === 429)).toEqual([]);
    expect(clock.elapsed()).toBe(2 * 60_000);
  });

  test("may let tokens expire early or late", async () => {
    const { open, clock, simulator, apiLog } = await simulated(way);
    simulator.configure({ tokenSeconds: 300 });
    const client = await open("primary");
    await clock.sleep(280_000);
    await client.send(listSkills, "skill");
    expect(apiLog().filter(({ status }) => status === 401)).toEqual([]);
    simulator.configure({ tokenSeconds: 60 });
    await clock.sleep(100_000);
    await client.send(listSkills, "skill");
    expect(apiLog().filter(({ status }) => status === 401)).toHaveLength(1);
    expect(client.counts().logins).toBe(3);
  });

  test("is asked who it is with each new token, and not trusted with one that leads elsewhere", async () => {
    const { open, clock, simulator, apiLog } = await simulated(way);
    const identities = () => apiLog().filter(({ path }) => path === "/api/v2/organizations/me").length;
    const client = await open("standby", { tokens: 2 });
    expect(identities()).toBe(1);
    simulator.configure({ tokenSeconds: 60 });
    await clock.sleep(100_000_000);
    await client.send(listSkills, "skill");
    expect(identities()).toBe(2);
    await clock.sleep(100_000);
    const other = { id: "00000000-0000-4000-8000-000000000000", name: "Another" };
    const body = JSON.stringify(other);
    const answer = { action: "answer", status: 200, contentType: "application/json", body };
    simulator.configure({ faults: [{ path: "/organizations/me", times: 9, ...answer }] });
    const before = apiLog().length;
    await expect(client.send(createSkill, "skill")).rejects.toMatchObject({ code: "org-mismatch" });
    expect(
      apiLog()
        .slice(before)
        .map(({ path }) => path),
    ).toEqual(["/api/v2/organizations/me"]);
  });

  test("may fail now and then", async () => {
    const { open, simulator, skills } = await simulated(way);
    const client = await open("primary", { timeoutMs: 500 });
    const path = "/routing/skills";
    const faults = ["status:429", "status:500", "status:503", "reset-before", "reset-after", "hang", "slow:5"];
    simulator.configure({ faults: faults.map((action) => ({ path, action })) });
    for (let read = 0; read < faults.length; read++) expect(await skills(client)).toEqual(expect.any(Array));
    expect(client.counts().retries).toBeGreaterThan(0);
  });

  test("distinguishes a create that was lost from one that was carried out", async () => {
    const { open, simulator, skills } = await simulated(way);
    const client = await open("standby");
    for (const [action, created] of [
      ["reset-before", 0],
      ["reset-after", 1],
    ] as const) {
      simulator.configure({ faults: [{ method: "POST", path: "/routing/skills", action }] });
      expect((await apiErrorOf(client.send(createSkill, "skill"))).code).toBe("outcome-unknown");
      expect((await skills(client)).filter((name) => name === "Billing")).toHaveLength(created);
    }
  });

  test("takes a flow over a signed address and gives it back over another", async () => {
    const { open, apiLog } = await simulated(way);
    const client = await open("standby");
    const yaml = "workflow:\n  name: Nightly\n";
    const job = objOf(await client.send({ op: "POST /api/v2/flows/jobs" }, "flow"));
    const url = textOf(job.presignedUrl);
    await client.send({ transfer: "upload", url, headers: job.headers as Record<string, string>, body: yaml }, "flow");
    const published = await finished(client, "GET /api/v2/flows/jobs/{id}", job);
    const reading = await open("standby", { access: "read-only" });
    const body = { flows: [{ flow: { id: textOf(objOfJson(published.flow).id) } }] };
    const asked = objOf(await reading.send({ op: "POST /api/v2/flows/export/jobs", body }, "flow"));
    const done = await finished(reading, "GET /api/v2/flows/export/jobs/{id}", asked);
    const { text } = await reading.send({ transfer: "download", url: textOf(done.downloadUrl) }, "flow");
    expect(text).toContain("name: Nightly");
    expect([client.counts(), reading.counts()]).toMatchObject([
      { transfers: 1, writes: 1 },
      { transfers: 1, writes: 0 },
    ]);
    expect(apiLog()).toHaveLength(client.counts().total + reading.counts().total);
  });

  test("refuses with reasons", async () => {
    const { open, orgs } = await simulated(way);
    const trespasser = await open("primary", { access: "write" });
    const refused = await apiErrorOf(trespasser.send(createSkill, "skill"));
    expect(refused).toMatchObject({ code: "permission-missing", status: 403 });
    expect(refused.hint).toContain("routing:skill:manage");
    expect(refused.message).toMatch(/correlation id [0-9a-f-]{36}/);
    const missing: Call = { op: "GET /api/v2/routing/skills/{id}", path: { id: refused.name } };
    expect((await apiErrorOf(trespasser.send(missing, "skill"))).code).toBe("not-found");
    expect((await failureOf(open("primary", { clientSecret: "wrong" }))).code).toBe("login-failed");
    expect((await failureOf(open("primary", { clientId: "nobody" }))).message).toContain("does not know");
    expect((await failureOf(open("primary", { orgId: orgs.standby?.id }))).code).toBe("org-mismatch");
  });
});
