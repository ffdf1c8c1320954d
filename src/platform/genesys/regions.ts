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

/** `https://api.mypurecloud.ie/`, `EU-WEST-1` and `mypurecloud.ie` all mean the same region. */
function bare(region: string): string {
  return region
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/\/.*$/, "")
    .replace(/^(api|login|apps)\./, "");
}

/**
 * The host of a region that was given as key (`eu_west_1`, `eu-west-1`) or host (`mypurecloud.ie`).
 * @throws LockstepError `unknown-region`, with the nearest region there is
 */
export function regionHost(region: string): string {
  const wanted = bare(region);
  const key = wanted.replaceAll("-", "_");
  const host = Object.hasOwn(regions, key) ? regions[key] : Object.values(regions).find((known) => known === wanted);
  if (host !== undefined) return host;
  const names = Object.keys(regions).map((name) => name.replaceAll("_", "-"));
  const near = nearest(wanted, Object.values(regions), 1)[0] ?? nearest(wanted, names, 1)[0];
  throw new LockstepError(
    "unknown-region",
    `There is no Genesys Cloud region ${JSON.stringify(region)}`,
    near === undefined
      ? `Regions are given as key or host, one of: ${[...names, ...Object.values(regions)].join(", ")}.`
      : `Did you mean ${near}?`,
  );
}
