import type { Address } from "./address.ts";
import { attachWire, networkWire } from "./http-client.ts";
import type { ConnectOptions } from "./options.ts";
import { assertReadOnly } from "./read-only.ts";
import type { SdkClient } from "./sdk.ts";
import { createSdkClient, loadSdk } from "./sdk.ts";
import { memoryWire } from "./transport.ts";
import type { Wire } from "./wire.ts";

/** The one way out of this process to an organisation. */
export interface Connection {
  /** The SDK's client; sends over a guarded wire, to the organisation's API only. */
  readonly sdk: SdkClient;
  /** For logins and signed URLs; guarded too. */
  readonly wire: Wire;
  close(): void;
}

/** How long one request may take; the SDK's 16 s (genesys-api §9.4) are short for wide lists. */
const usualTimeoutMs = 60_000;

/**
 * Opens the connection. The guard is put on here, below everything that sends, and nothing above can get at what is below it.
 * @param attemptMs how long one request may take at most, whatever the options say
 */
export function openConnection(options: ConnectOptions, address: Address, attemptMs: number): Connection {
  const sdk = loadSdk();
  const { clock, signal, transport, timeoutMs: asked = usualTimeoutMs } = options;
  const timeoutMs = Math.min(asked, attemptMs);
  const open = transport
    ? { wire: memoryWire(transport, timeoutMs, clock, signal), close: () => undefined }
    : networkWire(sdk, timeoutMs, signal);
  const mayWrite = options.access === "write";
  const wire: Wire = async (request) => {
    if (!mayWrite) assertReadOnly(request, address);
    return open.wire(request);
  };
  const client = createSdkClient(sdk, address);
  attachWire(sdk, client, async (request) => {
    if (!request.url.startsWith(`${address.api}/api/v2/`)) {
      throw new Error("The SDK was led away from the organisation's address; nothing was sent.");
    }
    return wire(request);
  });
  return { sdk: client, wire, close: () => open.close() };
}
