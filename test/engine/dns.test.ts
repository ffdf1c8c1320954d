import { CloudWatchClient, DescribeAlarmsCommand, GetDashboardCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { DescribeRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { GetFunctionCommand, GetPolicyCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  ChangeResourceRecordSetsCommand,
  ListHealthChecksCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { DescribeSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { DNS, WITH_COMPOSITE_ALARM } from "./support/dns-config.ts";
import { dnsWorkspace } from "./support/dns-workspace.ts";
import { AWS_PLUGIN, REAL_AWS, enginePlace, type EnginePlace, type EngineStack, type Run } from "./support/engine.ts";
import { operations } from "./support/events.ts";
import { startMoto, type Moto } from "./support/moto.ts";
import { describeEngine } from "./support/needs.ts";

describeEngine(`real engine, ${AWS_PLUGIN}: the dns stack`, ["moto"], ({ engine, moto: python }) => {
  let place: EnginePlace;
  let moto: Moto;
  let stack: EngineStack;
  let outputs: Outputs;
  let warned: string[];

  beforeAll(async () => {
    [place, moto] = await Promise.all([enginePlace(engine), startMoto(python)]);
    vi.stubEnv("AWS_ENDPOINT_URL", moto.endpoint);
    // moto has no composite alarms: only the stand-in can take one.
    const names = REAL_AWS ? DNS.names : [...DNS.names, WITH_COMPOSITE_ALARM];
    stack = await dnsWorkspace(place, moto.endpoint, { ...DNS, names });
    const up = await stack.up();
    if (up.failed) throw new Error(up.text);
    warned = warnings(up);
    const given = await stack.stack.outputs();
    outputs = Object.fromEntries(
      Object.entries(given).map(([name, { value }]) => [name, value as unknown]),
    ) as unknown as Outputs;
  }, 300_000);
  afterAll(() => {
    vi.unstubAllEnvs();
    moto.stop();
    place.remove();
  });

  const at = <Client>(Service: new (settings: ClientSettings) => Client, region = DNS.region): Client =>
    new Service({ region, endpoint: moto.endpoint, credentials: { accessKeyId: "test", secretAccessKey: "test" } });

  const records = async (): Promise<ResourceRecordSet[]> => {
    const list = new ListResourceRecordSetsCommand({ HostedZoneId: outputs.zone.id });
    const { ResourceRecordSets = [] } = await at(Route53Client).send(list);
    return ResourceRecordSets.filter(({ SetIdentifier }) => SetIdentifier !== undefined);
  };

  it.skipIf(REAL_AWS)("keeps in its state alone what moto does not have", async () => {
    const { resources } = await stack.state();
    const stored = (type: string) => resources.filter((resource) => resource.type === type).map(({ inputs }) => inputs);
    expect(stored("aws:cloudwatch/compositeAlarm:CompositeAlarm")).toMatchObject([
      {
        alarmRule: expect.stringMatching(/^ALARM\(".+"\) AND ALARM\(".+"\)$/) as string,
        alarmActions: [outputs.alerts[DNS.region]],
      },
    ]);
    expect(stored("aws:dynamodb/table:Table")).toMatchObject([{ replicas: [{ regionName: DNS.replicaRegion }] }]);
    process.stderr.write("not in moto, so only in the state: composite alarms, table replicas\n");
  });

  it("has two records for each name, by policy and with their checks", async () => {
    const lines = (await records()).map(({ Name, Type, SetIdentifier, TTL, Weight, Failover, HealthCheckId }) => {
      const checked = HealthCheckId === undefined ? "unchecked" : "checked";
      return `${Name} ${Type} ${SetIdentifier} ${TTL} ${Failover ?? Weight} ${checked}`;
    });
    const composed = ["primary 30 PRIMARY", "standby 30 SECONDARY"];
    expect(lines.sort()).toEqual([
      "_sips._tcp.failover.example. SRV primary 300 100 checked",
      "_sips._tcp.failover.example. SRV standby 300 0 unchecked",
      ...(REAL_AWS ? [] : composed.map((line) => `app.failover.example. CNAME ${line} checked`)),
      "chat.failover.example. CNAME primary 30 PRIMARY checked",
      "chat.failover.example. CNAME standby 30 SECONDARY checked",
      "failover.example. NAPTR primary 300 PRIMARY checked",
      "failover.example. NAPTR standby 300 SECONDARY unchecked",
      "sbc.failover.example. A primary 60 100 checked",
      "sbc.failover.example. A standby 60 0 checked",
    ]);
  });

  it("has the health checks that the signals describe", async () => {
    const { HealthChecks = [] } = await at(Route53Client).send(new ListHealthChecksCommand({}));
    const byId = new Map(HealthChecks.map(({ Id, HealthCheckConfig }) => [Id, HealthCheckConfig]));
    const check = (name: string) => byId.get(outputs.healthChecks[name]);
    expect(check("chat")).toMatchObject({
      ...{ Type: "HTTPS_STR_MATCH", FullyQualifiedDomainName: "chat-a.example.net", ResourcePath: "/health" },
      ...{ SearchString: '"status": "healthy"', RequestInterval: 10, FailureThreshold: 3 },
    });
    expect(check("sbc")).toMatchObject({ Type: "TCP", IPAddress: "192.0.2.10", Port: 5061 });
    expect(check("standby-org")).toMatchObject({ Type: "CLOUDWATCH_METRIC" });
    expect(check("voice")).toMatchObject({ Type: "CALCULATED", HealthThreshold: 2 });
    expect(check("voice")?.ChildHealthChecks?.sort()).toEqual(
      [outputs.healthChecks["sbc"], outputs.healthChecks["primary-org"]].sort(),
    );
  });

  it("has alarms with an action in the region of what they watch", async () => {
    const near = (await at(CloudWatchClient).send(new DescribeAlarmsCommand({}))).MetricAlarms ?? [];
    const checks = (await at(CloudWatchClient, "us-east-1").send(new DescribeAlarmsCommand({}))).MetricAlarms ?? [];
    expect(near.map(({ MetricName }) => MetricName)).toEqual(["Healthy", "Healthy", "Healthy", "Healthy"]);
    expect(checks.map(({ Namespace }) => Namespace)).toEqual(["AWS/Route53", "AWS/Route53", "AWS/Route53"]);
    for (const [region, alarms] of [
      [DNS.region, near],
      ["us-east-1", checks],
    ] as const) {
      for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual([outputs.alerts[region]]);
    }
  });

  it("warns that alarms of two regions are not combined", () => {
    const names = ["chat.failover.example", "sbc.failover.example"];
    const told = names.map((name) => expect.stringContaining(`neither side of ${name} is healthy`) as string);
    expect(warned.filter((line) => line.includes("No alarm"))).toEqual(told);
    expect(outputs.alarmGaps).toEqual(told);
  });

  it("has topics with their subscriptions, a dashboard, and an encrypted log that forgets", async () => {
    const sns = at(SNSClient);
    const TopicArn = outputs.alerts[DNS.region];
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes?.["KmsMasterKeyId"]).toMatch(/^arn:aws:kms:eu-central-1:/);
    const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions).toMatchObject([{ Protocol: "email", Endpoint: "oncall@failover.example" }]);
    const DashboardName = outputs.dashboard;
    const { DashboardBody } = await at(CloudWatchClient).send(new GetDashboardCommand({ DashboardName }));
    expect(DashboardBody).toContain(outputs.healthChecks["chat"]);
    const { logGroups } = await at(CloudWatchLogsClient).send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: outputs.log }),
    );
    expect(logGroups).toMatchObject([{ retentionInDays: 90, kmsKeyId: Attributes?.["KmsMasterKeyId"] }]);
  });

  it("has a prober that is started each minute, may do little, and reads empty secrets", async () => {
    const FunctionName = outputs.prober.name;
    const { Configuration } = await at(LambdaClient).send(new GetFunctionCommand({ FunctionName }));
    expect(Configuration).toMatchObject({ Runtime: "nodejs22.x", Handler: "index.handler", Timeout: 90 });
    expect(Configuration?.CodeSize).toBeGreaterThan(1000);
    const scheduler = at(SchedulerClient);
    const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({}));
    const [{ Name, GroupName } = {}] = Schedules;
    const schedule = await scheduler.send(new GetScheduleCommand({ Name, GroupName }));
    expect(schedule).toMatchObject({
      ScheduleExpression: "rate(1 minute)",
      Target: { Arn: Configuration?.FunctionArn, RetryPolicy: { MaximumRetryAttempts: 0 } },
    });
    const RoleName = Configuration?.Role?.split("/").at(-1);
    const iam = at(IAMClient);
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: PolicyNames[0] }));
    const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument)) as {
      Statement: { Action: string | string[] }[];
    };
    expect(Statement.flatMap(({ Action }) => Action).filter((action) => action.includes("*"))).toEqual([]);
    const secrets = at(SecretsManagerClient);
    for (const SecretId of Object.values(outputs.secrets)) {
      const { ReplicationStatus } = await secrets.send(new DescribeSecretCommand({ SecretId }));
      expect(ReplicationStatus).toMatchObject([{ Region: DNS.replicaRegion }]);
      await expect(secrets.send(new GetSecretValueCommand({ SecretId }))).rejects.toThrow();
    }
  });

  it("has the context table and the event rules", async () => {
    const dynamo = at(DynamoDBClient);
    const TableName = outputs.contextTable.name;
    const { Table } = await dynamo.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      ...{ KeySchema: [{ AttributeName: "phone" }, { AttributeName: "at" }] },
      ...{ GlobalSecondaryIndexes: [{ KeySchema: [{ AttributeName: "callId" }, { AttributeName: "at" }] }] },
      ...{ StreamSpecification: { StreamEnabled: true }, DeletionProtectionEnabled: true },
    });
    const life = await dynamo.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(life.TimeToLiveDescription).toMatchObject({ TimeToLiveStatus: "ENABLED", AttributeName: "expiresAt" });
    const backups = await dynamo.send(new DescribeContinuousBackupsCommand({ TableName }));
    expect(backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toMatchObject({
      PointInTimeRecoveryStatus: "ENABLED",
    });
    for (const Name of Object.values(outputs.eventRules)) {
      const { resources } = await stack.state();
      const EventBusName = String(
        resources.find(({ outputs: own }) => own?.["name"] === Name)?.outputs?.["eventBusName"],
      );
      const rule = await at(EventBridgeClient).send(new DescribeRuleCommand({ Name, EventBusName }));
      expect(rule.State).toBe("DISABLED");
    }
  });

  it("changes nothing the second time, and leaves weights that a controller has flipped", async () => {
    const again = await stack.up();
    expect(again.failed, again.text).toBe(false);
    expect(Object.keys(operations(again))).toEqual(["same"]);

    const flipped = (await records()).filter(({ Name }) => Name === "sbc.failover.example.");
    for (const record of flipped) {
      const ResourceRecordSet = { ...record, Weight: record.SetIdentifier === "standby" ? 100 : 0 };
      await at(Route53Client).send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: outputs.zone.id,
          ChangeBatch: { Changes: [{ Action: "UPSERT", ResourceRecordSet }] },
        }),
      );
    }
    const third = await stack.up();
    expect(third.failed, third.text).toBe(false);
    const weights = (await records()).filter(({ Name }) => Name === "sbc.failover.example.");
    expect(weights.map(({ SetIdentifier, Weight }) => `${SetIdentifier} ${Weight}`).sort()).toEqual([
      "primary 0",
      "standby 100",
    ]);
  });

  it("lets the rules call the function that consumes events", async () => {
    const lambda = at(LambdaClient);
    const FunctionName = outputs.prober.name;
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName }));
    const value = String(Configuration?.FunctionArn);
    await stack.stack.setConfig("lockstep:aws.eventConsumer", { value }, true);
    const up = await stack.up();
    expect(up.failed, up.text).toBe(false);
    expect(operations(up)).toMatchObject({ create: 4, update: 2 });
    const { Policy = "{}" } = await lambda.send(new GetPolicyCommand({ FunctionName }));
    const { Statement } = JSON.parse(Policy) as { Statement: object[] };
    const { resources } = await stack.state();
    const rules = resources.filter(({ type }) => type === "aws:cloudwatch/eventRule:EventRule");
    expect(rules).toHaveLength(2);
    expect(Statement).toHaveLength(2);
    for (const { outputs: rule } of rules)
      expect(Statement).toContainEqual(
        expect.objectContaining({
          ...{ Action: "lambda:InvokeFunction", Principal: { Service: "events.amazonaws.com" } },
          Condition: { ArnLike: { "AWS:SourceArn": rule?.["arn"] } },
        }),
      );
  });
});

/** What the program, the engine and its plugins warned of. */
function warnings({ events }: Run): string[] {
  const diagnostics = events.flatMap(({ diagnosticEvent }) => diagnosticEvent ?? []);
  return diagnostics.filter(({ severity }) => severity === "warning").map(({ message }) => message);
}

interface ClientSettings {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

interface Outputs {
  readonly zone: { readonly id: string };
  readonly healthChecks: { readonly [name: string]: string };
  readonly alerts: { readonly [region: string]: string };
  readonly alarmGaps: readonly string[];
  readonly dashboard: string;
  readonly log: string;
  readonly prober: { readonly name: string };
  readonly secrets: { readonly [side: string]: string };
  readonly contextTable: { readonly name: string };
  readonly eventRules: { readonly [side: string]: string };
}
