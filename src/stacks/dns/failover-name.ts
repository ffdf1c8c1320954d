import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DnsName } from "../../model/config.ts";
import { componentType, under } from "./component.ts";
import { recordValues } from "./record-values.ts";
import { recordType, TTL_BOUND } from "./rules.ts";

/** One name with a target on each side. */
export interface FailoverNameArgs {
  readonly zoneId: pulumi.Input<string>;
  readonly name: DnsName;
  /** Ids of the health checks of the two sides. */
  readonly health: { readonly primary?: pulumi.Input<string>; readonly standby?: pulumi.Input<string> };
}

type Side = "primary" | "standby";

/** Weight while nobody has changed it: the standby answers only when every primary record is unhealthy. */
const WEIGHT: { readonly [side in Side]: number } = { primary: 100, standby: 0 };

const ROLE: { readonly [side in Side]: string } = { primary: "PRIMARY", standby: "SECONDARY" };

/**
 * A name that leads to the primary, and to the standby when the primary is unhealthy: two records of one name and type.
 * What cannot work is refused before by `assertBuildable`.
 */
export class FailoverName extends pulumi.ComponentResource {
  readonly fqdn: pulumi.Output<string>;
  readonly records: { readonly [side in Side]: aws.route53.Record };

  constructor(name: string, args: FailoverNameArgs, opts?: pulumi.ComponentResourceOptions) {
    super(componentType("FailoverName"), name, {}, opts);
    const record = (side: Side): aws.route53.Record =>
      new aws.route53.Record(`${name}/${side}`, recordArgs(args, side), under(this, optionsOf(args.name)));
    this.records = { primary: record("primary"), standby: record("standby") };
    this.fqdn = this.records.primary.fqdn;
    // The purpose is what policies judge the TTL by.
    this.registerOutputs({ fqdn: this.fqdn, purpose: args.name.purpose });
  }
}

/**
 * A controller may flip weights at run time. The next `up` must not flip them back, which would be a failback that
 * nobody asked for; `lockstep diff` reports them (`failover-name`).
 */
function optionsOf(name: DnsName): pulumi.CustomResourceOptions {
  return {
    deleteBeforeReplace: true,
    ...(name.policy === "weighted" ? { ignoreChanges: ["weightedRoutingPolicies"] } : {}),
  };
}

function recordArgs({ zoneId, name, health }: FailoverNameArgs, side: Side): aws.route53.RecordArgs {
  const healthCheckId = health[side];
  return {
    zoneId,
    name: name.name,
    type: recordType(name),
    setIdentifier: side,
    ...(name.type === "alias"
      ? { aliases: [{ ...name.targets[side] }] }
      : { ttl: name.ttl ?? TTL_BOUND[name.purpose], records: recordValues(name, side) }),
    ...(name.policy === "weighted"
      ? { weightedRoutingPolicies: [{ weight: WEIGHT[side] }] }
      : { failoverRoutingPolicies: [{ type: ROLE[side] }] }),
    ...(healthCheckId === undefined ? {} : { healthCheckId }),
  };
}
