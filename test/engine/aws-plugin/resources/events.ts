import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  SchedulerClient,
  UpdateScheduleCommand,
  type CreateScheduleInput,
} from "@aws-sdk/client-scheduler";
import { capitals, object, renamed, reversed, text, unlessGone, type Handler } from "../handler.ts";
import type { Place } from "../place.ts";
import type { Obj } from "../values.ts";

const SCHEDULE_NAMES = {
  ...capitals("scheduleExpression", "scheduleExpressionTimezone", "state", "description", "startDate", "endDate"),
  kmsKeyArn: "KmsKeyArn",
};
const WINDOW_NAMES = capitals("mode", "maximumWindowInMinutes");
const TARGET_NAMES = capitals("arn", "roleArn", "input");
const RETRY_NAMES = capitals("maximumEventAgeInSeconds", "maximumRetryAttempts");

export const schedule: Handler = {
  named: "name",
  names: /^[\w.-]{1,64}$/,
  replaces: ["name", "groupName"],
  create: async (inputs, place) => {
    const { ScheduleArn } = await place.client(SchedulerClient).send(new CreateScheduleCommand(scheduleOf(inputs)));
    return { id: `${groupOf(inputs)}/${text(inputs, "name")}`, outputs: { arn: ScheduleArn } };
  },
  read: async (id, _state, place) => {
    const [GroupName, Name] = id.split("/");
    const found = await unlessGone(place.client(SchedulerClient).send(new GetScheduleCommand({ GroupName, Name })));
    if (found === undefined) return undefined;
    const { Target, FlexibleTimeWindow } = found;
    const retry: Obj = renamed({ ...Target?.RetryPolicy }, reversed(RETRY_NAMES));
    const letters = Target?.DeadLetterConfig?.Arn;
    return {
      ...renamed({ ...found }, reversed(SCHEDULE_NAMES)),
      flexibleTimeWindow: renamed({ ...FlexibleTimeWindow }, reversed(WINDOW_NAMES)),
      target: {
        ...renamed({ ...Target }, reversed(TARGET_NAMES)),
        ...(Object.keys(retry).length > 0 ? { retryPolicy: retry } : {}),
        ...(letters === undefined ? {} : { deadLetterConfig: { arn: letters } }),
      },
    };
  },
  update: async (_id, inputs, _state, place) => {
    await place.client(SchedulerClient).send(new UpdateScheduleCommand(scheduleOf(inputs)));
  },
  remove: async (id, _state, place) => {
    const [GroupName, Name] = id.split("/");
    await unlessGone(place.client(SchedulerClient).send(new DeleteScheduleCommand({ GroupName, Name })));
  },
};

function groupOf(inputs: Obj): string {
  return text(inputs, "groupName") || "default";
}

function scheduleOf(inputs: Obj): CreateScheduleInput {
  const target = object(inputs, "target");
  const letters = text(object(target, "deadLetterConfig"), "arn");
  return {
    Name: text(inputs, "name"),
    GroupName: groupOf(inputs),
    ScheduleExpression: text(inputs, "scheduleExpression"),
    ...renamed(inputs, SCHEDULE_NAMES),
    FlexibleTimeWindow: { Mode: "OFF", ...renamed(object(inputs, "flexibleTimeWindow"), WINDOW_NAMES) },
    Target: {
      Arn: text(target, "arn"),
      RoleArn: text(target, "roleArn"),
      ...renamed(target, TARGET_NAMES),
      ...("retryPolicy" in target ? { RetryPolicy: renamed(object(target, "retryPolicy"), RETRY_NAMES) } : {}),
      ...(letters === "" ? {} : { DeadLetterConfig: { Arn: letters } }),
    },
  };
}

export const scheduleGroup: Handler = {
  named: "name",
  create: async (inputs, place) => {
    const Name = text(inputs, "name");
    const answer = await place.client(SchedulerClient).send(new CreateScheduleGroupCommand({ Name }));
    return { id: Name, outputs: { arn: answer.ScheduleGroupArn, state: "ACTIVE" } };
  },
  read: async (id, _state, place) =>
    (await unlessGone(place.client(SchedulerClient).send(new GetScheduleGroupCommand({ Name: id })))) && {},
  remove: async (id, _state, place) => {
    await unlessGone(place.client(SchedulerClient).send(new DeleteScheduleGroupCommand({ Name: id })));
  },
};

