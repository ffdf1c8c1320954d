import { Ajv2020 } from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { DriftReport } from "../../src/model/report.ts";
import { documentOf, type Ended } from "./support/cli.ts";
import { deadAddress, fakeRoute53, type Check, type Entry } from "./support/route53.ts";
import { stageFor } from "./support/stage.ts";
import type { Workspace } from "./support/workspace.ts";

const stage = stageFor({ primary: "empty", standby: "empty" });
const aws = fakeRoute53();
const schema = JSON.parse(readFileSync("schemas/report.json", "utf8")) as object;
const isReport = new Ajv2020({ strict: false }).compile(schema);

const CHAT = {
  name: "chat.example.com",
  purpose: "digital",
  policy: "weighted",
  type: "CNAME",
  targets: { primary: { host: "chat-a.example.net" }, standby: { host: "chat-b.example.net" } },
  health: { primary: "page-a", standby: "page-b" },
};
const SIP = {
  name: "_sips._tcp.voice.example.com",
  purpose: "voice",
  type: "SRV",
  targets: {
    primary: {
      servers: [
        { port: 5061, host: "sbc1.example.net" },
        { port: 5061, host: "sbc2.example.net" },
      ],
    },
    standby: { servers: [{ port: 5061, host: "sbc3.example.net" }] },
  },
  health: { primary: "voice" },
};
const SIGNALS = [
  { name: "page-a", type: "https-string", side: "primary", host: "chat-a.example.net" },
  { name: "page-b", type: "https-string", side: "standby", host: "chat-b.example.net" },
  { name: "sbc", type: "tcp", side: "primary", host: "sbc1.example.net", port: 5061 },
  { name: "voice", type: "calculated", side: "primary", of: ["sbc", "page-a"], healthyAtLeast: 2 },
];
const ZONE = { name: "example.com", create: true };

function chatRecords(primary: number, standby: number): Entry[] {
  const common = { name: "chat.example.com", type: "CNAME", ttl: 30 };
  return [
    { ...common, id: "primary", weight: primary, values: ["chat-a.example.net"], check: "page-a" },
    { ...common, id: "standby", weight: standby, values: ["Chat-B.example.net."], check: "page-b" },
  ];
}

function sipRecords(): Entry[] {
  const common = { name: "_sips._tcp.voice.example.com", type: "SRV", ttl: 60 };
  const servers = ["10 100 5061 sbc2.example.net", "10 100 5061 sbc1.example.net."];
  return [
    { ...common, id: "primary", failover: "PRIMARY", values: servers, check: "voice" },
    { ...common, id: "standby", failover: "SECONDARY", values: ["10 100 5061 sbc3.example.net."] },
  ];
}

const endpoint = (...reports: string[]): Check => ({ config: "<Type>HTTPS_STR_MATCH</Type>", reports });
const UP = "Success: HTTP Status Code 200, OK";
const DOWN = "Failure: Connection timed out";
const voice = (): Check => ({
  config:
    "<Type>CALCULATED</Type><HealthThreshold>2</HealthThreshold><ChildHealthChecks>" +
    "<ChildHealthCheck>sbc</ChildHealthCheck><ChildHealthCheck>page-a</ChildHealthCheck></ChildHealthChecks>",
});

/** A zone in which both names are as described. */
function deploy(): void {
  aws.held.zones = [
    { id: "ZPRIVATE", name: "example.com", private: true },
    { id: "ZPUBLIC", name: "example.com" },
    { id: "ZOTHER", name: "other.example.com" },
  ];
  const other: Entry = { name: "zebra.example.com", type: "A", ttl: 3600, values: ["192.0.2.1"] };
  aws.held.records = [...chatRecords(100, 0), ...sipRecords(), other];
  aws.held.checks = {
    "page-a": endpoint(UP, UP, DOWN),
    "page-b": endpoint(UP),
    sbc: endpoint(UP),
    voice: voice(),
  };
}

async function workspaceWith(
  dns: { readonly [name: string]: unknown } | undefined,
  env = credentials(),
): Promise<Workspace> {
  const workspace = await stage.workspace({ env });
  await workspace.configure(dns === undefined ? {} : { dns });
  sdkSees({ ...workspace.env, ...env });
  return workspace;
}

