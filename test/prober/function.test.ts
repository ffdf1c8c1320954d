import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_LIMITS, SETTINGS_VARIABLE, type ProberSettings } from "../../src/prober/settings.ts";
import { serve, startLine, type Served } from "../../src/simulator/index.ts";
import { startSimulator } from "../../src/simulator/start.ts";
import { bundleProber } from "../../tools/bundle.mjs";
import { administrator, type Admin } from "../scenarios/support/admin.ts";
import { awsDouble, type AwsDouble } from "./aws-double.ts";

const run = promisify(execFile);

/** Calls the bundled function in a process of its own, as Lambda would: again after each of these pauses. */
const CALL = `const { handler } = await import(process.argv[1]);
const [now, pauses] = [Date.now, JSON.parse(process.argv[2])];
await handler();
let late = 0;
for (const pause of pauses) {
  late += pause;
  Date.now = () => now() + late;
  await handler();
}`;

let directory: string;
let bundle: string;
let served: Served;
let admin: Admin;
let aws: AwsDouble;
let clients: { primary: { id: string; secret: string }; standby: { id: string; secret: string } };

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "lockstep-prober-"));
  bundle = join(directory, "index.mjs");
  await bundleProber(bundle);
  const orgs = (["primary", "standby"] as const).map((name) => ({ name, content: "seed" as const }));
  const { simulator } = await startSimulator({ seed: 3, size: "S", orgs });
  served = await serve(simulator, 0);
  const line = startLine(simulator, served.baseUrl);
  const [primary, standby] = [line.orgs.primary, line.orgs.standby];
  if (primary === undefined || standby === undefined) throw new Error("two organisations were asked for");
  clients = { primary: primary.client, standby: standby.client };
  admin = await administrator(served.baseUrl, primary.admin);
});

afterEach(async () => {
  await settings({ faults: [] });
  await aws.close();
});

afterAll(async () => {
  await served.close();
  await rm(directory, { recursive: true });
});

const secret = ({ id, secret: clientSecret }: { id: string; secret: string }) =>
  JSON.stringify({ clientId: id, clientSecret });

/** Both secrets hold their client. */
const filled = () => ({ "arn:primary": secret(clients.primary), "arn:standby": secret(clients.standby) });

/** Times on a shared machine say nothing of slowness; passes follow one another quickly. */
const limits = { ...DEFAULT_LIMITS, latencyMs: 4000, passEveryMs: 50 };

interface Called {
  readonly limits?: Partial<ProberSettings["limits"]>;
  readonly trunks?: string[];
  /** Milliseconds until the same container is called again, each. */
  readonly pauses?: number[];
}

