import type { DnsName, NaptrRule, SrvServer } from "../../model/config.ts";

/** The values of one side's record, as Route 53 stores them; an alias has none. */
export function recordValues(name: DnsName, side: "primary" | "standby"): string[] {
  switch (name.type) {
    case "CNAME":
      return [name.targets[side].host];
    case "A":
      return [...name.targets[side].addresses];
    case "SRV":
      return name.targets[side].servers.map(srvValue);
    case "NAPTR":
      return name.targets[side].rules.map(naptrValue);
    case "alias":
      return [];
  }
}

function srvValue({ priority, weight, port, host }: SrvServer): string {
  return `${priority} ${weight} ${port} ${host}`;
}

function naptrValue({ order, preference, flags, service, regexp, replacement }: NaptrRule): string {
  return `${order} ${preference} "${flags}" "${service}" "${regexp}" ${replacement}`;
}
