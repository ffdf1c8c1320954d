import type { Handler } from "../handler.ts";
import { alias, key, queue } from "./by-json.ts";
import { compositeAlarm, dashboard, logGroup, metricAlarm } from "./cloudwatch.ts";
import { table } from "./dynamodb.ts";
import { eventBus, eventRule, eventTarget, schedule, scheduleGroup } from "./events.ts";
import { role, rolePolicy, rolePolicyAttachment } from "./iam.ts";
import { eventInvokeConfig, lambdaFunction, permission } from "./lambda.ts";
import { healthCheck, record, zone } from "./route53.ts";
import { secret, secretRotation } from "./secrets.ts";
import { topic, topicPolicy, topicSubscription } from "./sns.ts";

/** Every type that the stand-in knows. */
export const HANDLERS: ReadonlyMap<string, Handler> = new Map([
  ["aws:cloudwatch/compositeAlarm:CompositeAlarm", compositeAlarm],
  ["aws:cloudwatch/dashboard:Dashboard", dashboard],
  ["aws:cloudwatch/eventBus:EventBus", eventBus],
  ["aws:cloudwatch/eventRule:EventRule", eventRule],
  ["aws:cloudwatch/eventTarget:EventTarget", eventTarget],
  ["aws:cloudwatch/logGroup:LogGroup", logGroup],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", metricAlarm],
  ["aws:dynamodb/table:Table", table],
  ["aws:iam/role:Role", role],
  ["aws:iam/rolePolicy:RolePolicy", rolePolicy],
  ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", rolePolicyAttachment],
  ["aws:kms/alias:Alias", alias],
  ["aws:kms/key:Key", key],
  ["aws:lambda/function:Function", lambdaFunction],
  ["aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", eventInvokeConfig],
  ["aws:lambda/permission:Permission", permission],
  ["aws:route53/healthCheck:HealthCheck", healthCheck],
  ["aws:route53/record:Record", record],
  ["aws:route53/zone:Zone", zone],
  ["aws:scheduler/schedule:Schedule", schedule],
  ["aws:scheduler/scheduleGroup:ScheduleGroup", scheduleGroup],
  ["aws:secretsmanager/secret:Secret", secret],
  ["aws:secretsmanager/secretRotation:SecretRotation", secretRotation],
  ["aws:sns/topic:Topic", topic],
  ["aws:sns/topicPolicy:TopicPolicy", topicPolicy],
  ["aws:sns/topicSubscription:TopicSubscription", topicSubscription],
  ["aws:sqs/queue:Queue", queue],
]);
