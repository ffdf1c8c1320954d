import { LockstepError } from "../../model/error.ts";
import { inPlaceOf, regionAt, regionHost } from "./regions.ts";

/** Where an organisation answers. */
export interface Address {
  /** What the API's paths are appended to; no slash at the end. */
  readonly api: string;
  /** Where tokens come from. */
  readonly login: string;
  /** How people call the place: a region's host or the base URL. */
  readonly name: string;
  /** The host to set on the SDK, for a region. */
  readonly host?: string;
  /** The origin and path prefix to set on the SDK, for anything else. */
  readonly gateway?: URL;
}

/**
 * The address of a region or of any http(s) origin, with or without a path prefix. The origin of a region is that region.
 * @throws LockstepError `unknown-region`, `base-url-invalid`, `address-missing`
 */
export function addressOf(where: { region?: string | undefined; baseUrl?: string | undefined }): Address {
  if (where.baseUrl !== undefined) return gatewayAddress(where.baseUrl);
  if (where.region === undefined) {
    throw new LockstepError("address-missing", "The organisation has no address", "Give a region or a baseUrl.");
  }
  return regionAddress(regionHost(where.region));
}

function regionAddress(host: string): Address {
  return { api: `https://api.${host}`, login: `https://login.${host}/oauth/token`, name: host, host };
}

function gatewayAddress(baseUrl: string): Address {
  const gateway = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const plain = gateway && gateway.search === "" && gateway.hash === "" && !gateway.pathname.includes("%");
  const usable = plain && /^https?:$/.test(gateway.protocol);
  // A user name or password in the URL would end up in messages.
  if (!usable || gateway.username !== "" || gateway.password !== "") {
    throw new LockstepError(
      "base-url-invalid",
      "The baseUrl is not an http(s) address",
      "Write it like https://proxy.example.org:8443/prefix, without user name, query, fragment or % signs.",
    );
  }
  const region = regionAt(baseUrl);
  if (region?.isPlain === true) return regionAddress(region.host);
  if (region !== undefined) {
    const message = `The baseUrl is an address in the Genesys Cloud region ${region.host}, where the region alone was expected`;
    throw new LockstepError("base-url-invalid", message, inPlaceOf(region));
  }
  const base = gateway.origin + gateway.pathname.replace(/\/+$/, "");
  return { api: base, login: `${base}/oauth/token`, name: base, gateway };
}
