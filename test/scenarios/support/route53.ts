import { createServer, type AddressInfo } from "node:net";
import { createServer as createHttpServer, type ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach } from "vitest";

/** A record as the service holds it; values that end in a dot stay so. */
export interface Entry {
  readonly name: string;
  readonly type: string;
  readonly id?: string;
  readonly weight?: number;
  readonly failover?: "PRIMARY" | "SECONDARY";
  readonly ttl?: number;
  readonly values?: readonly string[];
  readonly alias?: { readonly zone: string; readonly name: string; readonly evaluate: boolean };
  readonly check?: string;
}

/** A health check: its configuration as XML, and what each checker reports. */
export interface Check {
  readonly config: string;
  readonly reports?: readonly string[];
}

/** What the service holds; a test replaces what it needs. */
export interface Held {
  zones: { id: string; name: string; private?: boolean }[];
  records: Entry[];
  checks: { [id: string]: Check };
  /** Answers every request with this status and error code instead. */
  refuse?: { status: number; code: string };
  /** Answers only requests for health checks so. */
  refuseChecks?: { status: number; code: string };
}

/** A stand-in for Route 53 on the loopback interface: the four operations that lockstep reads with, in XML. */
export interface FakeRoute53 {
  readonly held: Held;
  readonly endpoint: string;
  /** `METHOD path` of each request. */
  readonly requests: string[];
}

const XMLNS = 'xmlns="https://route53.amazonaws.com/doc/2013-04-01/"';

/** Serves a stand-in for the tests of a file; before each test it is empty. */
export function fakeRoute53(): FakeRoute53 {
  const held: Held = { zones: [], records: [], checks: {} };
  const requests: string[] = [];
  const fake = { held, requests, endpoint: "" };
  const server = createHttpServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    requests.push(`${request.method ?? ""} ${url.pathname}`);
    answer(held, url, response);
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    fake.endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  beforeEach(() => {
    Object.assign(held, { zones: [], records: [], checks: {}, refuse: undefined, refuseChecks: undefined });
    requests.length = 0;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return fake;
}

function answer(held: Held, { pathname, searchParams }: URL, response: ServerResponse): void {
  const [, check, status] = /^\/2013-04-01\/healthcheck\/([^/]+)(\/status)?$/.exec(pathname) ?? [];
  const [, zone] = /^\/2013-04-01\/hostedzone\/([^/]+)\/rrset$/.exec(pathname) ?? [];
  const refusal = held.refuse ?? (check === undefined ? undefined : held.refuseChecks);
  if (refusal !== undefined) return refuse(response, refusal.status, refusal.code);
  if (pathname === "/2013-04-01/hostedzonesbyname") return send(response, zonesXml(held));
  if (zone !== undefined) {
    if (!held.zones.some(({ id }) => id === zone)) return refuse(response, 404, "NoSuchHostedZone");
    return send(response, recordsXml(held, searchParams));
  }
  const found = check === undefined ? undefined : held.checks[check];
  if (check === undefined || found === undefined) return refuse(response, 404, "NoSuchHealthCheck");
  send(response, status === undefined ? checkXml(check, found) : statusXml(found));
}

function send(response: ServerResponse, xml: string, status = 200): void {
  response.writeHead(status, { "content-type": "text/xml" });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error>`;
  send(response, `<ErrorResponse ${XMLNS}>${error}<RequestId>1</RequestId></ErrorResponse>`, status);
}

function element(name: string, value: string | number | boolean | undefined): string {
  return value === undefined ? "" : `<${name}>${String(value)}</${name}>`;
}

function zonesXml({ zones }: Held): string {
  const items = zones.map(
    ({ id, name, private: isPrivate = false }) =>
      `<HostedZone>${element("Id", `/hostedzone/${id}`)}${element("Name", `${name}.`)}${element("CallerReference", id)}` +
      `<Config>${element("PrivateZone", isPrivate)}</Config></HostedZone>`,
  );
  const rest = `${element("IsTruncated", false)}${element("MaxItems", 100)}`;
  return `<ListHostedZonesByNameResponse ${XMLNS}><HostedZones>${items.join("")}</HostedZones>${rest}</ListHostedZonesByNameResponse>`;
}

/** Pages of two, from the record asked for, in the order of names from the right, as the service sorts them. */
function recordsXml({ records }: Held, query: URLSearchParams): string {
  const key = (name: string, type: string, id: string): string =>
    [name.replace(/\.$/, "").split(".").reverse().join("\u0001"), type, id].join("\u0000");
  const sorted = records
    .map((entry) => ({ entry, key: key(entry.name, entry.type, entry.id ?? "") }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const from = key(query.get("name") ?? "", query.get("type") ?? "", query.get("identifier") ?? "");
  const left = sorted.filter((one) => one.key >= from.replace(/\u0000+$/, ""));
  const next = left[2]?.entry;
  const more =
    next === undefined
      ? element("IsTruncated", false)
      : element("IsTruncated", true) +
        element("NextRecordName", `${next.name}.`) +
        element("NextRecordType", next.type) +
        element("NextRecordIdentifier", next.id);
  const sets = left.slice(0, 2).map(({ entry }) => recordXml(entry));
  const body = `<ResourceRecordSets>${sets.join("")}</ResourceRecordSets>${more}${element("MaxItems", 2)}`;
  return `<ListResourceRecordSetsResponse ${XMLNS}>${body}</ListResourceRecordSetsResponse>`;
}

function recordXml({ name, type, id, weight, failover, ttl, values = [], alias, check }: Entry): string {
  const records = values.map(
    (value) => `<ResourceRecord>${element("Value", value.replaceAll('"', "&quot;"))}</ResourceRecord>`,
  );
  const target =
    alias === undefined
      ? ""
      : `<AliasTarget>${element("HostedZoneId", alias.zone)}${element("DNSName", `${alias.name}.`)}` +
        `${element("EvaluateTargetHealth", alias.evaluate)}</AliasTarget>`;
  const parts = [
    element("Name", `${name}.`),
    element("Type", type),
    element("SetIdentifier", id),
    element("Weight", weight),
    element("Failover", failover),
    element("TTL", ttl),
    records.length === 0 ? "" : `<ResourceRecords>${records.join("")}</ResourceRecords>`,
    target,
    element("HealthCheckId", check),
  ];
  return `<ResourceRecordSet>${parts.join("")}</ResourceRecordSet>`;
}

function checkXml(id: string, { config }: Check): string {
  const check = `${element("Id", id)}${element("CallerReference", id)}<HealthCheckConfig>${config}</HealthCheckConfig>`;
  const body = `<HealthCheck>${check}${element("HealthCheckVersion", 1)}</HealthCheck>`;
  return `<GetHealthCheckResponse ${XMLNS}>${body}</GetHealthCheckResponse>`;
}

function statusXml({ reports = [] }: Check): string {
  const items = reports.map(
    (report) =>
      `<HealthCheckObservation>${element("Region", "us-east-1")}<StatusReport>${element("Status", report)}` +
      `${element("CheckedTime", "2026-01-01T00:00:00.000Z")}</StatusReport></HealthCheckObservation>`,
  );
  const list = `<HealthCheckObservations>${items.join("")}</HealthCheckObservations>`;
  return `<GetHealthCheckStatusResponse ${XMLNS}>${list}</GetHealthCheckStatusResponse>`;
}

/** An address of this machine on which nothing listens. */
export async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${String(port)}`;
}
