import { defined } from "../../model/defined.ts";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Sdk, SdkClient } from "./sdk.ts";
import type { Wire, WireAnswer } from "./wire.ts";
import { failureFrom } from "./wire.ts";

/** The SDK's own HTTP client type. */
type SdkHttpClient = ReturnType<SdkClient["getHttpClient"]>;

/** A request as the SDK's HTTP clients take it. */
type SdkRequest = Parameters<SdkHttpClient["request"]>[0];

/** An answer as the SDK's HTTP clients give it. */
interface SdkAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: string;
}

/** An idle connection is dropped after so long: load balancers close idle connections without saying so. */
const idleMs = 4_000;

/** What may be repeated uses connections again; anything sent into one that was just closed breaks. */
const reusing: ReadonlySet<string> = new Set(["GET", "HEAD", "PUT"]);

/**
 * A wire over the network, on the SDK's default HTTP client. Redirects are not followed: they could lead a token away.
 * A POST, PATCH or DELETE gets a connection of its own, so that a stale one never leaves open whether it was carried out.
 */
export function networkWire(
  sdk: Sdk,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): { wire: Wire; close(): void } {
  const kept = {
    httpAgent: new HttpAgent({ keepAlive: true, timeout: idleMs }),
    httpsAgent: new HttpsAgent({ keepAlive: true, timeout: idleMs }),
  };
  const single = { httpAgent: new HttpAgent({ keepAlive: false }), httpsAgent: new HttpsAgent({ keepAlive: false }) };
  const fixed = defined({
    signal,
    timeout: timeoutMs,
    maxRedirects: 0,
    responseType: "arraybuffer",
    validateStatus: () => true,
    transformRequest: (data: unknown) => data,
    transformResponse: (data: unknown) => data,
  });
  class NetworkClient extends sdk.DefaultHttpClient {
    override toAxiosConfig(request: SdkRequest): object {
      const agents = reusing.has(request.method) ? kept : single;
      return { ...(super.toAxiosConfig(request) as object), ...agents, ...fixed };
    }
  }
  const client = new NetworkClient(timeoutMs);
  return {
    wire: async (request) => {
      const headers = withoutInventedType(request.headers);
      const options = new sdk.HttpRequestOptions(request.url, request.method, headers, {}, request.body, timeoutMs);
      try {
        return answerFrom(await client.request(options));
      } catch (error) {
        throw failureFrom(error);
      }
    },
    close: () => {
      for (const agent of [kept.httpAgent, kept.httpsAgent, single.httpAgent, single.httpsAgent]) agent.destroy();
    },
  };
}

/** Keeps axios from adding a content type: a signed URL accepts only the headers that it was signed with. */
function withoutInventedType(headers: Readonly<Record<string, string>>): Record<string, string | false> {
  const given = Object.keys(headers).some((name) => name.toLowerCase() === "content-type");
  return given ? { ...headers } : { ...headers, "Content-Type": false };
}

function answerFrom(raw: unknown): WireAnswer {
  const { status, headers, data } = raw as { status: number; headers: object; data: unknown };
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  const bytes = Buffer.isBuffer(data) ? data : Buffer.alloc(0);
  return {
    status,
    headers: Object.fromEntries(named) as Record<string, string>,
    text: new TextDecoder().decode(bytes),
    bytes,
  };
}

/** Has everything that the SDK's client sends go over the given wire. */
export function attachWire(sdk: Sdk, client: SdkClient, wire: Wire): void {
  class WiredClient extends sdk.AbstractHttpClient {
    override async request(request: SdkRequest): Promise<SdkAnswer> {
      const { method, headers = {} } = request;
      const body = request.data as string | undefined;
      const sent = headers as Record<string, string>;
      const answer = await wire({ method, url: urlOf(request), headers: sent, body });
      return { status: answer.status, statusText: "", headers: answer.headers, data: answer.text };
    }

    override enableHooks(): void {
      throw new Error("Hooks are not used: they would see tokens.");
    }
  }
  client.setHttpClient(new WiredClient());
}

function urlOf(request: SdkRequest): string {
  const query = new URLSearchParams(request.params as Record<string, string> | undefined).toString();
  if (query === "") return request.url;
  return request.url + (request.url.includes("?") ? "&" : "?") + query;
}
