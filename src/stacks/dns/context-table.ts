import { Table } from "@pulumi/aws/dynamodb/table.js";
import * as pulumi from "@pulumi/pulumi";
import { componentType, under, type Tags } from "./component.ts";

/** Where context of callers is kept for the side that takes over. */
export interface ContextTableArgs {
  readonly region: string;
  readonly replicaRegion?: string;
  readonly protect: boolean;
  readonly tags: Tags;
}

/** The index that finds a call by its id. */
const CALL_INDEX = "by-call";

/**
 * Context of callers: by phone number (a keyed hash, never the number itself) and by call id, newest last. What has
 * expired is deleted within days and has to be filtered out by readers until then.
 */
export class ContextTable extends pulumi.ComponentResource {
  readonly tableName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly streamArn: pulumi.Output<string>;

  constructor(name: string, args: ContextTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super(componentType("ContextTable"), name, {}, opts);
    const { region, replicaRegion, protect, tags } = args;
    const table = new Table(
      name,
      {
        billingMode: "PAY_PER_REQUEST",
        hashKey: "phone",
        rangeKey: "at",
        attributes: ["phone", "at", "callId"].map((attribute) => ({ name: attribute, type: "S" })),
        globalSecondaryIndexes: [{ name: CALL_INDEX, hashKey: "callId", rangeKey: "at", projectionType: "ALL" }],
        ttl: { attributeName: "expiresAt", enabled: true },
        pointInTimeRecovery: { enabled: true },
        serverSideEncryption: { enabled: true },
        // Replicas are fed from the stream and need both images.
        ...{ streamEnabled: true, streamViewType: "NEW_AND_OLD_IMAGES" },
        ...(replicaRegion === undefined
          ? {}
          : { replicas: [{ regionName: replicaRegion, pointInTimeRecovery: true, propagateTags: true }] }),
        ...{ deletionProtectionEnabled: protect, region, tags: { ...tags } },
      },
      under(this, { protect }),
    );
    this.tableName = table.name;
    this.arn = table.arn;
    this.streamArn = table.streamArn;
    this.registerOutputs({ tableName: this.tableName, arn: this.arn, streamArn: this.streamArn });
  }
}