export const eventBus: Handler = {
  named: "name",
  names: /^[\w/.-]{1,256}$/,
  replaces: ["name", "eventSourceName"],
  create: async (inputs, place) => {
    const names = { name: "Name", eventSourceName: "EventSourceName", description: "Description" };
    const input = { Name: text(inputs, "name"), ...renamed(inputs, names) };
    const { EventBusArn } = await place.client(EventBridgeClient).send(new CreateEventBusCommand(input));
    return { id: text(inputs, "name"), outputs: { arn: EventBusArn } };
  },
  read: async (id, _state, place) =>
    (await unlessGone(place.client(EventBridgeClient).send(new DescribeEventBusCommand({ Name: id })))) && {},
  remove: async (id, _state, place) => {
    await unlessGone(place.client(EventBridgeClient).send(new DeleteEventBusCommand({ Name: id })));
  },
};

const RULE_NAMES = capitals(
  "name",
  "eventBusName",
  "eventPattern",
  "scheduleExpression",
  "state",
  "description",
  "roleArn",
);

export const eventRule: Handler = {
  named: "name",
  names: /^[\w.-]{1,64}$/,
  replaces: ["name", "eventBusName"],
  create: async (inputs, place) => {
    const arn = await putRule(inputs, place);
    const [bus, name] = [text(inputs, "eventBusName"), text(inputs, "name")];
    return { id: bus === "" ? name : `${bus}/${name}`, outputs: { arn } };
  },
  read: async (_id, state, place) => {
    const input = { Name: text(state, "name"), ...renamed(state, { eventBusName: "EventBusName" }) };
    const found = await unlessGone(place.client(EventBridgeClient).send(new DescribeRuleCommand(input)));
    if (found === undefined) return undefined;
    return renamed({ ...found }, reversed(capitals("eventPattern", "scheduleExpression", "state", "description")));
  },
  update: async (_id, inputs, _state, place) => void (await putRule(inputs, place)),
  remove: async (_id, state, place) => {
    const input = { Name: text(state, "name"), ...renamed(state, { eventBusName: "EventBusName" }) };
    await unlessGone(place.client(EventBridgeClient).send(new DeleteRuleCommand(input)));
  },
};

async function putRule(inputs: Obj, place: Place): Promise<string | undefined> {
  const input = { Name: text(inputs, "name"), ...renamed(inputs, RULE_NAMES) };
  return (await place.client(EventBridgeClient).send(new PutRuleCommand(input))).RuleArn;
}

export const eventTarget: Handler = {
  named: "targetId",
  replaces: ["rule", "eventBusName", "targetId"],
  create: async (inputs, place) => {
    await putTarget(inputs, place);
    return {
      id: [text(inputs, "eventBusName"), text(inputs, "rule"), text(inputs, "targetId")].filter(Boolean).join("-"),
    };
  },
  read: async (_id, state, place) => {
    const input = { Rule: text(state, "rule"), ...renamed(state, { eventBusName: "EventBusName" }) };
    const found = await unlessGone(place.client(EventBridgeClient).send(new ListTargetsByRuleCommand(input)));
    const target = found?.Targets?.find(({ Id }) => Id === state["targetId"]);
    return target && renamed({ ...target }, reversed(TARGET_NAMES));
  },
  update: async (_id, inputs, _state, place) => putTarget(inputs, place),
  remove: async (_id, state, place) => {
    const input = { Rule: text(state, "rule"), Ids: [text(state, "targetId")] };
    const names = { eventBusName: "EventBusName" };
    await unlessGone(
      place.client(EventBridgeClient).send(new RemoveTargetsCommand({ ...input, ...renamed(state, names) })),
    );
  },
};

async function putTarget(inputs: Obj, place: Place): Promise<void> {
  const target = { Id: text(inputs, "targetId"), Arn: text(inputs, "arn"), ...renamed(inputs, TARGET_NAMES) };
  const input = { Rule: text(inputs, "rule"), Targets: [target], ...renamed(inputs, { eventBusName: "EventBusName" }) };
  await place.client(EventBridgeClient).send(new PutTargetsCommand(input));
}
