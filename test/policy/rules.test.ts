import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { TTL_BOUND } from "../../src/dns/desired.ts";

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: Record<string, unknown>;
  readonly opts?: { readonly protect?: boolean };
  readonly parent?: { readonly type: string; readonly props: Record<string, unknown> };
}

type Rule = (resource: Resource) => string | undefined;

// The pack is CommonJS, as the engine asks for.
const rules = createRequire(import.meta.url)("../../policy/rules.js") as {
  readonly ttlProblem: (resource: Resource, purposes?: Record<string, string>) => string | undefined;
  readonly healthCheckProblem: Rule;
  readonly protectionProblem: Rule;
  readonly alarmProblem: Rule;
  readonly plainSecretProblems: (resource: Resource) => string[];
};

const resource = (type: string, props: Record<string, unknown>, more: Partial<Resource> = {}): Resource => ({
  ...{ type, name: "thing", urn: "urn:thing", props },
  ...more,
});

const record = (props: Record<string, unknown>, purpose?: string): Resource =>
  resource(
    "aws:route53/record:Record",
    { name: "chat.example.com", setIdentifier: "primary", failoverRoutingPolicies: [{ type: "PRIMARY" }], ...props },
    purpose === undefined ? {} : { parent: { type: "lockstep:dns:FailoverName", props: { purpose } } },
  );

describe("TTL by purpose", () => {
  test.each(Object.entries(TTL_BOUND))("has the bound of the dns stack for %s: %i s", (purpose, bound) => {
    expect(rules.ttlProblem(record({ ttl: bound }, purpose))).toBeUndefined();
    expect(rules.ttlProblem(record({ ttl: bound + 1 }, purpose))).toContain(`${purpose} names for ${bound} s`);
  });

  test.each([
    ["digital", 30, true],
    ["digital", 31, false],
    ["voice", 60, true],
    ["voice", 61, false],
    ["carrier", 300, true],
    ["carrier", 301, false],
    [undefined, 60, true],
    [undefined, 61, false],
    ["toString", 61, false],
  ])("a name for %s, remembered for %i s", (purpose, ttl, fine) => {
    expect(rules.ttlProblem(record({ ttl }, purpose)) === undefined).toBe(fine);
  });

  test("the pack's configuration tells the purpose of other programs' records", () => {
    expect(rules.ttlProblem(record({ ttl: 200 }), { "chat.example.com": "carrier" })).toBeUndefined();
  });

  test("says which name, how long and what would be fine", () => {
    const problem = rules.ttlProblem(record({ ttl: 300 }, "digital"));
    expect(problem).toBe("chat.example.com may be remembered for 300 s; digital names for 30 s at most.");
  });

  test("does not judge aliases, records without a policy, and other types", () => {
    expect(rules.ttlProblem(record({ aliases: [{ name: "lb" }] }))).toBeUndefined();
    expect(rules.ttlProblem(record({ ttl: 3600, failoverRoutingPolicies: [] }))).toBeUndefined();
    expect(
      rules.ttlProblem(resource("aws:sns/topic:Topic", { ttl: 3600, weightedRoutingPolicies: [{}] })),
    ).toBeUndefined();
  });
});

describe("a health check on each primary record", () => {
  const weighted = (weight: number) => ({ failoverRoutingPolicies: undefined, weightedRoutingPolicies: [{ weight }] });
  const alias = (evaluateTargetHealth: boolean) => ({ aliases: [{ name: "lb", evaluateTargetHealth }] });

  test.each<[string, Record<string, unknown>, boolean]>([
    ["with one", { healthCheckId: "abc" }, true],
    ["without", {}, false],
    ["with an empty id", { healthCheckId: "" }, false],
    ["the secondary", { failoverRoutingPolicies: [{ type: "SECONDARY" }] }, true],
    ["weight 100", weighted(100), false],
    ["weight 0", weighted(0), true],
    ["an alias that follows its target", alias(true), true],
    ["an alias that does not", alias(false), false],
    ["no policy", { failoverRoutingPolicies: undefined }, true],
  ])("%s", (_, props, fine) => {
    expect(rules.healthCheckProblem(record(props)) === undefined).toBe(fine);
  });
});

test.each([
  ["aws:route53/zone:Zone", true, true],
  ["aws:route53/zone:Zone", false, false],
  ["aws:dynamodb/table:Table", undefined, false],
  ["aws:secretsmanager/secret:Secret", false, false],
  ["aws:sns/topic:Topic", false, true],
])("protection of %s: %s", (type, protect, fine) => {
  const opts = protect === undefined ? {} : { opts: { protect } };
  expect(rules.protectionProblem(resource(type, {}, opts)) === undefined).toBe(fine);
});

test.each<[string, Record<string, unknown>, boolean]>([
  ["aws:cloudwatch/metricAlarm:MetricAlarm", { alarmActions: ["arn:topic"] }, true],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", { alarmActions: [] }, false],
  ["aws:cloudwatch/compositeAlarm:CompositeAlarm", {}, false],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", { alarmActions: ["arn:topic"], actionsEnabled: false }, false],
  ["aws:sns/topic:Topic", {}, true],
])("action of %s %o", (type, props, fine) => {
  expect(rules.alarmProblem(resource(type, props)) === undefined).toBe(fine);
});

describe("no plain secret", () => {
  const canary = "hunter2-canary";

  test.each<[string, unknown, string[]]>([
    ["a password", { password: canary }, ["password"]],
    ["deep inside", { a: [{ clientSecret: canary }] }, ["a.0.clientSecret"]],
    ["a secret's value", { secretString: canary }, ["secretString"]],
    ["a variable", { environment: { variables: { API_KEY: canary } } }, ["environment.variables.API_KEY"]],
    ["inside a JSON text", { settings: JSON.stringify({ sides: { token: canary } }) }, ["settings.sides.token"]],
    ["an empty value", { password: "" }, []],
    ["a reference", { clientSecret: "env:CLIENT_SECRET", secret: "file:/run/x", token: "arn:aws:x" }, []],
    ["names that only sound like it", { secretArn: canary, tokenCount: canary, secretId: canary }, []],
    ["no text", { password: null, token: 7, secret: true }, []],
    ["a text that only begins like JSON", { note: "{ not json" }, []],
  ])("%s", (_, props, places) => {
    const problems = rules.plainSecretProblems(resource("any", props as Record<string, unknown>));
    expect(problems).toEqual(places.map((place) => `thing holds a secret in the clear at ${place}.`));
    expect(JSON.stringify(problems)).not.toContain(canary);
  });
});
