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
  "list-behind-once",
  "list-stays-behind",
  "reads-lag",
  "reads-lag-killed-after",
  ...FORMS.flatMap((form) => [`wrong-${form}`, `stays-${form}`, `done-${form}`] as const),
] as const;

export type Fault = (typeof FAULTS)[number];

/** Those that strike a request on its way. */
type NetworkFault = Exclude<Fault, SecondFault>;

/** Faults of which the request in question takes effect first, so that only writes tell them from others. */
export function isAboutWrites(fault: Fault): boolean {
  return fault === "answer-lost" || fault === "reads-lag-killed-after" || fault.startsWith("done-");
}

const json = { "content-type": "application/json" };

/** Strikes the request with a number, and with `stays-` and `down-` each later one of the same address. */
export function strike(fault: NetworkFault, at: number): Network {
  let struck: string | undefined;
  return async (sent) => {
    const address = addressOf(sent.request);
    const lasts = /^stays-|^down-|-stays-/.test(fault);
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
    case "reads-lag":
      return sent.answer();
    case "list-behind-once":
    case "list-stays-behind":
      return behind(sent);
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
    case "reads-lag-killed-after":
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

/** How long reads do not see a new object under a fault; of the others none is late (genesys-api §1.7). */
export function lagOf(fault: Fault): number {
  return fault.startsWith("reads-lag") ? 3_000 : 0;
}

/** Lists of what is part of an object name it; what they leave out, nothing else can tell. */
const OF_AN_OBJECT = /\/[0-9a-f]{8}-[0-9a-f-]{27}(\/|$)/;

/** A list of objects that does not have one yet, and says nothing of it: read by its id it is there. */
async function behind(sent: Sent): Promise<TransportAnswer> {
  const answer = await sent.answer();
  const { body = "" } = answer;
  if (OF_AN_OBJECT.test(sent.request.url) || isWrite(sent.request) || typeof body !== "string") return answer;
  if (!body.startsWith("{")) return answer;
  const list = JSON.parse(body) as { entities?: unknown; total?: unknown };
  if (!Array.isArray(list.entities)) return answer;
  const total = typeof list.total === "number" && list.entities.length > 0 ? { total: list.total - 1 } : {};
  return { ...answer, body: JSON.stringify({ ...(shortened(list) as object), ...total }) };
}

/** A list that lost its last entity on the way; what it says about itself stays. */
function shortened(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("entities" in value) || !Array.isArray(value.entities))
    return value;
  return { ...value, entities: value.entities.slice(0, -1) };
}
