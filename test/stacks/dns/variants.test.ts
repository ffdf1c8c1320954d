import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { EventIntake } from "../../../src/stacks/dns/event-intake.ts";
import { OrgSecret } from "../../../src/stacks/dns/org-secret.ts";
import { record, valueOf, type Recording } from "./mocks.ts";
import { config } from "./example.ts";

const TABLE = "aws:dynamodb/table:Table";
const FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:context";
const tags = { Team: "voice" };

// The smallest stack there is: an existing zone, another publisher's metric, no prober, no replica, nothing protected.
const SMALL = `
orgs:
  primary: { baseUrl: "http://127.0.0.1:9", clientId: "env:A", clientSecret: "env:B" }
  standby: { baseUrl: "http://127.0.0.1:9", clientId: "env:C", clientSecret: "env:D" }
dns:
  zone: { name: example.com, id: Z123 }
  region: us-east-1
  signals:
    - name: calls arrive
      type: metric
      side: primary
      noData: unhealthy
      metric: { namespace: Carrier, name: Failed, dimensions: { Trunk: a }, statistic: Sum, badWhen: greater, threshold: 5 }
  names:
    - name: sip.example.com
      purpose: voice
      type: A
      targets: { primary: { addresses: [192.0.2.7] }, standby: { addresses: [198.51.100.7] } }
      health: { primary: calls arrive }
`;

let recording: Recording;
let outputs: Record<string, unknown>;
const warnings: string[] = [];

beforeAll(async () => {
  const settings = { endpoint: "http://127.0.0.1:5000", protect: false };
  recording = await record({ "lockstep:aws": JSON.stringify(settings) });
  const { dnsStack } = await import("../../../src/stacks/dns/index.ts");
  vi.spyOn(pulumi.log, "warn").mockImplementation(async (text) => void warnings.push(text));
  outputs = await recording.run(() => {
    const common = { region: "eu-central-1", tags };
    new EventIntake("tied", { ...common, side: "primary", source: "aws.partner/genesys.com/x", consumer: FUNCTION });
    new EventIntake("streamed", { ...common, side: "standby", consumer: "arn:c", consumerRole: "arn:role" });
    const secret = {
      ...common,
      side: "standby",
      rotationFunction: "arn:rotate",
      rotationDays: 7,
      protect: true,
    } as const;
    new OrgSecret("rotated", secret);
    return dnsStack({ config: config(SMALL), file: "lockstep.yaml" });
  });
});

