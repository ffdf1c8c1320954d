import { LockstepError } from "../../model/error.ts";
import type { Answer, Call } from "../../model/api.ts";
import type { Json } from "../../model/json.ts";
import type { SdkClient } from "./sdk.ts";
import type { WireAnswer } from "./wire.ts";
import { WireFailure } from "./wire.ts";

/** Verb and path template of an operation. */
export function operationParts(call: Call): { method: string; template: string } {
  const [method = "", template = ""] = call.op.split(" ");
  return { method, template };
}

/**
 * Refuses values that would turn a path into another one: an empty value and dots vanish when URLs are parsed, even
 * when they are percent-encoded.
 * @throws LockstepError `path-value-invalid`
 */
export function assertPathValues(call: Call): void {
  for (const [, name = ""] of call.op.matchAll(/\{([\w-]+)\}/g)) {
    const value = call.path?.[name];
    if (value !== undefined && !/^\.{0,2}$|\p{Surrogate}/u.test(value)) continue;
    throw new LockstepError(
      "path-value-invalid",
      `${call.op}: ${JSON.stringify(value ?? null)} cannot stand for {${name}} in a path`,
      "An object whose name is empty or consists of dots cannot be addressed by name; rename it.",
    );
  }
}

/** What the SDK resolves to when it is asked for extended responses. */
interface ExtendedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Sends one call through the SDK with the given token. The body goes as text: axios would drop a key `__proto__`. */
export async function sendCall(client: SdkClient, call: Call, token: string): Promise<WireAnswer> {
  const { method, template } = operationParts(call);
  const json = ["application/json"];
  const query: object = { ...call.query };
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const authorization = { Authorization: `Bearer ${token}` };
  const sent = client.callApi(
    template,
    method,
    { ...call.path },
    query as Record<string, object>,
    {},
    {},
    body,
    [],
    json,
    json,
    authorization,
  );
  const { status, headers, body: data } = (await sent) as ExtendedResponse;
  return { status, headers, text: typeof data === "string" ? data : "" };
}

/**
 * An answer with its JSON parsed.
 * @throws WireFailure for a success whose JSON is cut off, or that is a web page of something in between
 */
export function readAnswer({ status, headers, text }: WireAnswer): Answer {
  const type = headers["content-type"] ?? "";
  // Only a text can be empty and still be an answer; where JSON was promised, nothing came.
  if (text === "") return status === 200 && !/\bjson\b/i.test(type) ? { status, text } : { status };
  const success = status < 400;
  if (success && /\bhtml\b/i.test(type)) throw new WireFailure("broken", "WEB_PAGE_INSTEAD_OF_DATA");
  if (!/\bjson\b/i.test(type)) return { status, text };
  try {
    return { status, body: JSON.parse(text) as Json };
  } catch {
    if (success) throw new WireFailure("broken", "JSON_CUT_OFF");
    return { status, text };
  }
}
