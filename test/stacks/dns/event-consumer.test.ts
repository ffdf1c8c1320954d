import { describe, expect, test } from "vitest";
import { consumerGrant } from "../../../src/stacks/dns/event-consumer.ts";
import { nextSteps } from "../../../src/stacks/dns/summary.ts";
import { awsSettings } from "../../../src/stacks/dns/aws-settings.ts";
import { signalled } from "./sections.ts";

const FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:context";
const QUEUE = "arn:aws:sqs:eu-central-1:123456789012:events";
const STREAM = "arn:aws:kinesis:eu-central-1:123456789012:stream/events";
const ROLE = "arn:aws:iam::123456789012:role/events";

describe("what a consumer takes before EventBridge may call it", () => {
  test.each<[string, object]>([
    [FUNCTION, { by: "permission", functionArn: FUNCTION }],
    [`${FUNCTION}:live`, { by: "permission", functionArn: FUNCTION, qualifier: "live" }],
    ["arn:aws-us-gov:lambda:us-gov-west-1:1:function:f", { by: "permission" }],
    [STREAM, { by: "role" }],
    ["arn:aws:states:eu-central-1:123456789012:stateMachine:m", { by: "role" }],
    [QUEUE, { by: "its own policy" }],
    ["arn:aws:sns:eu-central-1:123456789012:topic", { by: "its own policy" }],
    ["arn:aws:lambda:eu-central-1:123456789012:layer:l", { by: "its own policy" }],
  ])("%s", (arn, expected) => {
    expect(consumerGrant(arn)).toMatchObject(expected);
  });
});

describe("lockstep:aws.eventConsumer", () => {
  test("that needs a role is refused without one", () => {
    expect(() => awsSettings({ eventConsumer: STREAM })).toThrow(
      expect.objectContaining({
        code: "stack-config",
        message: expect.stringContaining("eventConsumerRole") as string,
        hint: expect.stringContaining("pulumi config set --path 'lockstep:aws.eventConsumerRole'") as string,
      }),
    );
    expect(awsSettings({ eventConsumer: STREAM, eventConsumerRole: ROLE })).toMatchObject({
      ...{ eventConsumer: STREAM, eventConsumerRole: ROLE },
    });
  });

  test.each([[{ eventConsumer: FUNCTION }], [{ eventConsumer: QUEUE }]])("needs none for %o", (settings) => {
    expect(awsSettings(settings)).toMatchObject(settings);
  });
});

describe("the next steps", () => {
  const stepsFor = (consumer?: string, consumerRole?: string): string => {
    const events = { consumer, consumerRole, ruleArns: ["arn:rule-a", "arn:rule-b"] };
    const facts = { region: "eu-central-1", secrets: {}, nameServers: undefined, gaps: [], events };
    return nextSteps(signalled("  []"), facts).join("\n");
  };

  test("say what is left to grant, and to whom", () => {
    expect(stepsFor(QUEUE)).toContain(
      `Let EventBridge send to ${QUEUE}: its policy must allow events.amazonaws.com, for the rules arn:rule-a and arn:rule-b`,
    );
    expect(stepsFor(FUNCTION)).not.toContain("EventBridge");
    expect(stepsFor(STREAM, ROLE)).not.toContain("EventBridge");
    expect(stepsFor(QUEUE, ROLE)).not.toContain("EventBridge");
    expect(stepsFor()).toContain("disabled until lockstep:aws.eventConsumer names a consumer");
  });
});
