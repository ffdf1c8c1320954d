import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import * as pulumi from "@pulumi/pulumi";
import { componentType, under, type Tags } from "./component.ts";

/** A log group. */
export interface EncryptedLogArgs {
  readonly region: string;
  readonly keyArn: pulumi.Input<string>;
  readonly days: number;
  readonly tags: Tags;
}

/** A log group that is encrypted with our key and forgets after so many days. */
export class EncryptedLog extends pulumi.ComponentResource {
  readonly logName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, { region, keyArn, days, tags }: EncryptedLogArgs, opts?: pulumi.ComponentResourceOptions) {
    super(componentType("EncryptedLog"), name, {}, opts);
    const args = { kmsKeyId: keyArn, retentionInDays: days, region, tags: { ...tags } };
    const group = new LogGroup(name, args, under(this));
    this.logName = group.name;
    this.arn = group.arn;
    this.registerOutputs({ logName: this.logName, arn: this.arn });
  }
}
