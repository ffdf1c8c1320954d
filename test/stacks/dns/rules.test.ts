import { describe, expect, test } from "vitest";
import type { Dns } from "../../../src/model/config.ts";
import { LockstepError } from "../../../src/model/error.ts";
import { assertBuildable, refusals } from "../../../src/stacks/dns/rules.ts";
import { config } from "./example.ts";
import { A, alias, CHECKED, cname, FACTS, named, servers, signalled, two, withNames } from "./sections.ts";

describe("what can be built", () => {
  test.each<[string, Dns]>([
    ["a CNAME", named(cname())],
    ["the longest digital TTL", named(cname({ ttl: "30" }))],
    ["the longest TTL of voice", named(cname({ purpose: "voice", ttl: "60" }))],
    ["the longest TTL of a carrier", named(cname({ purpose: "carrier", ttl: "300" }))],
    ["a name in another case", named(cname({ name: "Chat.EXAMPLE.com" }))],
    [
      "a host that only looks like the vendor's",
      named(cname({ targets: "{ primary: { host: notmypurecloud.com }, standby: { host: b.example.net } }" })),
    ],
    [
      "an alias that follows its target's health",
      named(
        cname({
          name: "example.com",
          type: "alias",
          health: "{}",
          targets: `{ primary: ${alias("lb.example.net", true)}, standby: ${alias("lb2.example.net", true)} }`,
        }),
      ),
    ],
    [
      "SIP without TLS to the vendor",
      named(
        cname({
          name: "_sip._udp.example.com",
          type: "SRV",
          targets: `{ primary: ${servers("lb01.byoc.mypurecloud.ie")}, standby: ${servers("b.example.net")} }`,
        }),
      ),
    ],
    [
      "several values by failover",
      named(
        cname({
          type: "A",
          targets: "{ primary: { addresses: [192.0.2.1, 192.0.2.3] }, standby: { addresses: [192.0.2.2] } }",
        }),
      ),
    ],
    [
      "SRV and A of one name, by different policies",
      withNames(
        two(
          A.replace("name: chat", "name: _sip._tcp.chat"),
          cname({
            name: "_sip._tcp.chat.example.com",
            type: "SRV",
            policy: "weighted",
            targets: `{ primary: ${servers("a.example.net")}, standby: ${servers("b.example.net")} }`,
          }),
        ),
      ),
    ],
    [
      "another publisher's metric",
      signalled("  - { name: m, type: metric, side: primary, metric: { namespace: N, name: M } }"),
    ],
    ["the example of every kind", config().dns as Dns],
  ])("%s", (_, dns) => {
    expect(refusals(dns, FACTS)).toEqual([]);
  });
});

