import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { capitals, renamed, reversed, text, unlessGone, type Handler } from "../handler.ts";

const TOPIC_NAMES = { ...capitals("displayName", "policy", "deliveryPolicy"), kmsMasterKeyId: "KmsMasterKeyId" };

export const topic: Handler = {
  named: "name",
  names: /^[\w-]{1,256}$/,
  replaces: ["name", "fifoTopic"],
  create: async (inputs, place) => {
    const Attributes: Record<string, string> = renamed(inputs, TOPIC_NAMES);
    const answer = await place
      .client(SNSClient)
      .send(new CreateTopicCommand({ Name: text(inputs, "name"), Attributes }));
    return { id: answer.TopicArn ?? "", outputs: { arn: answer.TopicArn, owner: place.account } };
  },
  read: async (id, state, place) => {
    const found = await unlessGone(place.client(SNSClient).send(new GetTopicAttributesCommand({ TopicArn: id })));
    if (found === undefined) return undefined;
    const living = renamed({ ...found.Attributes }, reversed(TOPIC_NAMES));
    return Object.fromEntries(Object.entries(living).filter(([name]) => name in state));
  },
  update: async (id, inputs, _state, place) => {
    for (const [AttributeName, AttributeValue] of Object.entries(renamed(inputs, TOPIC_NAMES))) {
      const command = new SetTopicAttributesCommand({ TopicArn: id, AttributeName, AttributeValue });
      await place.client(SNSClient).send(command);
    }
  },
  remove: async (id, _state, place) => {
    await unlessGone(place.client(SNSClient).send(new DeleteTopicCommand({ TopicArn: id })));
  },
};

export const topicPolicy: Handler = {
  replaces: ["arn"],
  create: async (inputs, place) => {
    const [TopicArn, AttributeValue] = [text(inputs, "arn"), text(inputs, "policy")];
    const command = new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue });
    await place.client(SNSClient).send(command);
    return { id: TopicArn, outputs: { owner: place.account } };
  },
  read: async (id, _state, place) => {
    const found = await unlessGone(place.client(SNSClient).send(new GetTopicAttributesCommand({ TopicArn: id })));
    return found && { policy: found.Attributes?.["Policy"] };
  },
  update: async (id, inputs, _state, place) => {
    const attribute = { AttributeName: "Policy", AttributeValue: text(inputs, "policy") };
    await place.client(SNSClient).send(new SetTopicAttributesCommand({ TopicArn: id, ...attribute }));
  },
  remove: async () => undefined,
};

const SUBSCRIPTION_NAMES = capitals("filterPolicy", "filterPolicyScope", "redrivePolicy", "deliveryPolicy");

export const topicSubscription: Handler = {
  replaces: ["topic", "protocol", "endpoint"],
  create: async (inputs, place) => {
    const { SubscriptionArn = "" } = await place.client(SNSClient).send(
      new SubscribeCommand({
        TopicArn: text(inputs, "topic"),
        Protocol: text(inputs, "protocol"),
        Endpoint: text(inputs, "endpoint"),
        Attributes: renamed(inputs, SUBSCRIPTION_NAMES),
        ReturnSubscriptionArn: true,
      }),
    );
    return { id: SubscriptionArn, outputs: { arn: SubscriptionArn, ownerId: place.account } };
  },
  read: async (id, state, place) => {
    const command = new GetSubscriptionAttributesCommand({ SubscriptionArn: id });
    const found = await unlessGone(place.client(SNSClient).send(command));
    if (found === undefined) return undefined;
    const living = renamed({ ...found.Attributes }, reversed(SUBSCRIPTION_NAMES));
    return Object.fromEntries(Object.entries(living).filter(([name]) => name in state));
  },
  update: async (id, inputs, _state, place) => {
    for (const [AttributeName, AttributeValue] of Object.entries(renamed(inputs, SUBSCRIPTION_NAMES))) {
      const command = new SetSubscriptionAttributesCommand({ SubscriptionArn: id, AttributeName, AttributeValue });
      await place.client(SNSClient).send(command);
    }
  },
  remove: async (id, _state, place) => {
    await unlessGone(place.client(SNSClient).send(new UnsubscribeCommand({ SubscriptionArn: id })));
  },
};
