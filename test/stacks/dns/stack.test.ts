import { beforeAll, describe, expect, test } from "vitest";
import { config, EXAMPLE } from "./example.ts";
import { record, valueOf, type Recording } from "./mocks.ts";

const RECORD = "aws:route53/record:Record";
const CHECK = "aws:route53/healthCheck:HealthCheck";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

let recording: Recording;
let outputs: Record<string, unknown>;

beforeAll(async () => {
  recording = await record({ "lockstep:aws": JSON.stringify({ tags: { Team: "voice" } }) });
  const { dnsStack } = await import("../../../src/stacks/dns/index.ts");
  const proberBundle = new URL(import.meta.url);
  outputs = await recording.run(() => dnsStack({ config: config(EXAMPLE), file: "lockstep.yaml", proberBundle }));
});

describe("the whole stack", () => {
  test("registers everything with its own provider, under one name each", () => {
    const custom = recording.all.filter(({ type }) => type.startsWith("aws:"));
    expect(custom.length).toBeGreaterThan(40);
    expect(custom.filter(({ provider }) => !provider.includes("pulumi:providers:aws::aws"))).toEqual([]);
    const names = recording.all.map(({ type, name }) => `${type} ${name}`);
    expect(names).toEqual([...new Set(names)]);
  });

  test("never asks an organisation, nor anybody but AWS", () => {
    expect(recording.all.filter(({ type }) => !/^(aws|lockstep:dns|pulumi:(providers|pulumi)):/.test(type))).toEqual(
      [],
    );
  });

  test("tags what can be tagged", () => {
    const taggable = recording.all.filter(({ inputs }) => "tags" in inputs);
    expect(taggable.length).toBeGreaterThan(20);
    for (const { inputs } of taggable)
      expect(inputs.tags).toMatchObject({ "lockstep:pair": "lockstep-dns", Team: "voice" });
  });

  test("lets a component own each of its parts", () => {
    const parents = recording.of(RECORD).map(({ name }) => recording.options(RECORD, name).parent);
    expect(parents.map((parent) => (parent as { __pulumiType?: string } | undefined)?.__pulumiType)).toEqual(
      new Array(10).fill("lockstep:dns:FailoverName"),
    );
  });
});

describe("names", () => {
  test("fail over by policy, each side with its check", () => {
    expect(recording.one(RECORD, "chat.example.com CNAME/primary").inputs).toMatchObject({
      ...{ zoneId: "example.com-id", name: "chat.example.com", type: "CNAME", ttl: 30, records: ["a.example.net"] },
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
      healthCheckId: "all of primary-id",
    });
    expect(recording.one(RECORD, "chat.example.com CNAME/standby").inputs).toMatchObject({
      ...{ records: ["b.example.net"], failoverRoutingPolicies: [{ type: "SECONDARY" }] },
      healthCheckId: "chat standby-id",
    });
  });

  test("by weight: 100 and 0, and the next up does not change what a controller flipped", () => {
    const [primary, standby] = ["sbc.example.com A/primary", "sbc.example.com A/standby"];
    expect(recording.one(RECORD, primary ?? "").inputs).toMatchObject({
      ...{ ttl: 20, records: ["192.0.2.7"], weightedRoutingPolicies: [{ weight: 100 }] },
    });
    expect(recording.one(RECORD, standby ?? "").inputs).toMatchObject({ weightedRoutingPolicies: [{ weight: 0 }] });
    for (const name of [primary, standby])
      expect(recording.options(RECORD, name ?? "").ignoreChanges).toEqual(["weightedRoutingPolicies"]);
    expect(recording.options(RECORD, "chat.example.com CNAME/primary").ignoreChanges).toBeUndefined();
  });

  test("SRV and NAPTR for SIP, within the bound of their purpose", () => {
    expect(recording.one(RECORD, "_sips._tcp.voice.example.com SRV/primary").inputs).toMatchObject({
      ...{ type: "SRV", ttl: 60, records: ["10 100 5061 sbc-a.example.net", "20 100 5061 sbc-c.example.net"] },
    });
    expect(recording.one(RECORD, "voice.example.com NAPTR/primary").inputs).toMatchObject({
      ...{ type: "NAPTR", ttl: 300, records: ['10 10 "S" "SIPS+D2T" "" _sips._tcp.voice.example.com'] },
    });
  });

  test("an alias has neither TTL nor values", () => {
    const { inputs } = recording.one(RECORD, "example.com alias/standby");
    expect(inputs).toMatchObject({
      ...{ type: "A", aliases: [{ name: "lb.eu-central-1.elb.amazonaws.com", evaluateTargetHealth: true }] },
    });
    expect(inputs).not.toHaveProperty("ttl");
    expect(inputs).not.toHaveProperty("records");
    expect(inputs).not.toHaveProperty("healthCheckId");
  });

  test("are in a zone that outlives the stack", () => {
    expect(recording.options("aws:route53/zone:Zone", "example.com")).toMatchObject({
      protect: true,
      retainOnDelete: true,
    });
  });
});