/** The AWS SDK takes its settings from the process. */
function sdkSees(env: { readonly [name: string]: string }): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
}

afterEach(() => vi.unstubAllEnvs());

function credentials(): { [name: string]: string } {
  return { AWS_ENDPOINT_URL: aws.endpoint, AWS_ACCESS_KEY_ID: "AKIDCANARY", AWS_SECRET_ACCESS_KEY: "secret-canary" };
}

const NAMES = { zone: ZONE, names: [CHAT, SIP], signals: SIGNALS };

function reportOf(ended: Ended): DriftReport {
  const report = documentOf<DriftReport>(ended);
  expect([isReport(report), isReport.errors]).toEqual([true, null]);
  return report;
}

async function diff(workspace: Workspace, exit: number): Promise<DriftReport> {
  return checked(await workspace.json("diff"), exit);
}

function checked(ended: Ended, exit: number): DriftReport {
  expect(ended.exit, ended.stdout + ended.stderr).toBe(exit);
  expect(ended.stderr).not.toMatch(/Warning|canary/);
  return reportOf(ended);
}

/** In a process of its own, whose stderr has also what Node and the AWS SDK say there. */
async function diffInProcess(workspace: Workspace, exit: number): Promise<DriftReport> {
  return checked(await workspace.start(["diff", "--format", "json"]).ended, exit);
}

