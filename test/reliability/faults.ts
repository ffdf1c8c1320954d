import type { TransportAnswer, TransportRequest } from "../../src/platform/genesys/transport.ts";
import { SECONDS, type SecondFault } from "./second.ts";
import { isWrite, type Network, type Sent } from "./process.ts";

/** What can come in place of an answer. */
const FORMS = ["nothing", "empty", "object", "null", "page", "text", "no-ids", "short", "zero-counts"] as const;

type Form = (typeof FORMS)[number];

/** What the network or the platform does to one request, or what happens to the process at it. */
export const FAULTS = [
  "clean",
  "answer-lost",
  "refused-503",
  "down-503",
  "done-500",
  "killed-before",
  "killed-after",
  ...SECONDS,
  ...FORMS.flatMap((form) => [`wrong-${form}`, `stays-${form}`, `done-${form}`] as const),
] as const;

export type Fault = (typeof FAULTS)[number];

/** Those that strike a request on its way. */
type NetworkFault = Exclude<Fault, SecondFault>;

/** Faults of which the request in question takes effect first, so that only writes tell them from others. */
export function isAboutWrites(fault: Fault): boolean {
  return fault === "answer-lost" || fault.startsWith("done-");
}

const json = { "content-type": "application/json" };

/** Strikes the request with a number, and with `stays-` and `down-` each later one of the same address. */
export function strike(fault: NetworkFault, at: number): Network {
  let struck: string | undefined;
  return async (sent) => {
    const address = addressOf(sent.request);
    const lasts = fault.startsWith("stays-") || fault.startsWith("down-");
    if (sent.at === at) struck = address;
    else if (!lasts || struck !== address) return sent.answer();
    return struckBy(fault, sent);
  };
}

function addressOf({ method, url }: TransportRequest): string {
  return `${method} ${url.replace(/\?.*$/, "")}`;
}

async function struckBy(fault: NetworkFault, sent: Sent): Promise<TransportAnswer> {
  switch (fault) {
    case "clean":
      return sent.answer();
    case "answer-lost":
      return { ...(await sent.answer()), fault: { kind: "reset" } };
    case "refused-503":
    case "down-503":
      return refusal(503);
    case "done-500":
      await sent.answer();
      return refusal(500);
    case "killed-before":
      return sent.kill();
    case "killed-after":
      await sent.answer();
      return sent.kill();
    default:
      return wrong(fault, sent);
  }
}

function refusal(status: number): TransportAnswer {
  return { status, headers: json, body: JSON.stringify({ status, code: "service.unavailable", message: "Try again" }) };
}

async function wrong(fault: NetworkFault, sent: Sent): Promise<TransportAnswer> {
  const form = FORMS.find((name) => fault.endsWith(`-${name}`)) ?? "nothing";
  const fixed = FIXED[form];
  // A wrong answer to a write says nothing of whether it took effect.
  if (fixed !== undefined && !fault.startsWith("done-") && isWrite(sent.request)) return fixed;
  const answer = await sent.answer();
  return fixed ?? { ...answer, body: bent(form, answer) };
}

const FIXED: { readonly [form in Form]?: TransportAnswer } = {
  nothing: { status: 204, headers: {} },
  empty: { status: 200, headers: json, body: "" },
  object: { status: 200, headers: json, body: "{}" },
  null: { status: 200, headers: json, body: "null" },
  page: { status: 200, headers: { "content-type": "text/html" }, body: "<html>Sign in</html>" },
  text: { status: 200, headers: { "content-type": "text/plain" }, body: "Service restarting" },
};

/** An answer that is not quite the right one. Other texts stay. */
function bent(form: Form, { body = "" }: TransportAnswer): string | Uint8Array {
  if (typeof body !== "string" || !/^[{[]/.test(body)) return body;
  const value: unknown = JSON.parse(body);
  if (form === "no-ids") return JSON.stringify(value, (name, inner: unknown) => (name === "id" ? undefined : inner));
  if (form === "zero-counts") {
    return JSON.stringify(value, (name, inner: unknown) => (/^(member|row).*Count$/.test(name) ? 0 : inner));
  }
  return JSON.stringify(shortened(value));
}

/** A list that lost its last entity on the way; what it says about itself stays. */
function shortened(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("entities" in value) || !Array.isArray(value.entities))
    return value;
  return { ...value, entities: value.entities.slice(0, -1) };
}
