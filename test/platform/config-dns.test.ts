import { describe, expect, it } from "vitest";
import type { Dns } from "../../src/model/config.ts";
import { ConfigError } from "../../src/platform/config-error.ts";
import { parseConfig } from "../../src/platform/config.ts";

const ORGS = `orgs:
  primary: { region: us-east-1, clientId: "env:P_ID", clientSecret: "env:P_SECRET" }
  standby: { region: us-west-2, clientId: "env:S_ID", clientSecret: "env:S_SECRET" }
`;

function dnsOf(text: string): Dns | undefined {
  return parseConfig(ORGS + text, "lockstep.yaml").dns;
}

function problemsOf(text: string): { path: string; expected: string; found: string; hint: string }[] {
  try {
    dnsOf(text);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, expected, found, hint }) => ({ path, expected, found, hint }));
  }
  throw new Error("the configuration was accepted");
}

const TARGETS = "targets: { primary: { host: a.example.net }, standby: { host: b.example.net } }";

describe("the dns section", () => {
  it("may be left out", () => {
    expect(dnsOf("")).toBeUndefined();
  });

  it("needs a zone and fills in the rest", () => {
    expect(dnsOf("dns: { zone: { name: example.com, id: Z0123456789 } }")).toEqual({
      zone: { name: "example.com", id: "Z0123456789" },
      names: [],
      signals: [],
      alerts: { subscriptions: [], logDays: 90 },
    });
  });

  it("fills in what belongs to a type of name and of signal", () => {
    const dns = dnsOf(`dns:
  zone: { name: example.com, create: true }
  prober: {}
  names:
    - { name: chat.example.com, purpose: digital, type: CNAME, ${TARGETS} }
    - name: _sips._tcp.voice.example.com
      purpose: voice
      policy: weighted
      type: SRV
      targets:
        primary: { servers: [{ port: 5061, host: sbc-a.example.net }] }
        standby: { servers: [{ port: 5061, host: sbc-b.example.net, priority: 1 }] }
      health: { primary: both }
  signals:
    - { name: page, type: https-string, side: primary, host: a.example.net }
    - { name: sbc, type: tcp, side: primary, host: 192.0.2.10, port: 5061, interval: 30 }
    - { name: org, type: metric, side: primary }
    - { name: both, type: calculated, side: primary, of: [sbc, org], healthyAtLeast: 2 }
`);
    expect(dns?.names[0]).toMatchObject({ policy: "failover", health: {} });
    expect(dns?.names[1]).toMatchObject({
      targets: { primary: { servers: [{ priority: 10, weight: 100 }] }, standby: { servers: [{ priority: 1 }] } },
    });
    expect(dns?.signals).toMatchObject([
      { port: 443, path: "/", search: '"status": "healthy"', interval: 10, failures: 3 },
      { interval: 30, failures: 3 },
      { periods: 1, noData: "last-known" },
      { of: ["sbc", "org"] },
    ]);
    expect(dns?.prober).toMatchObject({ passes: 4, pauseSeconds: 15, slowMs: 150, timeoutMs: 5000, failures: 3 });
  });

  it("takes a zone by id or creates it, not both and not neither", () => {
    const either = "the id of a zone, or create: true";
    expect(problemsOf("dns: { zone: { name: example.com } }")).toMatchObject([
      { path: "/dns/zone", expected: either, found: "no key create" },
    ]);
    expect(problemsOf("dns: { zone: { name: example.com, id: Z0123, create: true } }")).toMatchObject([
      { path: "/dns/zone/create", expected: `either ${either}, not both` },
    ]);
    expect(problemsOf("dns: { zone: { name: example.com, create: false } }")).toMatchObject([
      { path: "/dns/zone/create", expected: "true", found: "false" },
    ]);
  });

  it("says which types there are, once", () => {
    const text = `dns:
  zone: { name: example.com, create: true }
  names: [{ name: a.example.com, purpose: digital, type: CNAM, ${TARGETS} }]
  signals: [{ type: htps, side: primary, name: x }, { side: primary, name: y }]
`;
    expect(problemsOf(text)).toMatchObject([
      { path: "/dns/names/0/type", expected: "one of CNAME, A, alias, SRV, NAPTR", found: '"CNAM"' },
      {
        path: "/dns/signals/0/type",
        expected: "one of https-string, https, tcp, metric, calculated",
        found: '"htps"',
      },
      { path: "/dns/signals/1", expected: "the key type", found: "no key type" },
    ]);
  });

  it("judges keys by the type", () => {
    const text = `dns:
  zone: { name: "https://example.com.", create: true }
  names: [{ name: a.example.com, purpose: digital, type: SRV, ${TARGETS} }]
  signals: [{ type: tcp, side: primary, name: x, host: a, port: 5061, intervall: 30 }]
`;
    expect(problemsOf(text)).toMatchObject([
      { path: "/dns/zone/name", expected: expect.stringContaining("a host name such as") as string },
      { path: "/dns/names/0/targets/primary", expected: "the key servers" },
      { path: "/dns/names/0/targets/primary/host", found: 'the unknown key "host"' },
      { path: "/dns/names/0/targets/standby", expected: "the key servers" },
      { path: "/dns/names/0/targets/standby/host", found: 'the unknown key "host"' },
      { path: "/dns/signals/0/intervall", hint: 'Did you mean "interval"?' },
    ]);
  });

  it("suggests the signal that was meant", () => {
    const text = `dns:
  zone: { name: example.com, create: true }
  names:
    - { name: a.example.com, purpose: digital, type: CNAME, ${TARGETS}, health: { primary: primary-chta } }
    - { name: b.example.com, purpose: digital, type: CNAME, ${TARGETS}, health: { standby: other } }
  signals:
    - { name: primary-chat, type: https, side: primary, host: a.example.net }
    - { name: sum, type: calculated, side: primary, of: [primary-chat, smu], healthyAtLeast: 1 }
`;
    const expected = "the name of a signal of dns.signals";
    expect(problemsOf(text)).toEqual([
      {
        path: "/dns/names/0/health/primary",
        expected,
        found: '"primary-chta"',
        hint: 'Did you mean "primary-chat"?',
      },
      { path: "/dns/names/1/health/standby", expected, found: '"other"', hint: "signals are primary-chat, sum" },
      { path: "/dns/signals/1/of/1", expected, found: '"smu"', hint: 'Did you mean "sum"?' },
    ]);
    const alone = text.replace(/ {2}signals:[^]*$/, "").replace(/ {4}- \{ name: b.*\n/, "");
    expect(problemsOf(alone)).toMatchObject([{ hint: "Describe the signal in dns.signals." }]);
  });

  it("wants each name and each signal once", () => {
    const text = `dns:
  zone: { name: example.com, create: true }
  names:
    - { name: a.example.com, purpose: digital, type: CNAME, ${TARGETS} }
    - { name: A.example.com, purpose: voice, type: CNAME, ${TARGETS} }
  signals:
    - { name: x, type: metric, side: primary }
    - { name: x, type: metric, side: standby }
`;
    expect(problemsOf(text)).toMatchObject([
      { path: "/dns/names/1/name", found: "a.example.com CNAME a second time" },
      { path: "/dns/signals/1/name", found: '"x" a second time' },
    ]);
  });

  it("says why the policies of one name cannot be mixed", () => {
    const text = `dns:
  zone: { name: example.com, create: true }
  names:
    - { name: a.example.com, purpose: digital, type: CNAME, ${TARGETS} }
    - { name: A.example.com, purpose: digital, type: CNAME, policy: weighted, ${TARGETS} }
    - { name: a.example.com, purpose: digital, type: CNAME, policy: failover, ${TARGETS} }
`;
    const once = "each name and type once";
    expect(problemsOf(text)).toEqual([
      {
        ...{ path: "/dns/names/1/name", expected: once },
        found: "a.example.com CNAME a second time, weighted beside failover",
        hint: "Route 53 takes one policy for all records of a name and type, so policies cannot be mixed: choose one, and hold the targets of both sides in one entry.",
      },
      {
        ...{ path: "/dns/names/2/name", expected: once, found: "a.example.com CNAME a second time" },
        hint: "One entry holds the targets of both sides.",
      },
    ]);
  });
});
