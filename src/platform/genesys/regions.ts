import { LockstepError } from "../../model/error.ts";
import { nearest } from "../../model/suggest.ts";

/** The regions of Genesys Cloud and the host that each one's names end in (genesys-api §9.2). */
export const regions: Readonly<Record<string, string>> = Object.freeze({
  us_east_1: "mypurecloud.com",
  eu_west_1: "mypurecloud.ie",
  ap_southeast_2: "mypurecloud.com.au",
  ap_northeast_1: "mypurecloud.jp",
  eu_central_1: "mypurecloud.de",
  us_west_2: "usw2.pure.cloud",
  ca_central_1: "cac1.pure.cloud",
  ap_northeast_2: "apne2.pure.cloud",
  eu_west_2: "euw2.pure.cloud",
  ap_south_1: "aps1.pure.cloud",
  us_east_2: "use2.us-gov-pure.cloud",
  sa_east_1: "sae1.pure.cloud",
  me_central_1: "mec1.pure.cloud",
  ap_northeast_3: "apne3.pure.cloud",
  eu_central_2: "euc2.pure.cloud",
  mx_central_1: "mxc1.pure.cloud",
  ap_southeast_1: "apse1.pure.cloud",
  eusc_de_east_1: "edee1.eusc-pure.cloud",
});

/** Where a region answers people and programs, besides the host itself. */
const FRONTS = ["", "api.", "login.", "apps."];

/** What an address in Genesys Cloud says. */
interface RegionAddress {
  readonly host: string;
  /** It says the region and nothing else: no port, no path, no name below the region that has another meaning. */
  readonly isPlain: boolean;
}

/** The region of an address such as `https://api.mypurecloud.ie/`; undefined for an address elsewhere. */
export function regionAt(address: string): RegionAddress | undefined {
  const text = address.trim();
  const full = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full)) return undefined;
  const { protocol, username, password, host: place, hostname, pathname, search, hash } = new URL(full);
  const host = Object.values(regions).find((known) => hostname === known || hostname.endsWith(`.${known}`));
  if (host === undefined) return undefined;
  const rest = username + password + search + hash + pathname.replace(/^\/$/, "");
  const isPlain = protocol === "https:" && rest === "" && FRONTS.some((front) => place === front + host);
  return { host, isPlain };
}

/**
 * The host of a region that was given as key (`eu_west_1`, `eu-west-1`), as host (`mypurecloud.ie`) or as the address of its API.
 * @throws LockstepError `unknown-region`, with the nearest region there is
 */
export function regionHost(region: string): string {
  const wanted = region.trim().toLowerCase();
  const key = wanted.replaceAll("-", "_");
  const at = regionAt(wanted);
  const host = Object.hasOwn(regions, key) ? regions[key] : at?.isPlain === true ? at.host : undefined;
  if (host !== undefined) return host;
  const names = Object.keys(regions).map((name) => name.replaceAll("_", "-"));
  if (at !== undefined || wanted.includes("@")) {
    // A user name or password in an address would end up in the message.
    const message = "An address with more than a host was found where the name of a region was expected";
    throw new LockstepError("unknown-region", message, at === undefined ? anyOf(names) : inPlaceOf(at));
  }
  const near = nearest(wanted, Object.values(regions), 1)[0] ?? nearest(wanted, names, 1)[0];
  throw new LockstepError(
    "unknown-region",
    `There is no Genesys Cloud region ${JSON.stringify(region)}`,
    near === undefined ? anyOf(names) : `Did you mean ${near}?`,
  );
}

function anyOf(names: readonly string[]): string {
  return `Regions are given as key or host, one of: ${[...names, ...Object.values(regions)].join(", ")}.`;
}

/** What to write in place of an address that has more than the region. */
export function inPlaceOf({ host }: Pick<RegionAddress, "host">): string {
  return `Give the region alone: ${host}.`;
}
