import { LockstepError } from "../../model/error.ts";
import type { Transfer } from "../../model/api.ts";
import type { Address } from "./address.ts";
import { regions } from "./regions.ts";
import type { WireAnswer, WireRequest } from "./wire.ts";

/** Where a signed URL leads; its path and query are as good as a password and are never shown. */
export function transferHost({ url }: Transfer): string {
  return URL.canParse(url) ? new URL(url).host : "an unreadable address";
}

/**
 * The request for a transfer: no token, the given headers only (genesys-api §8). The address comes out of an answer, so it is
 * used only where the platform keeps files, or at the origin of a `baseUrl`; redirects are not followed.
 * @throws LockstepError `transfer-refused`
 */
export function transferRequest(transfer: Transfer, address: Address): WireRequest {
  const { url, headers = {}, body, encoding } = transfer;
  if (!URL.canParse(url) || !isFilePlace(new URL(url), address)) {
    throw new LockstepError(
      "transfer-refused",
      `The organisation gave an address for a ${transfer.transfer} that is not safe to use (${transferHost(transfer)})`,
      "This is not how Genesys Cloud answers: check region or baseUrl, and any proxy in between.",
    );
  }
  if (transfer.transfer === "download") return { method: "GET", url, headers };
  const content = encoding === undefined || body === undefined ? body : Buffer.from(body, encoding);
  return { method: "PUT", url, headers, body: content };
}

/** What was transferred, in the form that was asked for. */
export function transferText({ encoding }: Transfer, { text, bytes }: Pick<WireAnswer, "text" | "bytes">): string {
  return encoding === undefined ? text : Buffer.from(bytes ?? Buffer.from(text)).toString(encoding);
}

/**
 * Amazon S3, by the name of a bucket or of a region: where signed URLs of the platform lead. That Genesys Cloud uses no other
 * place is unverified; a host that it uses besides has to be added here.
 */
const S3 = /(^|\.)s3(-[a-z0-9-]+)?(\.dualstack)?(\.[a-z0-9-]+)?\.amazonaws\.(com|eu)$/;

function isFilePlace(url: URL, { gateway, host }: Address): boolean {
  if (url.username !== "" || url.password !== "") return false;
  if (gateway !== undefined && url.origin === gateway.origin) return true;
  if (url.protocol !== "https:" || url.port !== "") return false;
  const own = host === undefined ? Object.values(regions) : [host];
  return S3.test(url.hostname) || own.some((name) => url.hostname.endsWith(`.${name}`));
}