describe("names in Route 53", () => {
  it("are as described: nothing differs, and only reads were made", async () => {
    deploy();
    const report = await diffInProcess(await workspaceWith(NAMES), 0);
    expect(report.reported).toEqual([
      {
        coordinate: "failover-name/CNAME:chat.example.com",
        action: "none",
        edits: [],
        answers: [{ side: "primary", share: 1 }],
      },
      {
        coordinate: "failover-name/SRV:_sips._tcp.voice.example.com",
        action: "none",
        edits: [],
        answers: [{ side: "primary", share: 1 }],
      },
    ]);
    expect(report).toMatchObject({ findings: [], changes: [], summary: { create: 0, update: 0 } });
    expect(aws.requests.filter((request) => !request.startsWith("GET "))).toEqual([]);
  });

  it("show weights that a controller has turned round, in every format, and stand in no plan", async () => {
    deploy();
    aws.held.records = [...chatRecords(0, 100), ...sipRecords()];
    const workspace = await workspaceWith(NAMES);
    const [chat] = (await diff(workspace, 2)).reported ?? [];
    expect(chat).toEqual({
      coordinate: "failover-name/CNAME:chat.example.com",
      action: "update",
      edits: [
        { path: "/prefers", before: "standby", after: "primary" },
        { path: "/primary/weight", before: 0, after: 100 },
        { path: "/standby/weight", before: 100, after: 0 },
      ],
      answers: [{ side: "standby", share: 1 }],
    });
    const text = await workspace.run(["diff", "--report", "markdown=drift.md"]);
    expect(text.stdout).toContain("in step: ");
    expect(text.stdout).toContain("~ failover name CNAME:chat.example.com  (answers now: standby)\n");
    expect(text.stdout).toContain('    prefers: "standby" → "primary"\n    primary › weight: 0 → 100\n');
    expect(text.stdout).toContain("= failover name SRV:_sips._tcp.voice.example.com  (answers now: primary)\n");
    const markdown = await readFile(workspace.path("drift.md"), "utf8");
    expect(markdown).toContain("### Outside the organisations, never written");
    expect(markdown).toContain('- `prefers`: `"standby"` → `"primary"`\n');
    const plan = await workspace.json("plan", "-o", "plan.json");
    expect(documentOf(plan)).toMatchObject({ operations: [] });
    expect(plan.exit).toBe(0);
    expect(await readFile(workspace.path("plan.json"), "utf8")).not.toContain("failover-name");
  });

  it("say who answers while a side is unhealthy, though nothing differs", async () => {
    deploy();
    aws.held.checks["page-a"] = endpoint(DOWN, DOWN, DOWN, DOWN, DOWN, UP);
    const report = await diff(await workspaceWith(NAMES), 0);
    expect(report.reported).toMatchObject([
      { action: "none", answers: [{ side: "standby", share: 1 }] },
      { action: "none", answers: [{ side: "standby", share: 1 }] },
    ]);
  });

  it("differ in what was rebuilt by hand", async () => {
    deploy();
    const { page } = { page: { name: "chat.example.com", type: "CNAME", ttl: 3600, values: ["chat-b.example.net"] } };
    const [primary, standby] = sipRecords();
    aws.held.records = [
      page,
      { ...primary, id: "by hand", check: "deleted" } as Entry,
      { ...standby, id: "too", values: ["10 100 5060 sbc3.example.net"] } as Entry,
    ];
    const [chat, sip] = (await diff(await workspaceWith(NAMES), 2)).reported ?? [];
    expect(chat?.edits).toEqual([
      { path: "/policy", before: "simple", after: "weighted" },
      { path: "/prefers", before: "standby", after: "primary" },
      {
        path: "/primary",
        after: { healthCheck: "present", ttl: 30, values: { "chat-a.example.net": "chat-a.example.net" }, weight: 100 },
      },
      { path: "/standby/healthCheck", before: "none", after: "present" },
      { path: "/standby/ttl", before: 3600, after: 30 },
      { path: "/standby/weight", after: 0 },
    ]);
    expect(chat?.answers).toEqual([{ side: "standby", share: 1 }]);
    expect(sip?.edits.map(({ path, before, after }) => [path, before, after])).toEqual([
      ["/primary/healthCheck", "gone", "present"],
      ["/standby/values/10 100 5060 sbc3.example.net", "10 100 5060 sbc3.example.net", undefined],
      ["/standby/values/10 100 5061 sbc3.example.net", undefined, "10 100 5061 sbc3.example.net"],
    ]);
    expect(sip).not.toHaveProperty("answers");
  });

  it("follow aliases inside the zone, and name records that nobody described", async () => {
    deploy();
    const alias = (name: string): NonNullable<Entry["alias"]> => ({ zone: "ZPUBLIC", name, evaluate: true });
    const target = (name: string) => ({ name, zoneId: "ZPUBLIC" });
    aws.held.records = [
      { name: "pay.example.com", type: "A", id: "primary", failover: "PRIMARY", alias: alias("a.example.com") },
      { name: "pay.example.com", type: "A", id: "standby", failover: "SECONDARY", alias: alias("b.example.com") },
      { name: "a.example.com", type: "A", id: "a1", weight: 1, ttl: 30, values: ["192.0.2.1"], check: "page-a" },
      { name: "a.example.com", type: "A", id: "a2", weight: 3, ttl: 30, values: ["192.0.2.2"], check: "page-b" },
      { name: "b.example.com", type: "A", ttl: 30, values: ["192.0.2.3"] },
      { name: "late.example.com", type: "CNAME", id: "primary", weight: 100, ttl: 30, values: ["chat-a.example.net"] },
      { name: "late.example.com", type: "CNAME", id: "canary", weight: 100, ttl: 30, values: ["c.example.net"] },
    ];
    const pay = {
      name: "pay.example.com",
      purpose: "digital",
      type: "alias",
      targets: { primary: target("a.example.com"), standby: target("b.example.com") },
    };
    const late = { ...CHAT, name: "late.example.com", health: {} };
    const dns = { ...NAMES, zone: { name: "example.com", id: "ZPUBLIC" }, names: [pay, late] };
    const [aliased, shared] = (await diff(await workspaceWith(dns), 2)).reported ?? [];
    expect(aliased).toMatchObject({ coordinate: "failover-name/A:pay.example.com", action: "none" });
    expect(aliased?.answers).toEqual([{ side: "primary", share: 1 }]);
    expect(shared?.edits.map(({ path }) => path)).toEqual(["/others", "/prefers", "/standby"]);
    expect(shared?.answers).toEqual([
      { side: "primary", share: 0.5 },
      { side: "other", share: 0.5 },
    ]);
  });

  it("are missing: each name and the zone are told", async () => {
    const workspace = await workspaceWith(NAMES);
    const report = await diff(workspace, 2);
    expect(report.reported).toMatchObject([{ action: "create" }, { action: "create" }]);
    expect(report.findings).toMatchObject([{ code: "dns-zone-missing", path: "/dns/zone" }]);
    const text = await workspace.run(["diff"]);
    expect(text.stdout).toContain("+ failover name CNAME:chat.example.com  (there is no such record)");
    aws.held.zones = [{ id: "ZPUBLIC", name: "example.com" }];
    expect(await diff(workspace, 2)).toMatchObject({
      reported: [{ action: "create" }, { action: "create" }],
      findings: [],
    });
  });

  it("are compared though health checks may not be read", async () => {
    deploy();
    aws.held.refuseChecks = { status: 403, code: "AccessDenied" };
    const report = await diff(await workspaceWith(NAMES), 0);
    expect(report.reported).toMatchObject([{ action: "none" }, { action: "none" }]);
    expect(report.reported?.some((object) => "answers" in object)).toBe(false);
    expect(report.findings).toMatchObject([{ code: "dns-health-unreadable" }]);
    expect(report.findings[0]?.message).toContain("route53:ListHostedZonesByName");
  });
});

