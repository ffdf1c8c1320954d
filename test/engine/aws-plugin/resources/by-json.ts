import { renamed, text, type Handler } from "../handler.ts";

export const key: Handler = {
  create: async (inputs, place) => {
    const names = { description: "Description", policy: "Policy", keyUsage: "KeyUsage" };
    const answer = await place.json("kms", "TrentService.CreateKey", renamed(inputs, names));
    const { KeyId, Arn } = answer["KeyMetadata"] as { KeyId: string; Arn: string };
    return { id: KeyId, outputs: { keyId: KeyId, arn: Arn } };
  },
  read: async (id, _state, place) => {
    const { KeyMetadata } = await place.json("kms", "TrentService.DescribeKey", { KeyId: id });
    return (KeyMetadata as { KeyState: string }).KeyState === "PendingDeletion" ? undefined : {};
  },
  update: async (id, inputs, _state, place) => {
    const Description = text(inputs, "description");
    await place.json("kms", "TrentService.UpdateKeyDescription", { KeyId: id, Description });
  },
  remove: async (id, _state, place) => {
    await place.json("kms", "TrentService.ScheduleKeyDeletion", { KeyId: id, PendingWindowInDays: 7 });
  },
};

export const alias: Handler = {
  create: async (inputs, place) => {
    const input = { AliasName: text(inputs, "name"), TargetKeyId: text(inputs, "targetKeyId") };
    await place.json("kms", "TrentService.CreateAlias", input);
    return { id: input.AliasName, outputs: { arn: `arn:aws:kms:${place.region}:${place.account}:${input.AliasName}` } };
  },
  read: async () => ({}),
  remove: async (id, _state, place) => {
    await place.json("kms", "TrentService.DeleteAlias", { AliasName: id });
  },
};

export const queue: Handler = {
  named: "name",
  create: async (inputs, place) => {
    const QueueName = text(inputs, "name");
    const names = { messageRetentionSeconds: "MessageRetentionPeriod", kmsMasterKeyId: "KmsMasterKeyId" };
    const attributes = Object.entries(renamed(inputs, names)).map(([name, value]) => [name, String(value)]);
    const Attributes = Object.fromEntries(attributes) as object;
    const { QueueUrl } = await place.json("sqs", "AmazonSQS.CreateQueue", { QueueName, Attributes });
    const arn = `arn:aws:sqs:${place.region}:${place.account}:${QueueName}`;
    return { id: String(QueueUrl), outputs: { url: QueueUrl, arn } };
  },
  read: async () => ({}),
  remove: async (id, _state, place) => {
    await place.json("sqs", "AmazonSQS.DeleteQueue", { QueueUrl: id });
  },
};
