import fc from "fast-check";
import type { Alias, DnsRecord, HealthCheck, Routing } from "../../src/model/dns.ts";
import type { Play } from "./by-the-documents.ts";

/** Names of a random zone, from the top: an alias leads only to names after its own, so that the tree ends. */
export const NAMES = ["top.example.com", "a.example.com", "b.example.com", "c.example.com", "d.example.com"] as const;

const ZONE_ID = "ZONE";
const ENDPOINTS = ["e0", "e1", "e2", "e3", "e4", "e5"];
const CALCULATED = ["c0", "c1", "c2"];
const RESOURCES = ["lb0.amazonaws.com", "lb1.amazonaws.com", "lb2.amazonaws.com"];

const side = fc.constantFrom("healthy" as const, "unhealthy" as const);

function plainCheck(id: string): fc.Arbitrary<HealthCheck> {
  return fc.record({
    id: fc.constant(id),
    kind: fc.constantFrom("endpoint" as const, "metric" as const, "switch" as const),
    inverted: rarely(),
    disabled: rarely(),
    measured: fc.constantFrom("healthy" as const, "unhealthy" as const, "no-data" as const),
    noData: fc.constantFrom("healthy" as const, "unhealthy" as const, "last-known" as const),
    lastKnown: side,
  });
}

function calculatedCheck(id: string): fc.Arbitrary<HealthCheck> {
  return fc.record({
    id: fc.constant(id),
    kind: fc.constant("calculated" as const),
    inverted: rarely(),
    disabled: rarely(),
    children: fc.subarray([...ENDPOINTS, "gone"]),
    threshold: fc.nat({ max: 5 }),
  });
}

function rarely(): fc.Arbitrary<boolean> {
  return fc.integer({ min: 1, max: 6 }).map((die) => die === 1);
}

/** Every check with its chances; now and then one of them was deleted though records refer to it. */
const checks = fc
  .tuple(...ENDPOINTS.map(plainCheck), ...CALCULATED.map(calculatedCheck))
  .chain((all) => fc.subarray(all, { minLength: all.length - 2 }));

const weights = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 255 }));

function groupOf(name: string, depth: number): fc.Arbitrary<readonly DnsRecord[]> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: recordOf(name, depth, "only", { policy: "simple" }).map((only) => [only]) },
    { weight: 4, arbitrary: weighted(name, depth) },
    { weight: 3, arbitrary: failover(name, depth) },
  );
}

function weighted(name: string, depth: number): fc.Arbitrary<readonly DnsRecord[]> {
  return fc.array(weights, { minLength: 1, maxLength: 5 }).chain((all) => {
    return fc.tuple(
      ...all.map((weight, at) => recordOf(name, depth, `w${String(at)}`, { policy: "weighted", weight })),
    );
  });
}

function failover(name: string, depth: number): fc.Arbitrary<readonly DnsRecord[]> {
  const both = fc.tuple(
    recordOf(name, depth, "primary", { policy: "failover", role: "PRIMARY" }),
    recordOf(name, depth, "secondary", { policy: "failover", role: "SECONDARY" }),
  );
  return both.chain((pair) => fc.shuffledSubarray(pair, { minLength: 1 }));
}

function recordOf(name: string, depth: number, setIdentifier: string, routing: Routing): fc.Arbitrary<DnsRecord> {
  const check = fc.option(fc.constantFrom(...ENDPOINTS, ...CALCULATED), { nil: undefined, freq: 4 });
  const target = fc.option(aliasBelow(depth), { nil: undefined, freq: 2 });
  return fc.tuple(check, target).map(([healthCheckId, alias]) => ({
    name,
    type: "A",
    setIdentifier,
    routing,
    values: alias === undefined ? [setIdentifier] : [],
    ...(alias === undefined ? { ttl: 60 } : { alias }),
    ...(healthCheckId === undefined ? {} : { healthCheckId }),
  }));
}

function aliasBelow(depth: number): fc.Arbitrary<Alias> {
  const inside = [...NAMES.slice(depth + 1), "gone.example.com"].map((name) => ({ name, zoneId: ZONE_ID }));
  const outside = RESOURCES.map((name) => ({ name, zoneId: "ZAWS" }));
  return fc
    .tuple(fc.constantFrom(...inside, ...inside, ...outside), fc.integer({ min: 1, max: 4 }))
    .map(([target, die]) => ({ ...target, evaluateTargetHealth: die > 1 }));
}

/** Zones with trees of simple, weighted and failover groups, every kind of check, and checks and targets that are gone. */
export const randomZone: fc.Arbitrary<Play> = fc.record({
  id: fc.constant(ZONE_ID),
  records: fc.tuple(...NAMES.map((name, depth) => groupOf(name, depth))).map((groups) => groups.flat()),
  checks,
  down: fc.subarray(RESOURCES),
});
