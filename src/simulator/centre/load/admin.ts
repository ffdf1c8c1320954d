import type { SeedValue } from "../types.ts";

/** A request in memory, as the simulator's core takes it. */
export interface SeedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** The simulator's core, or anything that answers like it. */
export type Handle = (
  request: SeedRequest,
) => Promise<{ readonly status: number; readonly body?: string | Uint8Array | undefined }>;

/** A request of the seed that was refused: which object, and what the answer said. */
export class SeedError extends Error {
  override readonly name = "SeedError";
}

/** Sends JSON requests as an organisation's administrator; gives the parsed answer, null for an empty one. */
export type Admin = (method: string, path: string, body?: SeedValue) => Promise<SeedValue>;

const text = (body: string | Uint8Array | undefined): string =>
  body === undefined ? "" : typeof body === "string" ? body : new TextDecoder().decode(body);

/** Sends one request with any headers. @throws SeedError when the answer is not a success */
export async function send(handle: Handle, request: SeedRequest): Promise<SeedValue> {
  const answer = await handle(request);
  const content = text(answer.body);
  if (answer.status >= 400) {
    throw new SeedError(`${request.method} ${request.url}: ${String(answer.status)} ${content}\n${text(request.body)}`);
  }
  return content === "" ? null : (JSON.parse(content) as SeedValue);
}

/** An administrator of the organisation that the token belongs to. */
export function adminOf(handle: Handle, token: string): Admin {
  const headers = { host: "simulator.invalid", authorization: `Bearer ${token}`, "content-type": "application/json" };
  return (method, path, body) =>
    send(handle, { method, url: path, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}
