import type { Clock } from "../../model/ports.ts";
import type { Wire } from "./wire.ts";
import { WireFailure } from "./wire.ts";

/** A request for a transport in memory; `url` is path and query. */
export interface TransportRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array | undefined;
}

/** What a transport in memory answers; `fault` is how the connection behaves badly. */
export interface TransportAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly fault?: { readonly kind: "reset" | "hang" } | { readonly kind: "slow"; readonly ms: number };
}

/** Something in this process that answers in place of the network, such as a simulated organisation. */
export interface Transport {
  handle(request: TransportRequest): Promise<TransportAnswer>;
}

/** A wire that asks a transport in memory. Bad connections behave as they would on a network, in the clock's time. */
export function memoryWire(transport: Transport, timeoutMs: number, clock: Clock, signal?: AbortSignal): Wire {
  return async (request) => {
    const url = new URL(request.url);
    if (signal?.aborted) throw new WireFailure("aborted", "ERR_CANCELED");
    const headers = Object.entries({ host: url.host, ...request.headers });
    const { status, body, fault, ...answer } = await transport.handle({
      method: request.method,
      url: url.pathname + url.search,
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      body: request.body,
    });
    if (fault?.kind === "reset") throw new WireFailure("broken", "ECONNRESET");
    const delay = delayOf(fault);
    if (delay > 0) await clock.sleep(Math.min(delay, timeoutMs), signal);
    if (delay >= timeoutMs) throw new WireFailure("timed-out", "ECONNABORTED");
    return {
      status,
      headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value])),
      ...(typeof body === "string"
        ? { text: body }
        : { text: new TextDecoder().decode(body), bytes: body ?? new Uint8Array() }),
    };
  };
}

function delayOf(fault: TransportAnswer["fault"]): number {
  if (fault === undefined) return 0;
  return fault.kind === "slow" ? fault.ms : Infinity;
}
