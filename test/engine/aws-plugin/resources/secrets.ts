import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { list, renamed, text, unlessGone, type Handler } from "../handler.ts";

export const secret: Handler = {
  named: "name",
  names: /^[\w/+=.@-]{1,512}$/,
  replaces: ["name"],
  create: async (inputs, place) => {
    const { ARN } = await place.client(SecretsManagerClient).send(
      new CreateSecretCommand({
        Name: text(inputs, "name"),
        ...renamed(inputs, { description: "Description", kmsKeyId: "KmsKeyId" }),
        AddReplicaRegions: list(inputs, "replicas").map((replica) => ({ Region: text(replica, "region") })),
      }),
    );
    return { id: ARN ?? "", outputs: { arn: ARN } };
  },
  read: async (id, _state, place) => {
    const found = await unlessGone(
      place.client(SecretsManagerClient).send(new DescribeSecretCommand({ SecretId: id })),
    );
    return found && renamed({ ...found }, { Description: "description", KmsKeyId: "kmsKeyId" });
  },
  update: async (id, inputs, _state, place) => {
    const names = { description: "Description", kmsKeyId: "KmsKeyId" };
    await place.client(SecretsManagerClient).send(new UpdateSecretCommand({ SecretId: id, ...renamed(inputs, names) }));
  },
  remove: async (id, _state, place) => {
    const command = new DeleteSecretCommand({ SecretId: id, ForceDeleteWithoutRecovery: true });
    await unlessGone(place.client(SecretsManagerClient).send(command));
  },
};

/** moto would run the function at once, for which it needs containers: the schedule lives in Pulumi's state alone. */
export const secretRotation: Handler = {
  replaces: ["secretId"],
  create: async (inputs) => ({ id: text(inputs, "secretId"), outputs: { rotationEnabled: true } }),
  read: async () => ({}),
  update: async () => undefined,
  remove: async () => undefined,
};
