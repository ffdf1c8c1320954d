import { regions } from "../../platform/genesys/regions.ts";

/** Names of hosts mean the same in any case (RFC 4343). */
export const lower = (text: string): string => text.toLowerCase();

/** The region of Genesys Cloud that a host belongs to. */
export function vendorOf(host: string): string | undefined {
  return Object.values(regions).find((vendor) => lower(host) === vendor || lower(host).endsWith(`.${vendor}`));
}
