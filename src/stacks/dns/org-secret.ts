import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import { SecretRotation } from "@pulumi/aws/secretsmanager/secretRotation.js";
import * as pulumi from "@pulumi/pulumi";
import { componentType, under, type Tags } from "./component.ts";
import type { Side } from "../../model/side.ts";

/** The place for one organisation's OAuth client. */
export interface OrgSecretArgs {
  readonly side: Side;
  readonly region: string;
  readonly replicaRegion?: string;
  /** ARN of the function that rotates it. */
  readonly rotationFunction?: string;
  readonly rotationDays: number;
  readonly protect: boolean;
  readonly tags: Tags;
}

/** Days in which a deleted secret can be called back. */
const RECOVERY_DAYS = 30;

/**
 * A secret without a value: it is set outside, so that no state, preview or log ever holds it. The value is
 * `{"clientId": …, "clientSecret": …}`.
 */
export class OrgSecret extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: OrgSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super(componentType("OrgSecret"), name, {}, opts);
    const { side, region, replicaRegion, rotationFunction, rotationDays, protect, tags } = args;
    const secret = new Secret(
      name,
      {
        description: `OAuth client with which the prober reads the ${side} organisation`,
        recoveryWindowInDays: RECOVERY_DAYS,
        ...(replicaRegion === undefined ? {} : { replicas: [{ region: replicaRegion }] }),
        region,
        tags: { ...tags },
      },
      under(this, { protect }),
    );
    if (rotationFunction !== undefined) {
      new SecretRotation(
        name,
        {
          secretId: secret.id,
          rotationLambdaArn: rotationFunction,
          rotationRules: { automaticallyAfterDays: rotationDays },
          // There is no value yet that could be rotated.
          rotateImmediately: false,
          region,
        },
        under(this),
      );
    }
    this.arn = secret.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