describe("a Route 53 that cannot be read", () => {
  const unreadable = async (
    dns: { readonly [name: string]: unknown },
    env: { [name: string]: string },
  ): Promise<string> => {
    const report = await diff(await workspaceWith(dns, env), 0);
    expect(report).toMatchObject({ reported: [], findings: [{ coordinate: "" }] });
    const [finding] = report.findings;
    return `${finding?.code ?? ""}: ${finding?.message ?? ""}`;
  };

  it("is a finding: no credentials", async () => {
    deploy();
    const env = { AWS_ENDPOINT_URL: aws.endpoint, AWS_EC2_METADATA_DISABLED: "true" };
    const report = await diffInProcess(await workspaceWith(NAMES, env), 0);
    expect(report.findings[0]?.code).toBe("dns-unreadable");
    expect(await unreadable(NAMES, env)).toMatch(
      /^dns-unreadable: No AWS credentials were found\. Give AWS credentials/,
    );
  });

  it("is a finding: no network", async () => {
    const env = { ...credentials(), AWS_ENDPOINT_URL: await deadAddress() };
    expect(await unreadable(NAMES, env)).toMatch(
      /^dns-unreadable: Route 53 cannot be reached \(Error, ECONNREFUSED\)\./,
    );
  });

  it("is a finding: refused, or no such zone, or two of them", async () => {
    aws.held.refuse = { status: 403, code: "InvalidClientTokenId" };
    expect(await unreadable(NAMES, credentials())).toMatch(/^dns-unreadable: AWS does not know the credentials/);
    aws.held.refuse = { status: 400, code: "SomethingElse" };
    expect(await unreadable(NAMES, credentials())).toMatch(
      /^dns-unreadable: Route 53 refused the request \(SomethingElse\)/,
    );
    aws.held.refuse = undefined as never;
    const dns = { ...NAMES, zone: { name: "example.com", id: "ZNOWHERE" } };
    expect(await unreadable(dns, credentials())).toMatch(/^dns-unreadable: Route 53 has no such hosted zone/);
    aws.held.zones = ["ZA", "ZB"].map((id) => ({ id, name: "example.com" }));
    expect(await unreadable(NAMES, credentials())).toMatch(
      /^dns-zone-ambiguous: Route 53 has 2 public zones example\.com: ZA, ZB/,
    );
  });

  it("does not keep saved snapshots from being compared", async () => {
    const workspace = await workspaceWith(NAMES, { AWS_EC2_METADATA_DISABLED: "true" });
    for (const side of ["primary", "standby"]) expect((await workspace.json("snapshot", side)).exit).toBe(0);
    const ended = await workspace.json("diff", "--from", "snapshots/primary", "--to", "snapshots/standby");
    expect(ended.exit).toBe(0);
    expect(reportOf(ended)).toMatchObject({ changes: [], findings: [{ code: "dns-unreadable" }] });
  });
});

it("is left unchanged without a dns section", async () => {
  const report = await diff(await workspaceWith(undefined), 0);
  expect(report).not.toHaveProperty("reported");
  expect(report.findings).toEqual([]);
  expect(aws.requests).toEqual([]);
});

it("is listed among the kinds", async () => {
  const ended = await (await workspaceWith(undefined)).json("kinds");
  const kinds = documentOf<readonly { readonly kind: string; readonly mode: string }[]>(ended);
  expect(kinds).toContainEqual(expect.objectContaining({ kind: "failover-name", mode: "report" }));
});
