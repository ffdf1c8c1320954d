import { describe, expect, test } from "vitest";
import type { Obj } from "../../src/model/json.ts";
import { runPasses } from "../../src/prober/passes.ts";
import type { ProbeRequest } from "../../src/prober/measure.ts";
import { FRESH, healthOf, healthy, rig, SECRET, TOKEN, TRUNK, type Scripted } from "./support.ts";

const ofPrimary = ({ url }: ProbeRequest): boolean => url.includes("primary");
const isApi = ({ url }: ProbeRequest): boolean => url.includes("/organizations/me");

/** The primary's API fails in some way from a time on; everything else is well. */
const failing =
  (how: Scripted, from = 0, until = Infinity) =>
  (request: ProbeRequest, at: number): Scripted =>
    ofPrimary(request) && isApi(request) && at >= from && at < until ? how : healthy(request);

describe("a minute", () => {
  test("has four passes, fifteen seconds apart, and one login for each side", async () => {
    const { settings, ports, requests, published, reports } = rig();
    await runPasses(settings, FRESH, ports);
    const probes = requests.filter((request) => ofPrimary(request) && isApi(request));
    expect(probes.map(({ at }) => Math.round(at / 1000))).toEqual([0, 15, 30, 45]);
    expect(requests.filter(({ method }) => method === "POST")).toHaveLength(2);
    expect(healthOf(published, "primary")).toEqual([1, 1, 1, 1]);
    expect(healthOf(published, "standby")).toEqual([1, 1, 1, 1]);
    expect(reports).toHaveLength(8);
    expect(published.filter(({ metric }) => metric === "LatencyMs").map(({ value }) => value)).toEqual(
      new Array(8).fill(20),
    );
  });

  test("publishes 0 with the third failure in a row, when it happens", async () => {
    const { settings, ports, published } = rig(failing({ failed: "timeout" }));
    await runPasses(settings, FRESH, ports);
    expect(healthOf(published, "primary")).toEqual([1, 1, 0, 0]);
    expect(healthOf(published, "standby")).toEqual([1, 1, 1, 1]);
    const first = published.find(({ dimensions, value }) => dimensions.Side === "primary" && value === 0);
    // Two passes, then five seconds without an answer; the login of the first pass comes before.
    expect(first?.at).toBeGreaterThanOrEqual(35_000);
    expect(first?.at).toBeLessThan(36_000);
  });

  test("counts failures across runs", async () => {
    const { settings, ports, published } = rig(failing({ status: 503 }, 40_000));
    const memory = await runPasses(settings, FRESH, ports);
    expect(healthOf(published, "primary")).toEqual([1, 1, 1, 1]);
    await runPasses(settings, memory, ports);
    expect(healthOf(published, "primary").slice(4)).toEqual([1, 0, 0, 0]);
  });

  test("comes back only after five minutes without a failure", async () => {
    const { settings, ports, published } = rig(failing({ status: 503 }, 0, 45_000));
    let memory = FRESH;
    for (let minute = 0; minute < 7; minute++) {
      memory = await runPasses(settings, memory, ports);
      await ports.clock.sleep(15_000);
    }
    const values = healthOf(published, "primary");
    expect(values.slice(0, 3)).toEqual([1, 1, 0]);
    expect(values.indexOf(1, 3)).toBe(2 + 20);
  });

  test("publishes no health of what it cannot judge, and says why", async () => {
    const { settings, ports, published, reports } = rig(failing({ status: 429 }));
    await runPasses(settings, FRESH, ports);
    expect(healthOf(published, "primary")).toEqual([]);
    expect(healthOf(published, "standby")).toEqual([1, 1, 1, 1]);
    expect(reports.find(({ side }) => side === "primary")).toMatchObject({
      verdict: "unknown",
      reasons: ["api-status-429"],
    });
  });

  test("publishes nothing when its own network is gone", async () => {
    const { settings, ports, published } = rig(() => ({ failed: "network" }));
    const memory = await runPasses(settings, FRESH, ports);
    expect(published).toEqual([]);
    expect(memory.streaks.primary).toEqual({ healthy: true, against: 0 });
  });

  test("goes on when a value cannot be published", async () => {
    let calls = 0;
    const { settings, ports, reports } = rig(healthy, {
      publish: async () => {
        calls++;
        if (calls === 1) throw new Error("throttled");
      },
    });
    await runPasses(settings, FRESH, ports);
    expect(calls).toBe(4);
    expect(reports.filter(({ side }) => side === "primary").map(({ published }) => published)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });
});

describe("credentials", () => {
  test("a secret without a value is unknown, not down, and asked for again", async () => {
    let asked = 0;
    const { settings, ports, requests, published } = rig(healthy, {
      credentialsOf: async () => void asked++,
    });
    await runPasses(settings, FRESH, ports);
    expect([asked, requests.length, published.length]).toEqual([8, 0, 0]);
  });

  test("a token is renewed at half of its life", async () => {
    const short = (request: ProbeRequest): Scripted =>
      request.method === "POST" ? { status: 200, body: { access_token: TOKEN, expires_in: 60 } } : healthy(request);
    const { settings, ports, requests } = rig(short);
    await runPasses(settings, FRESH, ports);
    const logins = requests.filter((request) => ofPrimary(request) && request.method === "POST");
    expect(logins.map(({ at }) => Math.round(at / 1000))).toEqual([0, 45]);
  });

  test("a token that is due serves on while the login service is away", async () => {
    const answer = (request: ProbeRequest, at: number): Scripted => {
      if (request.method !== "POST") return healthy(request);
      return at === 0 ? { status: 200, body: { access_token: TOKEN, expires_in: 2 } } : { status: 503 };
    };
    const { settings, ports, published } = rig(answer);
    await runPasses(settings, FRESH, ports);
    expect(healthOf(published, "primary")).toEqual([1, 1, 1, 1]);
  });

  test("a refused token is thrown away: the next pass logs in again", async () => {
    const { settings, ports, requests } = rig(failing({ status: 401 }, 0, 10_000));
    await runPasses(settings, FRESH, ports);
    const logins = requests.filter((request) => ofPrimary(request) && request.method === "POST");
    expect(logins.map(({ at }) => Math.round(at / 1000))).toEqual([0, 15]);
  });

  test("neither secret nor token gets into reports or metrics", async () => {
    const { settings, ports, published, reports } = rig(
      failing({ status: 500, body: { message: `${SECRET} ${TOKEN}` } }),
    );
    await runPasses(settings, FRESH, ports);
    expect(JSON.stringify([published, reports])).not.toMatch(/canary/);
  });
});

describe("trunks", () => {
  const trunks =
    (...entities: Obj[]) =>
    (request: ProbeRequest): Scripted =>
      request.url.includes("/trunks?") && ofPrimary(request)
        ? { status: 200, body: { entities, pageCount: 1 } }
        : healthy(request);

  const verdictOf = async (answer: (request: ProbeRequest) => Scripted, names: string[] = []) => {
    const { settings, ports, reports } = rig(answer, { limits: { passes: 1 } });
    const primary = { ...settings.sides.primary, trunks: names };
    await runPasses({ ...settings, sides: { ...settings.sides, primary } }, FRESH, ports);
    return reports.find(({ side }) => side === "primary");
  };

  const out = { ...TRUNK, name: "Fenced", inService: false };
  const dead = { ...TRUNK, name: "Dead", optionsStatus: [{ optionState: false }] };

  test("without names, those out of service and deleted ones are left unchanged", async () => {
    expect(await verdictOf(trunks(TRUNK, out, { ...dead, state: "deleted" }))).toMatchObject({ verdict: "ok" });
  });

  test("without names, an organisation whose trunks are all out of service is down", async () => {
    const gone = { ...out, connectedStatus: { connected: false }, optionsStatus: [] };
    expect(await verdictOf(trunks(out))).toMatchObject({ verdict: "down", reasons: ["trunks-down"] });
    expect(await verdictOf(trunks(out, gone))).toMatchObject({ verdict: "down", reasons: ["trunks-down"] });
  });

  test("without names, a trunk that does not say whether it is in service does not trigger failover", async () => {
    const { inService: _, ...silent } = TRUNK;
    expect(await verdictOf(trunks(silent))).toMatchObject({ verdict: "ok" });
  });

  test("an organisation without external trunks has none that could be down", async () => {
    expect(await verdictOf(trunks())).toMatchObject({ verdict: "ok" });
    expect(await verdictOf(trunks({ ...out, state: "deleted" }))).toMatchObject({ verdict: "ok" });
  });

  test("without names, all trunks out of service publish 0, also by a prober that never saw one in service", async () => {
    const { settings, ports, published } = rig(trunks(out));
    await runPasses(settings, FRESH, ports);
    expect(healthOf(published, "primary")).toEqual([1, 1, 0, 0]);
    expect(healthOf(published, "standby")).toEqual([1, 1, 1, 1]);
  });

  test("a list of trunks that goes on and on says nothing where none of its pages has one in service", async () => {
    const endless = (request: ProbeRequest): Scripted =>
      request.url.includes("/trunks?") ? { status: 200, body: { entities: [out], pageCount: 9 } } : healthy(request);
    expect(await verdictOf(endless)).toMatchObject({ verdict: "unknown", reasons: ["trunks-unread"] });
  });

  test("a named trunk out of service counts", async () => {
    expect(await verdictOf(trunks(TRUNK, out), ["Fenced"])).toMatchObject({ verdict: "down" });
  });

  test("only named trunks count", async () => {
    expect(await verdictOf(trunks(TRUNK, dead), ["Carrier"])).toMatchObject({ verdict: "ok" });
  });

  test("a named trunk that is not there does not trigger failover", async () => {
    expect(await verdictOf(trunks(TRUNK), ["Renamed"])).toMatchObject({
      verdict: "unknown",
      reasons: ["trunk-missing"],
    });
  });

  test("OPTIONS count only where the trunk sends them", async () => {
    expect(await verdictOf(trunks({ ...dead, optionsEnabledStatus: "DISABLED" }))).toMatchObject({ verdict: "ok" });
  });

  test("all pages are read", async () => {
    const paged = (request: ProbeRequest): Scripted => {
      if (!request.url.includes("/trunks?")) return healthy(request);
      const second = request.url.endsWith("pageNumber=2");
      return { status: 200, body: { entities: [second ? TRUNK : dead], pageCount: 2 } };
    };
    expect(await verdictOf(paged, ["Carrier"])).toMatchObject({ verdict: "ok" });
  });
});