describe("what is refused", () => {
  test.each<[string, Dns, string, string]>([
    ["a name outside the zone", named(cname({ name: "chat.example.org" })), "name-outside-zone", "/dns/names/0/name"],
    ["a name that only ends alike", named(cname({ name: "notexample.com" })), "name-outside-zone", "/dns/names/0/name"],
    ["a CNAME at the apex", named(cname({ name: "example.com" })), "apex-cname", "/dns/names/0/type"],
    [
      "a vendor's host behind our name",
      named(cname({ targets: "{ primary: { host: apps.mypurecloud.ie }, standby: { host: b.example.net } }" })),
      "vendor-host",
      "/dns/names/0/targets/primary",
    ],
    [
      "a vendor's host on the standby",
      named(cname({ targets: "{ primary: { host: a.example.net }, standby: { host: apps.USW2.pure.cloud } }" })),
      "vendor-host",
      "/dns/names/0/targets/standby",
    ],
    [
      "an alias of a vendor's host",
      named(
        cname({
          type: "alias",
          targets: `{ primary: ${alias("apps.mypurecloud.de", true)}, standby: ${alias("b.example.net", true)} }`,
        }),
      ),
      "vendor-host",
      "/dns/names/0/targets/primary",
    ],
    [
      "SIP over TLS to a vendor's host",
      named(
        cname({
          name: "_sips._tcp.example.com",
          type: "SRV",
          targets: `{ primary: ${servers("a.example.net", "lb01.byoc.mypurecloud.ie")}, standby: ${servers("b.example.net")} }`,
        }),
      ),
      "vendor-host",
      "/dns/names/0/targets/primary",
    ],
    ["a digital name remembered too long", named(cname({ ttl: "31" })), "ttl-over-bound", "/dns/names/0/ttl"],
    [
      "a voice name remembered too long",
      named(cname({ purpose: "voice", ttl: "61" })),
      "ttl-over-bound",
      "/dns/names/0/ttl",
    ],
    [
      "a carrier's name remembered too long",
      named(cname({ purpose: "carrier", ttl: "3600" })),
      "ttl-over-bound",
      "/dns/names/0/ttl",
    ],
    [
      "a primary without a signal",
      named(cname({ health: "{ standby: other }" })),
      "primary-without-health",
      "/dns/names/0/health",
    ],
    [
      "an alias that follows nothing",
      named(
        cname({
          type: "alias",
          health: "{}",
          targets: `{ primary: ${alias("a.example.net", false)}, standby: ${alias("b.example.net", true)} }`,
        }),
      ),
      "primary-without-health",
      "/dns/names/0/health",
    ],
    [
      "the standby's signal for the primary",
      named(cname({ health: "{ primary: other }" })),
      "signal-of-other-side",
      "/dns/names/0/health/primary",
    ],
    [
      "the same target on both sides",
      named(cname({ targets: "{ primary: { host: a.example.net }, standby: { host: a.example.net } }" })),
      "same-target",
      "/dns/names/0/targets/standby",
    ],
    [
      "several values by weight",
      named(
        cname({
          type: "A",
          policy: "weighted",
          targets: "{ primary: { addresses: [192.0.2.1, 192.0.2.3] }, standby: { addresses: [192.0.2.2] } }",
        }),
      ),
      "weighted-many-values",
      "/dns/names/0/targets/primary",
    ],
    [
      "a weighted and a failover record of one name and type",
      withNames(
        two(
          A,
          cname({
            type: "alias",
            policy: "weighted",
            targets: `{ primary: ${alias("a.example.net", true)}, standby: ${alias("b.example.net", true)} }`,
          }),
        ),
      ),
      "mixed-policies",
      "/dns/names/0/policy",
    ],
    ["a CNAME beside another record", withNames(two(A, cname())), "cname-beside-others", "/dns/names/1/type"],
    [
      "a metric that nobody publishes",
      signalled("  - { name: m, type: metric, side: primary }"),
      "metric-without-publisher",
      "/dns/signals/0",
    ],
    [
      "a calculated signal in another",
      signalled(
        `  - ${CHECKED}\n  - { name: inner, type: calculated, side: primary, of: [page], healthyAtLeast: 1 }\n  - { name: outer, type: calculated, side: primary, of: [page, inner], healthyAtLeast: 1 }`,
      ),
      "nested-calculated",
      "/dns/signals/2/of/1",
    ],
    [
      "more healthy signals than there are",
      signalled(`  - ${CHECKED}\n  - { name: all, type: calculated, side: primary, of: [page], healthyAtLeast: 2 }`),
      "threshold-out-of-range",
      "/dns/signals/1/healthyAtLeast",
    ],
    [
      "a composite of both sides",
      signalled(`  - ${CHECKED}\n  - { name: all, type: calculated, side: standby, of: [page], healthyAtLeast: 1 }`),
      "signal-of-other-side",
      "/dns/signals/1/of/0",
    ],
    [
      "a check of the name that it decides about",
      named(
        cname({ health: "{ primary: page }" }),
        "signals: [{ name: page, type: https, side: primary, host: CHAT.example.com }]",
      ),
      "checks-failover-name",
      "/dns/signals/0/host",
    ],
    [
      "a check of the login service",
      signalled("  - { name: page, type: https, side: primary, host: login.mypurecloud.ie }"),
      "login-host",
      "/dns/signals/0/host",
    ],
    [
      "passes that do not fit into a minute",
      signalled("  []", "prober: { passes: 5 }"),
      "threshold-out-of-range",
      "/dns/prober/pauseSeconds",
    ],
    [
      "passes that do not fit into a minute once nobody answers",
      signalled("  []", "prober: { passes: 6, pauseSeconds: 5, timeoutMs: 10000 }"),
      "threshold-out-of-range",
      "/dns/prober/timeoutMs",
    ],
  ])("%s", (_, dns, code, path) => {
    const found = refusals(dns, FACTS);
    expect(found.map((one) => [one.code, one.path])).toContainEqual([code, path]);
    for (const { message, hint } of found) expect([message.length > 20, hint.length > 5]).toEqual([true, true]);
  });

  // What the file's schema already refuses, for programs that build the section themselves.
  const [page] = signalled(`  - ${CHECKED}`).signals;
  test.each<[string, object, string, string]>([
    ["no failure to wait for", { failures: 0 }, "threshold-out-of-range", "/dns/signals/0/failures"],
    ["too many failures", { failures: 11 }, "threshold-out-of-range", "/dns/signals/0/failures"],
    ["two regions", { regions: ["us-east-1", "eu-west-1"] }, "threshold-out-of-range", "/dns/signals/0/regions"],
    [
      "a check of the name that it decides about, with a dot at the end",
      { host: "chat.example.com." },
      "checks-failover-name",
      "/dns/signals/0/host",
    ],
    [
      "a check of the login service with a dot at the end",
      { host: "login.mypurecloud.ie." },
      "login-host",
      "/dns/signals/0/host",
    ],
    [
      "a composite that is always healthy",
      { type: "calculated", of: ["page"], healthyAtLeast: 0 },
      "threshold-out-of-range",
      "/dns/signals/0/healthyAtLeast",
    ],
    [
      "a composite of nothing known",
      { type: "calculated", of: ["gone"], healthyAtLeast: 1 },
      "unknown-signal",
      "/dns/signals/0/of/0",
    ],
  ])("%s", (_, over, code, path) => {
    const dns = { ...named(cname({ health: "{}" })), signals: [{ ...page, ...over }] } as Dns;
    expect(refusals(dns, FACTS).map((one) => [one.code, one.path])).toContainEqual([code, path]);
  });

  test("a name whose signal does not exist", () => {
    const dns = named(cname());
    const names = dns.names.map((name) => ({ ...name, health: { primary: "gone" } }));
    expect(refusals({ ...dns, names }, FACTS)).toMatchObject([
      { code: "unknown-signal", path: "/dns/names/0/health/primary" },
    ]);
  });

  test("a prober in the primary's region, and only a prober", () => {
    const beside = { primaryRegion: "eu-west-1", region: "eu-west-1" };
    expect(refusals(named(cname()), beside)).toMatchObject([{ code: "prober-beside-primary", path: "/dns/region" }]);
    expect(refusals(signalled(`  - ${CHECKED}`), beside)).toEqual([]);
    expect(refusals(named(cname()), { ...beside, primaryRegion: undefined })).toEqual([]);
  });
});

test("the first refusal is thrown, with all others in its hint", () => {
  const dns = named(cname({ name: "example.com", ttl: "99", health: "{}" }));
  const build = (): void => assertBuildable(dns, FACTS, "lockstep.yaml");
  expect(build).toThrow(LockstepError);
  try {
    build();
  } catch (error) {
    expect(error).toMatchObject({ code: "apex-cname", place: { file: "lockstep.yaml", path: "/dns/names/0/type" } });
    expect((error as LockstepError).hint).toContain("/dns/names/0/ttl");
    expect((error as LockstepError).hint).toContain("/dns/names/0/health");
  }
});