describe("signals", () => {
  test("a page with a text in it", () => {
    expect(recording.one(CHECK, "chat page").inputs).toMatchObject({
      ...{ type: "HTTPS_STR_MATCH", fqdn: "chat-a.example.net", port: 443, resourcePath: "/health" },
      ...{ searchString: '"status": "healthy"', requestInterval: 10, failureThreshold: 3, enableSni: true },
    });
  });

  test("a port of an SBC, by address", () => {
    const { inputs } = recording.one(CHECK, "sbc");
    expect(inputs).toMatchObject({ type: "TCP", ipAddress: "192.0.2.7", port: 5061 });
    expect(inputs.regions).toHaveLength(3);
    expect(inputs).not.toHaveProperty("fqdn");
  });

  test("a composite counts the checks of its signals", () => {
    expect(recording.one(CHECK, "all of primary").inputs).toMatchObject({
      ...{ type: "CALCULATED", childHealthThreshold: 2 },
      childHealthchecks: ["primary works-id", "chat page-id", "sbc-id"],
    });
  });

  test("a metric: the check follows the alarm, which has no M of N", () => {
    const alarm = recording.one(ALARM, "primary works").inputs;
    expect(alarm).toMatchObject({
      ...{ namespace: "Lockstep/Failover", metricName: "Healthy", statistic: "Minimum", threshold: 1, period: 60 },
      ...{ dimensions: { Pair: "lockstep-dns", Side: "primary" }, evaluationPeriods: 1, region: "eu-central-1" },
      comparisonOperator: "LessThanThreshold",
    });
    expect(alarm).not.toHaveProperty("datapointsToAlarm");
    expect(recording.one(CHECK, "primary works").inputs).toMatchObject({
      ...{ type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "primary works-1a2b3c4" },
      ...{ cloudwatchAlarmRegion: "eu-central-1", insufficientDataHealthStatus: "LastKnownStatus" },
    });
  });

  test("what the check copies from its alarm is in its triggers", () => {
    const triggers = (name: string) => (recording.one(CHECK, name).inputs.triggers as { alarm: string }).alarm;
    expect(JSON.parse(triggers("standby works"))).toMatchObject({ evaluationPeriods: 2, statistic: "Minimum" });
    expect(triggers("standby works")).not.toBe(triggers("primary works"));
    expect(recording.one(CHECK, "standby works").inputs.insufficientDataHealthStatus).toBe("Healthy");
  });

  test("each has an alarm that tells people, also those of the standby", () => {
    for (const { name } of recording.of(CHECK)) {
      const { inputs } = recording.one(ALARM, name);
      const topics = inputs.alarmActions as string[];
      expect(topics).toHaveLength(1);
      expect(topics[0]).toContain(`:${String(inputs.region)}:`);
      expect(inputs.okActions).toEqual(topics);
    }
  });

  test("Route 53's own metrics are watched where they are", () => {
    expect(recording.one(ALARM, "chat standby").inputs).toMatchObject({
      ...{ namespace: "AWS/Route53", metricName: "HealthCheckStatus", region: "us-east-1" },
      dimensions: { HealthCheckId: "chat standby-id" },
    });
  });

  test("an alarm says when no side is left, where both alarms are in one region", () => {
    const composite = recording.of("aws:cloudwatch/compositeAlarm:CompositeAlarm");
    expect(composite.map(({ inputs }) => inputs.alarmRule).sort()).toEqual([
      'ALARM("all of primary-1a2b3c4") AND ALARM("chat standby-1a2b3c4")',
      'ALARM("primary works-1a2b3c4") AND ALARM("standby works-1a2b3c4")',
    ]);
  });
});

