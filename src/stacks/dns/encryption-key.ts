import { Key } from "@pulumi/aws/kms/key.js";
import * as pulumi from "@pulumi/pulumi";
import { componentType, policyDocument, under, type Tags } from "./component.ts";

/** A key for logs and alerts of one region. */
export interface EncryptionKeyArgs {
  readonly region: string;
  readonly accountId: pulumi.Input<string>;
  readonly tags: Tags;
}

/**
 * A customer-managed key. AWS's own key for SNS does not let CloudWatch publish to the topic, and log groups take no
 * AWS-managed key at all: both need a policy that says so.
 */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, { region, accountId, tags }: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super(componentType("EncryptionKey"), name, {}, opts);
    const key = new Key(
      name,
      {
        description: `lockstep: logs and alerts in ${region}`,
        enableKeyRotation: true,
        policy: pulumi.output(accountId).apply((account) => keyPolicy(account, region)),
        region,
        tags: { ...tags },
      },
      under(this),
    );
    this.arn = key.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

function keyPolicy(account: string, region: string): string {
  const use = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*", "kms:DescribeKey"];
  return policyDocument([
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" },
    {
      Effect: "Allow",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: use,
      Resource: "*",
      Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:*` } },
    },
    { Effect: "Allow", Principal: { Service: "cloudwatch.amazonaws.com" }, Action: use, Resource: "*" },
  ]);
}
