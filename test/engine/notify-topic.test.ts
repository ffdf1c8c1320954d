import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPython } from "../../tools/engine/find-python.mjs";
import { errorOf } from "../scenarios/support/cli.ts";
import { receiver } from "../scenarios/support/receiver.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import { startMoto, type Moto } from "./support/moto.ts";

const python = findPython("moto");
if (python === undefined)
  process.stderr.write("a topic on moto: skipped: no moto; npm run moto installs it (Python needed)\n");

describe.skipIf(python === undefined)("a topic that another implementation of SNS holds", { timeout: 300_000 }, () => {
  const stage = stageFor({ primary: "empty", standby: "empty" });
  const service = receiver();
  let moto: Moto;
  let client: SNSClient;
  beforeAll(async () => {
    moto = await startMoto(python ?? "");
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    client = new SNSClient({ region: "eu-central-1", endpoint: moto.endpoint, credentials });
  }, 120_000);
  afterAll(() => moto.stop());

  const notify = async (topicArn: string) => {
    const env = { AWS_ENDPOINT_URL: moto.endpoint, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
    const workspace = await stage.workspace({ env });
    await workspace.configure({ notify: [{ type: "sns", topicArn }] });
    return workspace.start(["notify", "--test", "--format", "json"]).ended;
  };

  it("delivers the message to its subscriptions", async () => {
    const { TopicArn = "" } = await client.send(new CreateTopicCommand({ Name: "drift" }));
    const Endpoint = `${service.origin()}/subscription`;
    await client.send(new SubscribeCommand({ TopicArn, Protocol: "http", Endpoint }));
    const ended = await notify(TopicArn);
    expect(ended.exit, ended.stderr + ended.stdout).toBe(0);
    const delivered = service.received.map(({ body }) => JSON.parse(body) as { Type?: string; Message?: string });
    const notification = delivered.find(({ Type }) => Type === "Notification");
    expect(notification?.Message).toContain("Nothing was compared");
  });

  it("refuses a message that goes to no topic", async () => {
    const ended = await notify("arn:aws:sns:eu-central-1:123456789012:gone");
    expect([ended.exit, errorOf(ended)]).toMatchObject([
      1,
      { code: "message-refused", message: "A message was refused by the SNS topic gone: there is no such topic" },
    ]);
  });
});
