import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type CreateTableInput,
} from "@aws-sdk/client-dynamodb";
import { capitals, list, object, renamed, text, unlessGone, type Handler } from "../handler.ts";
import type { Place } from "../place.ts";
import type { Obj } from "../values.ts";

/** Replicas, which moto does not know, stand in the state alone. */
export const table: Handler = {
  named: "name",
  names: /^[\w.-]{3,255}$/,
  replaces: ["name", "hashKey", "rangeKey", "localSecondaryIndexes"],
  create: async (inputs, place) => {
    const dynamo = place.client(DynamoDBClient);
    const { TableDescription } = await dynamo.send(new CreateTableCommand(tableOf(inputs)));
    const name = text(inputs, "name");
    await applyExtras(name, inputs, {}, place);
    return { id: name, outputs: { arn: TableDescription?.TableArn, streamArn: TableDescription?.LatestStreamArn } };
  },
  read: async (id, state, place) => {
    const dynamo = place.client(DynamoDBClient);
    const found = await unlessGone(dynamo.send(new DescribeTableCommand({ TableName: id })));
    if (found === undefined) return undefined;
    const { TimeToLiveDescription: life } = await dynamo.send(new DescribeTimeToLiveCommand({ TableName: id }));
    const backups = await dynamo.send(new DescribeContinuousBackupsCommand({ TableName: id }));
    const recovery = backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
    const ttl = { ...object(state, "ttl"), enabled: life?.TimeToLiveStatus === "ENABLED" };
    const living: Obj = {
      deletionProtectionEnabled: found.Table?.DeletionProtectionEnabled,
      ttl: { ...ttl, ...(life?.AttributeName === undefined ? {} : { attributeName: life.AttributeName }) },
      pointInTimeRecovery: { ...object(state, "pointInTimeRecovery"), enabled: recovery === "ENABLED" },
    };
    return Object.fromEntries(Object.entries(living).filter(([name]) => name in state));
  },
  update: async (id, inputs, state, place) => {
    const protection = renamed(inputs, capitals("deletionProtectionEnabled", "billingMode"));
    await place.client(DynamoDBClient).send(new UpdateTableCommand({ TableName: id, ...protection }));
    await applyExtras(id, inputs, state, place);
  },
  remove: async (id, _state, place) => {
    await unlessGone(place.client(DynamoDBClient).send(new DeleteTableCommand({ TableName: id })));
  },
};

function tableOf(inputs: Obj): CreateTableInput {
  const indexes = list(inputs, "globalSecondaryIndexes").map((index) => ({
    IndexName: text(index, "name"),
    KeySchema: keySchema(index),
    Projection: {
      ProjectionType: text(index, "projectionType") as "ALL",
      ...renamed(index, capitals("nonKeyAttributes")),
    },
  }));
  const encryption = object(inputs, "serverSideEncryption");
  return {
    TableName: text(inputs, "name"),
    BillingMode: "PROVISIONED",
    ...renamed(inputs, capitals("billingMode", "tableClass", "deletionProtectionEnabled")),
    KeySchema: keySchema(inputs),
    AttributeDefinitions: list(inputs, "attributes").map((attribute) => ({
      AttributeName: text(attribute, "name"),
      AttributeType: text(attribute, "type") as "S",
    })),
    ...(indexes.length > 0 ? { GlobalSecondaryIndexes: indexes } : {}),
    ...(inputs["streamEnabled"] === true
      ? { StreamSpecification: { StreamEnabled: true, StreamViewType: text(inputs, "streamViewType") as "NEW_IMAGE" } }
      : {}),
    ...(encryption["enabled"] === true
      ? { SSESpecification: { Enabled: true, SSEType: "KMS", ...renamed(encryption, { kmsKeyArn: "KMSMasterKeyId" }) } }
      : {}),
  };
}

function keySchema(properties: Obj): { AttributeName: string; KeyType: "HASH" | "RANGE" }[] {
  const range = text(properties, "rangeKey");
  const hash = { AttributeName: text(properties, "hashKey"), KeyType: "HASH" as const };
  return range === "" ? [hash] : [hash, { AttributeName: range, KeyType: "RANGE" }];
}

/** What has requests of its own. */
async function applyExtras(TableName: string, inputs: Obj, state: Obj, place: Place): Promise<void> {
  const dynamo = place.client(DynamoDBClient);
  const [ttl, before] = [object(inputs, "ttl"), object(state, "ttl")];
  const Enabled = ttl["enabled"] === true;
  if (Enabled !== (before["enabled"] === true)) {
    const TimeToLiveSpecification = { AttributeName: text(ttl, "attributeName"), Enabled };
    await dynamo.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  }
  const recovery = { PointInTimeRecoveryEnabled: object(inputs, "pointInTimeRecovery")["enabled"] === true };
  await dynamo.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification: recovery }));
}
