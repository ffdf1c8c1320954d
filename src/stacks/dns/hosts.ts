import { dnsName } from "../../model/dns-values.ts";
import { regions } from "../../platform/genesys/regions.ts";

/**
 * Domains of Genesys Cloud: those of the regions, and the parent domains of new regions and SIP hosts, such as
 * `byoc.usw2.genesys.cloud` (genesys-api §5.3).
 */
const VENDORS = [
  ...Object.values(regions),
  "genesys.cloud",
  "pure.cloud",
  "us-gov-pure.cloud",
  "eusc-pure.cloud",
] as const;

/** The domain of Genesys Cloud that a host belongs to. */
export function vendorOf(host: string): string | undefined {
  const name = dnsName(host);
  return VENDORS.find((vendor) => name === vendor || name.endsWith(`.${vendor}`));
}
