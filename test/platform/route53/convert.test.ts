import type { HealthCheckObservation, ResourceRecordSet } from "@aws-sdk/client-route-53";
import { describe, expect, it } from "vitest";
import { healthCheckOf, idOfZone, measuredBy, recordOf } from "../../../src/platform/route53/convert.ts";

const set = (rest: Partial<ResourceRecordSet>): ResourceRecordSet => ({ Name: "x.example.com.", Type: "A", ...rest });

describe("a record set of the API", () => {
  it("is a record with plain names, sorted values and its policy", () => {
    const records = [{ Value: "10 100 5061 B.example.net." }, { Value: "10 100 5061 a.example.net" }];
    const found = recordOf(
      set({
        Name: "\\137sips.\\052.Example.com.",
        Type: "SRV",
        TTL: 60,
        Weight: 0,
        SetIdentifier: "s",
        ResourceRecords: records,
      }),
    );
    expect(found).toEqual({
      name: "_sips.*.example.com",
      type: "SRV",
      setIdentifier: "s",
      routing: { policy: "weighted", weight: 0 },
      ttl: 60,
      values: ["10 100 5061 a.example.net", "10 100 5061 b.example.net"],
    });
  });

  it("is an alias with the name of its target", () => {
    const target = { HostedZoneId: "ZELB", DNSName: "LB.elb.amazonaws.com.", EvaluateTargetHealth: true };
    expect(
      recordOf(set({ AliasTarget: target, Failover: "SECONDARY", SetIdentifier: "s", HealthCheckId: "h" })),
    ).toEqual({
      name: "x.example.com",
      type: "A",
      setIdentifier: "s",
      routing: { policy: "failover", role: "SECONDARY" },
      values: [],
      alias: { name: "lb.elb.amazonaws.com", zoneId: "ZELB", evaluateTargetHealth: true },
      healthCheckId: "h",
    });
  });

  it.each<[Partial<ResourceRecordSet>, string]>([
    [{}, "simple"],
    [{ SetIdentifier: "a", Region: "eu-central-1" }, "other"],
    [{ SetIdentifier: "a", GeoLocation: { CountryCode: "*" } }, "other"],
    [{ SetIdentifier: "a", MultiValueAnswer: true }, "other"],
  ])("%j has the policy %s", (rest, policy) => {
    expect(recordOf(set(rest)).routing).toEqual({ policy });
  });

  it("keeps the dot of a NAPTR record that is replaced by nothing, and the case of its expression", () => {
    const value = '10 20 "U" "E2U+sip" "!^.*$!sip:Info@Example.com!" .';
    expect(recordOf(set({ Type: "NAPTR", ResourceRecords: [{ Value: value }] })).values).toEqual([value]);
  });
});

describe("a health check of the API", () => {
  it.each([
    ["HTTPS_STR_MATCH", "endpoint"],
    ["TCP", "endpoint"],
    ["CLOUDWATCH_METRIC", "metric"],
    ["CALCULATED", "calculated"],
    ["RECOVERY_CONTROL", "switch"],
  ] as const)("of type %s is of kind %s", (Type, kind) => {
    expect(healthCheckOf("h", { Type })).toEqual({ id: "h", kind, inverted: false, disabled: false });
  });

  it("keeps what its status follows from", () => {
    const config = { Type: "CALCULATED" as const, Inverted: true, ChildHealthChecks: ["a", "b"], HealthThreshold: 1 };
    expect(healthCheckOf("h", config)).toMatchObject({ inverted: true, children: ["a", "b"], threshold: 1 });
    const metric = {
      Type: "CLOUDWATCH_METRIC",
      Disabled: true,
      InsufficientDataHealthStatus: "LastKnownStatus",
    } as const;
    expect(healthCheckOf("h", metric)).toMatchObject({ disabled: true, noData: "last-known" });
  });

  const reports = (healthy: number, unhealthy: number): HealthCheckObservation[] => [
    ...Array.from({ length: healthy }, () => ({ StatusReport: { Status: "Success: HTTP Status Code 200, OK" } })),
    ...Array.from({ length: unhealthy }, () => ({ StatusReport: { Status: "Failure: no Success within 4 s" } })),
  ];

  it("is healthy when more than 18 % of the checkers say so (dns-failover-determining-health-of-endpoints.md)", () => {
    expect(measuredBy(reports(18, 82))).toBe("unhealthy");
    expect(measuredBy(reports(19, 81))).toBe("healthy");
    expect(measuredBy(reports(0, 16))).toBe("unhealthy");
  });

  it("is not known before anybody reports", () => {
    expect(measuredBy([])).toBeUndefined();
    expect(measuredBy([{ Region: "us-east-1" }])).toBeUndefined();
  });
});

it("takes public zones of exactly the name", () => {
  const zone = { Id: "/hostedzone/Z1", Name: "Example.com.", CallerReference: "1" };
  expect(idOfZone(zone, "example.com")).toEqual(["Z1"]);
  expect(idOfZone({ ...zone, Config: { PrivateZone: true } }, "example.com")).toEqual([]);
  expect(idOfZone({ ...zone, Name: "a.example.com." }, "example.com")).toEqual([]);
});
