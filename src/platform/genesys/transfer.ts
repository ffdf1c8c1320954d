import { LockstepError } from "../../model/error.ts";
import type { Transfer } from "../../model/api.ts";
import type { Address } from "./address.ts";
import type { WireAnswer, WireRequest } from "./wire.ts";

/** Where a signed URL leads; its path and query are as good as a password and are never shown. */
export function transferHost({ url }: Transfer): string {
  return URL.canParse(url) ? new URL(url).host : "an unreadable address";
}

/**
 * The request for a transfer: no token, the given headers only (genesys-api §8).
 * @throws LockstepError `transfer-refused` for an address that is not one, or less safe than the API's own
 */
export function transferRequest(transfer: Transfer, address: Address): WireRequest {
  const { url, headers = {}, body, encoding } = transfer;
  const protocol = URL.canParse(url) ? new URL(url).protocol : "";
  if (protocol !== "https:" && protocol !== new URL(address.api).protocol) {
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
