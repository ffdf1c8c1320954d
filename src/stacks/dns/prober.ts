import { MetricAlarm, type MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { Function as LambdaFunction } from "@pulumi/aws/lambda/function.js";
import { FunctionEventInvokeConfig } from "@pulumi/aws/lambda/functionEventInvokeConfig.js";
import { Schedule } from "@pulumi/aws/scheduler/schedule.js";
import * as pulumi from "@pulumi/pulumi";
import type { CloudWatchMetric, DnsProber } from "../../model/config.ts";
import type { Side } from "../../model/side.ts";
import { dimensionsOf, HEALTHY_METRIC } from "../../prober/publish.ts";
import { SETTINGS_VARIABLE } from "../../prober/settings.ts";
import { assumedBy, componentType, policyDocument, under, type Tags } from "./component.ts";
import { limitsOf } from "./probe-limits.ts";

/** Namespace of the prober's metrics. */
export const METRIC_NAMESPACE = "Lockstep/Failover";

/** One organisation to probe. */
export interface ProbedOrgArgs {
  readonly api: string;
  readonly login: string;
  readonly secretArn: pulumi.Input<string>;
  readonly trunks: readonly string[];
}

/** The prober: where it runs, whom it probes, and by which figures. */
export interface ProberArgs {
  /** Dimension `Pair` of its metrics. */
  readonly pair: string;
  readonly region: string;
  readonly settings: DnsProber;
  readonly sides: { readonly primary: ProbedOrgArgs; readonly standby: ProbedOrgArgs };
  /** The bundled code. */
  readonly code: pulumi.asset.Archive;
  readonly logName: pulumi.Input<string>;
  readonly logArn: pulumi.Input<string>;
  readonly topicArn: pulumi.Input<string>;
  /** Sides whose health no signal raises an alarm about: the prober does it then. */
  readonly unsignalled: readonly Side[];
  readonly tags: Tags;
}

/** A run of failing passes is over within its minute (`fitsItsMinute`); slow answers may make one longer. */
const TIMEOUT_SECONDS = 90;

/**
 * The metric of one side that a health check follows: 1 healthy, 0 not.
 * @param pair the dimension that the prober publishes under
 */
export function proberMetric(pair: string, side: Side): CloudWatchMetric {
  return {
    ...{ namespace: METRIC_NAMESPACE, name: HEALTHY_METRIC, dimensions: { ...dimensionsOf(pair, side) } },
    ...{ statistic: "Minimum", badWhen: "less", threshold: 1 },
  };
}

/**
 * A Lambda function that measures both organisations each minute, a schedule that starts it, and an alarm per side that
 * says when nobody is watching.
 */
export class Prober extends pulumi.ComponentResource {
  readonly functionName: pulumi.Output<string>;
  readonly functionArn: pulumi.Output<string>;
  readonly silenceAlarms: { readonly [side in Side]: pulumi.Output<string> };
  /** ARNs of all its alarms. */
  readonly alarmArns: readonly pulumi.Output<string>[];

  constructor(name: string, args: ProberArgs, opts?: pulumi.ComponentResourceOptions) {
    super(componentType("Prober"), name, {}, opts);
    const { region } = args;
    const prober = this.createFunction(name, args);
    // A missed minute is over: a late second run would only stand in the way of the next one.
    const invoke = { functionName: prober.name, maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60, region };
    new FunctionEventInvokeConfig(name, invoke, under(this));
    this.createSchedule(name, args, prober);
    const alarm = (what: string, side: Side, of: MetricAlarmArgs) =>
      new MetricAlarm(`${name}-${what}-${side}`, of, under(this));
    const silence = (side: Side) => alarm("silence", side, silenceArgs(args, side));
    const silent = { primary: silence("primary"), standby: silence("standby") };
    const unhealthy = args.unsignalled.map((side) => alarm("unhealthy", side, unhealthyArgs(args, side)));
    this.silenceAlarms = { primary: silent.primary.name, standby: silent.standby.name };
    this.alarmArns = [silent.primary, silent.standby, ...unhealthy].map(({ arn }) => arn);
    this.functionName = prober.name;
    this.functionArn = prober.arn;
    this.registerOutputs({ functionName: this.functionName, functionArn: this.functionArn });
  }

  private createFunction(name: string, args: ProberArgs): LambdaFunction {
    const { region, logName, tags } = args;
    const role = new Role(
      `${name}-function`,
      { assumeRolePolicy: assumedBy("lambda.amazonaws.com"), tags: { ...tags } },
      under(this),
    );
    const policy = new RolePolicy(`${name}-function`, { role: role.id, policy: permissionsOf(args) }, under(this));
    return new LambdaFunction(
      name,
      {
        description: "Measures both organisations from the internet and publishes whether they work",
        ...{ runtime: "nodejs22.x", architectures: ["arm64"], handler: "index.handler", code: args.code },
        // One at a time: two containers would each count failures of their own, and publish against each other.
        ...{ role: role.arn, timeout: TIMEOUT_SECONDS, memorySize: 256, reservedConcurrentExecutions: 1 },
        environment: { variables: { [SETTINGS_VARIABLE]: settingsOf(args) } },
        loggingConfig: { logFormat: "Text", logGroup: logName },
        ...{ region, tags: { ...tags } },
      },
      under(this, { dependsOn: [policy] }),
    );
  }

  private createSchedule(name: string, { region, tags }: ProberArgs, prober: LambdaFunction): void {
    const role = new Role(
      `${name}-schedule`,
      { assumeRolePolicy: assumedBy("scheduler.amazonaws.com"), tags: { ...tags } },
      under(this),
    );
    const policy = prober.arn.apply((arn) =>
      policyDocument([{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: arn }]),
    );
    const allowed = new RolePolicy(`${name}-schedule`, { role: role.id, policy }, under(this));
    new Schedule(
      name,
      {
        description: "Starts the prober",
        ...{ scheduleExpression: "rate(1 minute)", flexibleTimeWindow: { mode: "OFF" } },
        target: { arn: prober.arn, roleArn: role.arn, retryPolicy: { maximumRetryAttempts: 0 } },
        region,
      },
      under(this, { dependsOn: [allowed] }),
    );
  }
}

/** What the function may do: publish in its namespace, look up what it published, read its two secrets, log. */
function permissionsOf({ sides, logArn }: ProberArgs): pulumi.Output<string> {
  return pulumi.all([sides.primary.secretArn, sides.standby.secretArn, logArn]).apply(([primary, standby, log]) =>
    policyDocument([
      {
        Effect: "Allow",
        Action: "cloudwatch:PutMetricData",
        Resource: "*",
        Condition: { StringEquals: { "cloudwatch:namespace": METRIC_NAMESPACE } },
      },
      { Effect: "Allow", Action: "cloudwatch:GetMetricData", Resource: "*" },
      { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [primary, standby] },
      { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${log}:*` },
    ]),
  );
}

function settingsOf({ pair, settings, sides }: ProberArgs): pulumi.Output<string> {
  return pulumi.all([sides.primary.secretArn, sides.standby.secretArn]).apply(([primary, standby]) =>
    JSON.stringify({
      ...{ namespace: METRIC_NAMESPACE, pair, limits: limitsOf(settings) },
      sides: { primary: { ...sides.primary, secretArn: primary }, standby: { ...sides.standby, secretArn: standby } },
    }),
  );
}

/** What both alarms of one side have in common. */
function alarmArgs({ pair, topicArn, region, tags }: ProberArgs, side: Side) {
  return {
    ...{ namespace: METRIC_NAMESPACE, metricName: HEALTHY_METRIC, dimensions: { ...dimensionsOf(pair, side) } },
    ...{ period: 60, comparisonOperator: "LessThanThreshold", threshold: 1 },
    ...{ alarmActions: [topicArn], okActions: [topicArn], region, tags: { ...tags } },
  };
}

/** No value for so many minutes: the prober is dead, or cannot tell. Missing data is the very thing that is looked for. */
function silenceArgs(args: ProberArgs, side: Side): MetricAlarmArgs {
  return {
    alarmDescription: `Nobody is watching the ${side}: the prober has published nothing about it`,
    ...{ statistic: "SampleCount", evaluationPeriods: args.settings.silenceMinutes, treatMissingData: "breaching" },
    ...alarmArgs(args, side),
  };
}

function unhealthyArgs(args: ProberArgs, side: Side): MetricAlarmArgs {
  return {
    alarmDescription: `The prober finds the ${side} unhealthy; no name depends on it`,
    ...{ statistic: "Minimum", evaluationPeriods: 1, treatMissingData: "missing" },
    ...alarmArgs(args, side),
  };
}