describe("the prober", () => {
  test("runs each minute, away from the primary, without retries", () => {
    expect(recording.one("aws:scheduler/schedule:Schedule", "prober").inputs).toMatchObject({
      ...{ scheduleExpression: "rate(1 minute)", flexibleTimeWindow: { mode: "OFF" }, region: "eu-central-1" },
      target: { retryPolicy: { maximumRetryAttempts: 0 } },
    });
    expect(
      recording.one("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "prober").inputs,
    ).toMatchObject({ maximumRetryAttempts: 0 });
  });

  test("never runs twice at once: each container counts failures of its own", () => {
    const { inputs } = recording.one("aws:lambda/function:Function", "prober");
    expect(inputs.reservedConcurrentExecutions).toBe(1);
  });

  test("knows where to ask and what to watch, and no secret", async () => {
    const { inputs } = recording.one("aws:lambda/function:Function", "prober");
    const { variables } = inputs.environment as { variables: Record<string, string> };
    const { parseSettings } = await import("../../../src/prober/settings.ts");
    const settings = parseSettings(variables.LOCKSTEP_PROBER);
    expect(settings).toMatchObject({
      ...{ namespace: "Lockstep/Failover", pair: "lockstep-dns" },
      sides: {
        primary: {
          api: "https://api.mypurecloud.ie",
          login: "https://login.mypurecloud.ie/oauth/token",
          trunks: ["Carrier"],
        },
        standby: { api: "https://api.mypurecloud.de", trunks: [] },
      },
      limits: { latencyMs: 150, timeoutMs: 5000, failures: 3, recoveries: 20, passes: 4, passEveryMs: 15000 },
    });
    expect(settings.sides.primary.secretArn).toContain("prober-primary");
    expect(JSON.stringify(inputs)).not.toMatch(/env:[A-D]/);
  });

  test("may do what it needs and no more", () => {
    const { policy } = recording.one("aws:iam/rolePolicy:RolePolicy", "prober-function").inputs as { policy: string };
    const { Statement } = JSON.parse(policy) as {
      Statement: { Action: string | string[]; Resource: string | string[] }[];
    };
    expect(Statement.flatMap(({ Action }) => Action)).toEqual([
      "cloudwatch:PutMetricData",
      "cloudwatch:GetMetricData",
      "secretsmanager:GetSecretValue",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ]);
    expect(Statement[2]?.Resource).toHaveLength(2);
  });

  test("raises an alarm for each side when it is silent", () => {
    for (const side of ["primary", "standby"])
      expect(recording.one(ALARM, `prober-silence-${side}`).inputs).toMatchObject({
        ...{ statistic: "SampleCount", treatMissingData: "breaching", evaluationPeriods: 5, threshold: 1 },
        dimensions: { Side: side },
      });
  });
});

describe("what is not the alias", () => {
  test("secrets without values, with a copy in another region", () => {
    const secrets = recording.of("aws:secretsmanager/secret:Secret");
    expect(secrets.map(({ name }) => name)).toEqual(["prober-primary", "prober-standby"]);
    for (const { name, inputs } of secrets) {
      expect(inputs).toMatchObject({ replicas: [{ region: "eu-north-1" }] });
      expect(recording.options("aws:secretsmanager/secret:Secret", name).protect).toBe(true);
    }
    expect(recording.of("aws:secretsmanager/secretVersion:SecretVersion")).toEqual([]);
    expect(recording.of("aws:secretsmanager/secretRotation:SecretRotation")).toEqual([]);
  });

  test("a table that is found by phone and by call, forgets, and can be restored", () => {
    expect(recording.one("aws:dynamodb/table:Table", "context").inputs).toMatchObject({
      ...{ hashKey: "phone", rangeKey: "at", ttl: { attributeName: "expiresAt", enabled: true } },
      globalSecondaryIndexes: [{ name: "by-call", hashKey: "callId" }],
      ...{ pointInTimeRecovery: { enabled: true }, streamEnabled: true, deletionProtectionEnabled: true },
      replicas: [{ regionName: "eu-north-1" }],
    });
    expect(recording.options("aws:dynamodb/table:Table", "context").protect).toBe(true);
  });

  test("a log that is encrypted and forgets", () => {
    expect(recording.one("aws:cloudwatch/logGroup:LogGroup", "state").inputs).toMatchObject({ retentionInDays: 30 });
    const { kmsKeyId } = recording.one("aws:cloudwatch/logGroup:LogGroup", "state").inputs;
    expect(kmsKeyId).toContain("key-eu-central-1");
    const { policy } = recording.one("aws:kms/key:Key", "key-eu-central-1").inputs as { policy: string };
    expect(policy).toContain("logs.eu-central-1.amazonaws.com");
    expect(policy).toContain("arn:aws:iam::123456789012:root");
  });

  test("event rules wait for a consumer", () => {
    const rules = recording.of("aws:cloudwatch/eventRule:EventRule");
    expect(rules.map(({ inputs }) => inputs.state)).toEqual(["DISABLED", "DISABLED"]);
    expect(recording.of("aws:cloudwatch/eventTarget:EventTarget")).toEqual([]);
  });

  test("encrypted topics where alarms are, with their receivers", () => {
    const topics = recording.of("aws:sns/topic:Topic");
    expect(topics.map(({ name }) => name)).toEqual(["alerts-eu-central-1", "alerts-us-east-1"]);
    for (const { inputs } of topics) expect(inputs.kmsMasterKeyId).toContain(`key-${String(inputs.region)}`);
    expect(recording.of("aws:sns/topicSubscription:TopicSubscription").map(({ inputs }) => inputs.endpoint)).toEqual([
      "night@example.com",
      "night@example.com",
    ]);
  });

  test("a dashboard that shows each check", () => {
    const { dashboardBody } = recording.one("aws:cloudwatch/dashboard:Dashboard", "state").inputs;
    const { widgets } = JSON.parse(String(dashboardBody)) as { widgets: { type: string; properties: unknown }[] };
    expect(widgets.map(({ type }) => type)).toEqual(["text", "alarm", "metric", "metric", "metric", "log"]);
    for (const { name } of recording.of(CHECK)) expect(JSON.stringify(widgets[2])).toContain(`${name}-id`);
    const alarms = recording.of(ALARM).map(({ name }) => name);
    expect(alarms).toContain("prober-silence-standby");
    for (const name of alarms) expect(JSON.stringify(widgets[1])).toContain(`/${name}"`);
  });
});

describe("outputs", () => {
  test("names, checks and the time to switch", async () => {
    expect(await valueOf(outputs.endpoints as never)).toMatchObject({ "chat.example.com CNAME": "chat.example.com" });
    expect(await valueOf(outputs.healthChecks as never)).toMatchObject({ sbc: "sbc-id" });
    expect(outputs.alarmGaps).toEqual([]);
    const times = (await valueOf(outputs.switchTime as never)) as Record<string, { seconds: number; text: string }>;
    expect(times["voice.example.com NAPTR"]).toMatchObject({ seconds: 30 + 4 + 10 + 300 });
    expect(times["voice.example.com NAPTR"]?.text).toContain("300 s (TTL");
  });

  test("the next step and a page to read", async () => {
    expect(await valueOf(outputs.nextStep as never)).toMatch(
      /^Enter the name servers of example\.com at its registrar/,
    );
    const page = String(await valueOf(outputs.readme as never));
    expect(page).toContain("chat.example.com CNAME: expected within");
    expect(page).toContain("put-secret-value --region eu-central-1");
    expect(page).toContain("--exclude-protected");
  });
});
