import type { Entry } from "./entry.ts";

/** Route 53: the records of lockstep.yaml, and what the `dns` stack refuses to build. */
export const DNS = {
  "dns-missing": {
    meaning: "The configuration has no section `dns`.",
    action: "Add the section; docs/dns.md shows one.",
  },
  "dns-region-missing": {
    meaning: "No AWS region is known to build the `dns` stack in.",
    action: "Set `dns.region` to a region that the primary does not run in.",
  },
  "dns-zone-missing": {
    meaning: "Route 53 has no public hosted zone of that name.",
    action: "Deploy the `dns` stack, or set `dns.zone.id`.",
  },
  "dns-zone-ambiguous": {
    meaning: "Route 53 has several public hosted zones of that name.",
    action: "Set `dns.zone.id`.",
  },
  "dns-unreadable": {
    meaning: "Route 53 cannot be read.",
    action: "Check the AWS credentials and the permission that the message names.",
  },
  "dns-health-unreadable": {
    meaning: "The records can be read, but not the health checks.",
    action: "Grant the permission that the message names.",
  },
  "prober-settings": {
    meaning: "The settings of the prober's Lambda function are incomplete.",
    action: "Update the `dns` stack instead of editing the function.",
  },
  "metric-without-publisher": {
    meaning: "A signal follows a metric that nothing publishes.",
    action: "Add `prober: {}` to `dns`, or name a metric that something publishes.",
  },
  "unknown-signal": {
    meaning: "A name or signal refers to a signal that does not exist.",
    action: "Add it to `dns.signals`.",
  },
  "nested-calculated": {
    meaning: "A calculated health check counts another calculated one, which Route 53 does not support.",
    action: "List the signals that the inner one counts.",
  },
  "signal-of-other-side": {
    meaning: "A signal of one organisation is used for the other one.",
    action: "Use a signal with the right `side`.",
  },
  "threshold-out-of-range": {
    meaning: "A threshold, interval or time-out has no useful effect, or is out of the range of Route 53.",
    action: "Choose a value in the range that the hint names.",
  },
  "checks-failover-name": {
    meaning: "A health check requests the very name whose answer it decides.",
    action: "Check the host name of the target itself.",
  },
  "login-host": {
    meaning: "A health check requests the login service, which keeps answering while calls fail.",
    action: "Use a `metric` signal with the prober.",
  },
  "name-outside-zone": {
    meaning: "A record name is outside the hosted zone.",
    action: "Use a name that ends in the name of the zone.",
  },
  "apex-cname": {
    meaning: "A CNAME stands at the zone apex, which DNS does not allow.",
    action: "Use type `alias` or `A`, or a name below the zone.",
  },
  "cname-beside-others": {
    meaning: "A CNAME has the same name as other records, which DNS does not allow.",
    action: "Give the records different names.",
  },
  "srv-labels": {
    meaning: "An SRV record lacks the labels for service and protocol.",
    action: "Name it as SIP clients ask for it, such as `_sips._tcp.example.com`.",
  },
  "mixed-policies": {
    meaning: "Records of one name and type have different routing policies.",
    action: "Choose one policy for the name.",
  },
  "ttl-over-bound": { meaning: "The TTL of a record would delay a failover too much.", action: "Lower the TTL." },
  "primary-without-health": {
    meaning: "The record of the primary has no health check, so that Route 53 always considers it healthy.",
    action: "Set `health.primary` to a signal.",
  },
  "vendor-host": {
    meaning: "The name leads to a host of Genesys Cloud, whose certificate does not cover it.",
    action: "Point the name at a host of your own that has a certificate for it.",
  },
  "same-target": {
    meaning: "The name has the same target for primary and standby.",
    action: "Give the standby a target of its own.",
  },
  "target-is-itself": { meaning: "A record leads to its own name.", action: "Give the target a name of its own." },
  "address-as-name": {
    meaning: "An IP address is given where DNS expects a host name.",
    action: "Use type `A`, or a host name.",
  },
  "weighted-many-values": {
    meaning: "A weighted record has several values.",
    action: "Use policy `failover`, or one value.",
  },
  "prober-beside-primary": {
    meaning: "The prober would run in the AWS region of the primary, so that one outage takes both.",
    action: "Set `dns.region` to another region.",
  },
} as const satisfies { readonly [code: string]: Entry };