async function call(over: Called = {}) {
  const org = (side: string) => ({
    ...{ api: served.baseUrl, login: `${served.baseUrl}/oauth/token`, secretArn: `arn:${side}` },
    trunks: side === "primary" ? (over.trunks ?? []) : [],
  });
  const probed: ProberSettings = {
    ...{ namespace: "Test", pair: "pair", sides: { primary: org("primary"), standby: org("standby") } },
    limits: { ...limits, ...over.limits },
  };
  const { stdout } = await run(
    process.execPath,
    ["--input-type=module", "-e", CALL, bundle, JSON.stringify(over.pauses ?? [])],
    {
      env: {
        ...{ PATH: process.env.PATH, NODE_NO_WARNINGS: "1", AWS_ENDPOINT_URL: aws.endpoint },
        ...{ AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
        [SETTINGS_VARIABLE]: JSON.stringify(probed),
      },
    },
  );
  return stdout;
}

/** Requests of one organisation fail in this way from now on. */
function fault(org: string, path: string, action: string): Promise<void> {
  return settings({ faults: [{ org, path, action, times: 1000 }] });
}

async function settings(change: object): Promise<void> {
  const body = JSON.stringify(change);
  const answer = await fetch(`${served.baseUrl}/_sim/settings`, { method: "PUT", body });
  expect(answer.status).toBe(200);
}

describe("the bundled function, against simulated organisations", () => {
  test("publishes that both work, by standard metrics", async () => {
    aws = await awsDouble(filled());
    await call();
    expect(aws.health("primary")).toEqual([1, 1, 1, 1]);
    expect(aws.health("standby")).toEqual([1, 1, 1, 1]);
    const [first] = aws.asked.filter(({ target }) => target === "PutMetricData");
    expect(first?.body).toMatchObject({
      Namespace: "Test",
      MetricData: [{ Unit: "None", StorageResolution: 60 }, {}, {}, {}],
    });
  });

  test("publishes 0 from the third failure on", async () => {
    aws = await awsDouble(filled());
    await fault("primary", "/organizations/me", "status:503");
    expect(await call()).toContain('"reasons":["api-status-503"]');
    expect(aws.health("primary")).toEqual([1, 1, 0, 0]);
    expect(aws.health("standby")).toEqual([1, 1, 1, 1]);
  });

  test("takes silence for a failure", async () => {
    aws = await awsDouble(filled());
    await fault("primary", "/organizations/me", "hang");
    expect(await call({ limits: { timeoutMs: 700, passes: 3 } })).toContain('"reasons":["api-timeout"]');
    expect(aws.health("primary")).toEqual([1, 1, 0]);
  });

  test("says nothing of an organisation whose secret has no value yet", async () => {
    aws = await awsDouble({ "arn:standby": secret(clients.standby) });
    expect(await call({ limits: { passes: 1 } })).toContain('"reasons":["credentials-missing"]');
    expect([aws.health("primary"), aws.health("standby")]).toEqual([[], [1]]);
  });

  test("a new container goes on with what was published last", async () => {
    aws = await awsDouble(filled(), { primary: 0, standby: 1 });
    await call({ limits: { passes: 2, recoveries: 3 } });
    expect(aws.health("primary")).toEqual([0, 0]);
  });

  test("a container that was called a minute ago goes on with what it remembers", async () => {
    aws = await awsDouble(filled(), { primary: 0, standby: 1 });
    await call({ limits: { passes: 2, recoveries: 2 }, pauses: [60_000] });
    expect(aws.health("primary")).toEqual([0, 1, 1, 1]);
  });

  test("a container that was idle for minutes goes on with what was published last, and keeps its tokens", async () => {
    aws = await awsDouble(filled(), { primary: 0, standby: 1 });
    await call({ limits: { passes: 2, recoveries: 2 }, pauses: [180_000] });
    expect(aws.health("primary")).toEqual([0, 1, 0, 1]);
    expect(aws.asked.filter(({ target }) => target === "GetSecretValue")).toHaveLength(2);
  });

  test("a container that was idle trusts itself where nothing was published, and starts counting again", async () => {
    aws = await awsDouble(filled());
    await fault("primary", "/organizations/me", "status:503");
    await call({ limits: { passes: 4 }, pauses: [180_000] });
    expect(aws.health("primary")).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
    await settings({ faults: [] });
  });

  test("never prints a secret", async () => {
    aws = await awsDouble(filled());
    await fault("primary", "/oauth/token", "status:401");
    const stdout = await call({ limits: { passes: 1 } });
    expect(stdout).toContain('"reasons":["login-status-401"]');
    expect(stdout).not.toContain(clients.primary.secret);
    expect(stdout).not.toContain(clients.standby.secret);
  });

  test("sees that the trunk was taken out of service", async () => {
    aws = await awsDouble(filled());
    const path = "/api/v2/telephony/providers/edges/trunkbasesettings";
    const trunks = (await admin.send("GET", "/api/v2/telephony/providers/edges/trunks?trunkType=EXTERNAL&pageSize=100"))
      .entities as { name: string; inService: boolean; trunkBase: { id: string } }[];
    const trunk = trunks.find(({ inService }) => inService);
    if (trunk === undefined) throw new Error("the contact centre has no trunk in service");
    const base = await admin.send("GET", `${path}/${trunk.trunkBase.id}`);
    const properties = { ...(base.properties as object), trunk_enabled: { value: { instance: false } } };
    await admin.send("PUT", `${path}/${trunk.trunkBase.id}`, { ...base, properties });
    expect(await call({ trunks: [trunk.name] })).toContain('"reasons":["trunks-down"]');
    expect(aws.health("primary")).toEqual([1, 1, 0, 0]);
  });
});
