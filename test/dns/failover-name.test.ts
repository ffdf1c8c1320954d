import { describe, expect, it } from "vitest";
import type { DnsName } from "../../src/model/config.ts";
import type { DnsRecord, Routing } from "../../src/model/dns.ts";
import { desiredRecords } from "../../src/dns/desired.ts";
import { actualObject, desiredObject, recordsBySide } from "../../src/dns/failover-name.ts";
import { alias, checked, PRIMARY, record, SECONDARY, SIMPLE, weight, zone } from "./support.ts";

const base = { name: "Chat.Example.com", purpose: "digital", policy: "weighted", health: { primary: "p" } } as const;
const A: DnsName = {
  ...base,
  type: "A",
  targets: { primary: { addresses: ["192.0.2.2", "192.0.2.1"] }, standby: { addresses: ["192.0.2.9"] } },
};
const SIDE_A = { values: ["192.0.2.1", "192.0.2.2"] };
const SIDE_B = { values: ["192.0.2.9"] };

const always = (): boolean => true;

describe("the records that a name stands for", () => {
  it("are two, with set identifiers, weights, and the TTL of the purpose", () => {
    expect(desiredRecords(A)).toEqual({
      primary: {
        name: "chat.example.com",
        type: "A",
        setIdentifier: "primary",
        routing: { policy: "weighted", weight: 100 },
        ttl: 30,
        values: ["192.0.2.1", "192.0.2.2"],
      },
      standby: {
        name: "chat.example.com",
        type: "A",
        setIdentifier: "standby",
        routing: { policy: "weighted", weight: 0 },
        ttl: 30,
        values: ["192.0.2.9"],
      },
    });
  });

  it("have the values of their type", () => {
    const valuesOf = (name: DnsName): readonly string[] => desiredRecords(name).primary.values;
    const cname = { host: "Chat-A.Example.net" };
    const servers = [{ priority: 10, weight: 20, port: 5061, host: "SBC.example.net" }];
    const rule = {
      order: 10,
      preference: 20,
      flags: "S",
      service: "SIPS+D2T",
      regexp: "",
      replacement: "_sips._tcp.X",
    };
    expect(valuesOf({ ...base, type: "CNAME", targets: { primary: cname, standby: cname } })).toEqual([
      "chat-a.example.net",
    ]);
    expect(valuesOf({ ...base, type: "SRV", targets: { primary: { servers }, standby: { servers } } })).toEqual([
      "10 20 5061 sbc.example.net",
    ]);
    const rules = [rule, { ...rule, flags: "U", regexp: "!^.*$!sip:A@x!", replacement: "." }];
    expect(valuesOf({ ...base, type: "NAPTR", targets: { primary: { rules }, standby: { rules } } })).toEqual([
      '10 20 "S" "SIPS+D2T" "" _sips._tcp.x',
      '10 20 "U" "SIPS+D2T" "!^.*$!sip:A@x!" .',
    ]);
  });

  it("of an alias are address records without a TTL", () => {
    const target = { name: "LB.elb.amazonaws.com", zoneId: "ZELB", evaluateTargetHealth: true };
    const name: DnsName = { ...base, policy: "failover", type: "alias", targets: { primary: target, standby: target } };
    expect(desiredRecords(name).standby).toEqual({
      name: "chat.example.com",
      type: "A",
      setIdentifier: "standby",
      routing: { policy: "failover", role: "SECONDARY" },
      values: [],
      alias: { ...target, name: "lb.elb.amazonaws.com" },
    });
  });
});

describe("a name as it is", () => {
  const asDescribed = [
    record("primary", weight(100), { ...SIDE_A, ttl: 30, ...checked("check-1") }),
    record("standby", weight(0), { ...SIDE_B, ttl: 30 }),
  ];

  it("equals the description when it was deployed from it", () => {
    expect(actualObject(zone(...asDescribed), A, always)).toEqual(desiredObject(A));
  });

  it("is nothing where the zone has no record of its name and type", () => {
    const others = [record("x", SIMPLE, { type: "AAAA" }), record("y", SIMPLE, { name: "other.example.com" })];
    expect(actualObject(zone(...others), A, always)).toBeUndefined();
  });

  it("knows a check that does not exist any more", () => {
    const health = (hasCheck: (id: string) => boolean | undefined): unknown => {
      const found = actualObject(zone(...asDescribed), A, hasCheck)?.["primary"];
      return (found as { healthCheck?: unknown } | undefined)?.healthCheck;
    };
    expect(health(() => false)).toBe("gone");
    expect(health(() => undefined)).toBe("present");
  });

  const routed = (primary: Routing, standby: Routing): readonly DnsRecord[] => [
    record("primary", primary, SIDE_A),
    record("standby", standby, SIDE_B),
  ];

  it.each<[string, string, readonly DnsRecord[]]>([
    ["the weights of the description", "primary", routed(weight(100), weight(0))],
    ["weights turned round", "standby", routed(weight(0), weight(100))],
    ["weights that share", "both", routed(weight(1), weight(1))],
    ["failover records", "primary", routed(PRIMARY, SECONDARY)],
    ["roles turned round", "standby", routed(SECONDARY, PRIMARY)],
    ["latency records", "depends", routed({ policy: "other" }, { policy: "other" })],
    ["a record that nobody described", "other", [record("x", SIMPLE, { values: ["192.0.2.77"] })]],
    ["one of them besides", "other", [...routed(weight(1), weight(0)), record("x", weight(1))]],
  ])("tells who is preferred: %s → %s", (_, prefers, records) => {
    expect(actualObject(zone(...records), A, always)).toMatchObject({ prefers });
  });

  it("tells who is preferred through aliases of the zone", () => {
    const records = [
      record("primary", PRIMARY, alias("p.example.com")),
      record("standby", SECONDARY, alias("s.example.com")),
      record("s1", SIMPLE, { name: "s.example.com" }),
    ];
    expect(actualObject(zone(...records), A, always)).toMatchObject({ prefers: "standby" });
  });

  it.each<[string, readonly DnsRecord[]]>([
    ["set identifier", [record("standby", weight(1), SIDE_A), record("primary", weight(1), SIDE_B)]],
    ["role", [record("x", SECONDARY, SIDE_A), record("y", PRIMARY, SIDE_B)]],
    ["values", [record("x", weight(1), SIDE_B), record("y", weight(1), SIDE_A)]],
  ])("tells the sides apart by %s", (_, [standby, primary]) => {
    const records = [standby, primary].filter((one) => one !== undefined);
    expect(recordsBySide(zone(...records), A)).toEqual({ primary, standby, others: [] });
  });

  it("keeps what belongs to no side apart", () => {
    const stray = record("canary", weight(5), { values: ["192.0.2.50"], ttl: 30 });
    const found = actualObject(zone(...asDescribed, stray), A, always);
    expect(found?.["others"]).toEqual({ canary: { values: ["192.0.2.50"], ttl: 30, weight: 5, healthCheck: "none" } });
  });
});
