import { Record as Route53Record, type RecordArgs as Route53RecordArgs } from "@pulumi/aws/route53/record.js";
import * as pulumi from "@pulumi/pulumi";
import { desiredRecords } from "../../dns/desired.ts";
import type { DnsName } from "../../model/config.ts";
import type { DnsRecord } from "../../model/dns.ts";
import type { Side } from "../../model/side.ts";
import { componentType, under } from "./component.ts";

/** One name with a target on each side. */
export interface FailoverNameArgs {
  readonly zoneId: pulumi.Input<string>;
  readonly name: DnsName;
  /** Ids of the health checks of the two sides. */
  readonly health: { readonly primary?: pulumi.Input<string>; readonly standby?: pulumi.Input<string> };
}

/**
 * A name that leads to the primary, and to the standby when the primary is unhealthy: two records of one name and type.
 * What cannot work is refused before by `assertBuildable`.
 */
export class FailoverName extends pulumi.ComponentResource {
  readonly fqdn: pulumi.Output<string>;
  readonly records: { readonly [side in Side]: Route53Record };

  constructor(name: string, args: FailoverNameArgs, opts?: pulumi.ComponentResourceOptions) {
    super(componentType("FailoverName"), name, {}, opts);
    const record = (side: Side): Route53Record =>
      new Route53Record(`${name}/${side}`, recordArgs(args, side), under(this, optionsOf(args.name)));
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
  return name.policy === "weighted" ? { ignoreChanges: ["weightedRoutingPolicies"] } : {};
}

/** The record that `lockstep diff` expects, with its health check. */
function recordArgs({ zoneId, name, health }: FailoverNameArgs, side: Side): Route53RecordArgs {
  const { routing, ttl, alias, values, ...record } = desiredRecords(name)[side];
  const healthCheckId = health[side];
  return {
    ...record,
    zoneId,
    ...(alias === undefined ? { records: [...values] } : { aliases: [{ ...alias }] }),
    ...(ttl === undefined ? {} : { ttl }),
    ...policyArgs(routing),
    ...(healthCheckId === undefined ? {} : { healthCheckId }),
  };
}

function policyArgs(routing: DnsRecord["routing"]): Partial<Route53RecordArgs> {
  if (routing.policy === "weighted") return { weightedRoutingPolicies: [{ weight: routing.weight }] };
  return routing.policy === "failover" ? { failoverRoutingPolicies: [{ type: routing.role }] } : {};
}
