import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
} from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { capitals, list, renamed, reversed, text, unlessGone, type Handler } from "../handler.ts";
import type { Place } from "../place.ts";
import type { Obj } from "../values.ts";

const ALARM_NAMES = {
  ...capitals("metricName", "namespace", "statistic", "extendedStatistic", "period", "evaluationPeriods", "threshold"),
  ...capitals("datapointsToAlarm", "comparisonOperator", "treatMissingData", "alarmDescription", "alarmActions"),
  ...capitals("insufficientDataActions", "actionsEnabled", "unit"),
  okActions: "OKActions",
};

export const metricAlarm: Handler = {
  named: "name",
  replaces: ["name"],
  create: async (inputs, place) => {
    await putAlarm(inputs, place);
    const name = text(inputs, "name");
    return { id: name, outputs: { arn: `arn:aws:cloudwatch:${place.region}:${place.account}:alarm:${name}` } };
  },
  read: async (id, state, place) => {
    const command = new DescribeAlarmsCommand({ AlarmNames: [id], AlarmTypes: ["MetricAlarm"] });
    const [alarm] = (await place.client(CloudWatchClient).send(command)).MetricAlarms ?? [];
    if (alarm === undefined) return undefined;
    const dimensions: Obj = Object.fromEntries(
      (alarm.Dimensions ?? []).map(({ Name = "", Value }): [string, unknown] => [Name, Value]),
    );
    const living: Obj = { ...renamed({ ...alarm }, reversed(ALARM_NAMES)), dimensions };
    return Object.fromEntries(Object.entries(living).filter(([name, value]) => name in state || !isEmpty(value)));
  },
  update: async (_id, inputs, _state, place) => putAlarm(inputs, place),
  remove: async (id, _state, place) => {
    await place.client(CloudWatchClient).send(new DeleteAlarmsCommand({ AlarmNames: [id] }));
  },
};

async function putAlarm(inputs: Obj, place: Place): Promise<void> {
  if (list(inputs, "metricQueries").length > 0) throw new Error("the stand-in has no metric queries");
  await place.client(CloudWatchClient).send(
    new PutMetricAlarmCommand({
      AlarmName: text(inputs, "name"),
      EvaluationPeriods: 1,
      ComparisonOperator: "LessThanThreshold",
      ...renamed(inputs, ALARM_NAMES),
      Dimensions: Object.entries((inputs["dimensions"] ?? {}) as Record<string, string>).map(([Name, Value]) => ({
        Name,
        Value,
      })),
    }),
  );
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** moto has no composite alarms: this one lives in Pulumi's state alone. */
export const compositeAlarm: Handler = {
  named: "alarmName",
  replaces: ["alarmName"],
  create: async (inputs, { region, account }) => {
    const name = text(inputs, "alarmName");
    return { id: name, outputs: { arn: `arn:aws:cloudwatch:${region}:${account}:alarm:${name}` } };
  },
  read: async () => ({}),
  update: async () => undefined,
  remove: async () => undefined,
};

export const dashboard: Handler = {
  replaces: ["dashboardName"],
  create: async (inputs, place) => {
    await putDashboard(inputs, place);
    const name = text(inputs, "dashboardName");
    return { id: name, outputs: { dashboardArn: `arn:aws:cloudwatch::${place.account}:dashboard/${name}` } };
  },
  read: async (id, _state, place) => {
    const command = new GetDashboardCommand({ DashboardName: id });
    const found = await unlessGone(place.client(CloudWatchClient).send(command));
    return found && { dashboardBody: found.DashboardBody };
  },
  update: async (_id, inputs, _state, place) => putDashboard(inputs, place),
  remove: async (id, _state, place) => {
    await unlessGone(place.client(CloudWatchClient).send(new DeleteDashboardsCommand({ DashboardNames: [id] })));
  },
};

async function putDashboard(inputs: Obj, place: Place): Promise<void> {
  const [DashboardName, DashboardBody] = [text(inputs, "dashboardName"), text(inputs, "dashboardBody")];
  await place.client(CloudWatchClient).send(new PutDashboardCommand({ DashboardName, DashboardBody }));
}

export const logGroup: Handler = {
  named: "name",
  names: /^[\w./#-]{1,512}$/,
  replaces: ["name", "kmsKeyId"],
  create: async (inputs, place) => {
    const names = { name: "logGroupName", kmsKeyId: "kmsKeyId", logGroupClass: "logGroupClass" };
    const input = { logGroupName: text(inputs, "name"), ...renamed(inputs, names) };
    await place.client(CloudWatchLogsClient).send(new CreateLogGroupCommand(input));
    await putRetention(inputs, place);
    const name = text(inputs, "name");
    return { id: name, outputs: { arn: `arn:aws:logs:${place.region}:${place.account}:log-group:${name}` } };
  },
  read: async (id, _state, place) => {
    const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: id });
    const { logGroups = [] } = await place.client(CloudWatchLogsClient).send(command);
    const found = logGroups.find(({ logGroupName }) => logGroupName === id);
    return found && renamed({ ...found }, { retentionInDays: "retentionInDays", kmsKeyId: "kmsKeyId" });
  },
  update: async (_id, inputs, _state, place) => putRetention(inputs, place),
  remove: async (id, _state, place) => {
    await unlessGone(place.client(CloudWatchLogsClient).send(new DeleteLogGroupCommand({ logGroupName: id })));
  },
};

async function putRetention(inputs: Obj, place: Place): Promise<void> {
  const [logGroupName, retentionInDays] = [text(inputs, "name"), Number(inputs["retentionInDays"] ?? 0)];
  const logs = place.client(CloudWatchLogsClient);
  if (retentionInDays > 0) await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  else await logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
}
