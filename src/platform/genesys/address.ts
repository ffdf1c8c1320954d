import { LockstepError } from "../../model/error.ts";
import { regionHost } from "./regions.ts";

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
 * The address of a region or of any http(s) origin, with or without a path prefix.
 * @throws LockstepError `unknown-region`, `base-url-invalid`, `address-missing`
 */
export function addressOf(where: { region?: string | undefined; baseUrl?: string | undefined }): Address {
  if (where.baseUrl !== undefined) return gatewayAddress(where.baseUrl);
  if (where.region === undefined) {
    throw new LockstepError("address-missing", "The organisation has no address", "Give a region or a baseUrl.");
  }
  const host = regionHost(where.region);
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
  const base = gateway.origin + gateway.pathname.replace(/\/+$/, "");
  return { api: base, login: `${base}/oauth/token`, name: base, gateway };
}
