import type { Config, Dns, Org } from "../../model/config.ts";
import { LockstepError } from "../../model/error.ts";
import { addressOf } from "../../platform/genesys/address.ts";
import { regionHost, regions } from "../../platform/genesys/regions.ts";

/** Where the parts of the pair are. */
export interface PairPlaces {
  /** AWS region of prober, alarms, logs and tables. */
  readonly region: string;
  readonly replicaRegion: string | undefined;
  /** AWS region that the primary runs in; unknown behind a base URL. */
  readonly primaryRegion: string | undefined;
}

/** The AWS region that an organisation runs in; undefined when only a base URL is known. */
export function awsRegionOf({ region }: Pick<Org, "region">): string | undefined {
  if (region === undefined) return undefined;
  const host = regionHost(region);
  const key = Object.keys(regions).find((name) => regions[name] === host);
  return key?.replaceAll("_", "-");
}

/**
 * Where to build.
 * @throws LockstepError `dns-region-missing` when neither the section nor the standby names a region
 */
export function pairPlaces(dns: Dns, orgs: Config["orgs"], file: string): PairPlaces {
  const region = dns.region ?? awsRegionOf(orgs.standby);
  if (region === undefined)
    throw new LockstepError(
      "dns-region-missing",
      "There is no AWS region to build in: dns.region is not set, and the standby has a base URL instead of a region",
      "Set dns.region in the configuration, to a region that the primary does not run in.",
      { file, path: "/dns/region" },
    );
  return { region, replicaRegion: dns.replicaRegion, primaryRegion: awsRegionOf(orgs.primary) };
}

/** Where an organisation answers the prober. */
export function probedAddress(org: Pick<Org, "region" | "baseUrl">): { readonly api: string; readonly login: string } {
  const { api, login } = addressOf(org);
  return { api, login };
}