describe("the smallest stack", () => {
  test("puts its names into the zone that exists", async () => {
    expect(recording.of("aws:route53/zone:Zone")).toEqual([]);
    expect(recording.one("aws:route53/record:Record", "sip.example.com A/primary").inputs.zoneId).toBe("Z123");
    expect(await valueOf(outputs.zone as never)).toEqual({ id: "Z123" });
  });

  test("follows the metric of another publisher", () => {
    expect(recording.one("aws:cloudwatch/metricAlarm:MetricAlarm", "calls arrive").inputs).toMatchObject({
      ...{ namespace: "Carrier", metricName: "Failed", dimensions: { Trunk: "a" }, statistic: "Sum", threshold: 5 },
      comparisonOperator: "GreaterThanThreshold",
    });
    expect(
      recording.one("aws:route53/healthCheck:HealthCheck", "calls arrive").inputs.insufficientDataHealthStatus,
    ).toBe("Unhealthy");
  });

  test("has neither prober nor secrets of its own", async () => {
    expect(recording.of("aws:lambda/function:Function")).toEqual([]);
    expect(recording.of("aws:secretsmanager/secret:Secret").map(({ name }) => name)).toEqual(["rotated"]);
    expect(outputs).not.toHaveProperty("prober");
    expect(await valueOf(outputs.secrets as never)).toEqual({});
    const body = String(recording.one("aws:cloudwatch/dashboard:Dashboard", "state").inputs.dashboardBody);
    expect(body).not.toContain("Lockstep/Failover");
  });

  test("needs one topic and one key where everything is in one region", () => {
    expect(recording.of("aws:sns/topic:Topic").map(({ name }) => name)).toEqual(["alerts-us-east-1"]);
    expect(recording.of("aws:kms/key:Key").map(({ name }) => name)).toEqual(["key-us-east-1"]);
    expect(recording.of("aws:cloudwatch/compositeAlarm:CompositeAlarm")).toEqual([]);
  });

  test("protects nothing when told so, and says it", async () => {
    expect(recording.options(TABLE, "context").protect).toBe(false);
    expect(recording.one(TABLE, "context").inputs).toMatchObject({ deletionProtectionEnabled: false });
    expect(recording.one(TABLE, "context").inputs).not.toHaveProperty("replicas");
    expect(await valueOf(outputs.readme as never)).toContain("Nothing is protected");
  });

  test("tells that nobody is told", async () => {
    expect(await valueOf(outputs.nextStep as never)).toContain("dns.alerts.subscriptions");
  });

  test("tells that nobody watches the standby: as a warning, in an output and on the page to read", async () => {
    const told = expect.stringMatching(/^Nobody watches the standby/) as string;
    expect(warnings).toEqual([told]);
    expect(outputs.alarmGaps).toEqual([told]);
    expect(await valueOf(outputs.readme as never)).toContain("Nobody watches the standby");
  });

  test("talks to a stand-in for every service it uses", () => {
    const { inputs } = recording.one("pulumi:providers:aws", "aws");
    expect(inputs.skipCredentialsValidation).toBe("true");
    const [endpoints] = JSON.parse(String(inputs.endpoints)) as Record<string, string>[];
    const used = recording.all.filter(({ type }) => type.startsWith("aws:")).map(({ type }) => type.split(/[:/]/)[1]);
    const addressed = new Set(Object.keys(endpoints ?? {}));
    // `aws:cloudwatch` also holds log groups and event rules, which are services of their own.
    for (const service of new Set([...used, "logs", "events", "sts"])) expect(addressed).toContain(service);
    expect(new Set(Object.values(endpoints ?? {}))).toEqual(new Set(["http://127.0.0.1:5000"]));
  });
});

describe("parts that need more to be there", () => {
  test("events flow once there is a consumer, on the bus of the partner source", () => {
    expect(recording.one("aws:cloudwatch/eventBus:EventBus", "tied").inputs).toMatchObject({
      ...{ name: "aws.partner/genesys.com/x", eventSourceName: "aws.partner/genesys.com/x" },
    });
    expect(recording.one("aws:cloudwatch/eventRule:EventRule", "tied").inputs.state).toBe("ENABLED");
    expect(recording.one("aws:cloudwatch/eventTarget:EventTarget", "tied").inputs).toMatchObject({ arn: FUNCTION });
  });

  test("a function lets the rule call it, and nobody else", () => {
    const permissions = recording.of("aws:lambda/permission:Permission");
    expect(permissions.map(({ name }) => name)).toEqual(["tied"]);
    expect(permissions[0]?.inputs).toMatchObject({
      ...{ action: "lambda:InvokeFunction", function: FUNCTION, principal: "events.amazonaws.com" },
      ...{ sourceArn: "arn:aws:test:eu-central-1:123456789012:EventRule/tied", region: "eu-central-1" },
    });
  });

  test("a consumer that takes no policy of its own is written to by a role", () => {
    expect(recording.one("aws:cloudwatch/eventTarget:EventTarget", "streamed").inputs).toMatchObject({
      ...{ arn: "arn:c", roleArn: "arn:role" },
    });
  });

  test("a secret is rotated once there is a function, and not before it has a value", () => {
    expect(recording.one("aws:secretsmanager/secretRotation:SecretRotation", "rotated").inputs).toMatchObject({
      ...{ rotationLambdaArn: "arn:rotate", rotationRules: { automaticallyAfterDays: 7 }, rotateImmediately: false },
    });
  });
});
