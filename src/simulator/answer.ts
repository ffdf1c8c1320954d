import { ApiError, errorBody } from "./errors.ts";
import type { FaultAction } from "./faults.ts";
import { guidFrom } from "./ids.ts";
import type { Answer, Reply, World } from "./world.ts";

function finish(reply: Reply, correlation: string, limits: Readonly<Record<string, string>>): Answer {
  const headers = { "ININ-Correlation-Id": correlation, ...limits, ...reply.headers };
  const { status, raw, json } = reply;
  if (raw) return { status, headers: { ...headers, "Content-Type": raw.type }, body: raw.body };
  if (json === undefined) return { status, headers };
  return { status, headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(json) };
}

/**
 * The answer to what `run` replies or throws; every answer has a correlation id (genesys-api §1.6). Only an ApiError
 * becomes an error answer, anything else is a mistake of the simulator and thrown on.
 */
export function guarded(
  world: World,
  run: () => Reply,
  limits: () => Readonly<Record<string, string>> = () => ({}),
): Answer {
  const correlation = guidFrom(`${world.seed}/correlation/${world.requests}`);
  try {
    return finish(run(), correlation, limits());
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { status, facts } = error;
    return finish({ status, json: errorBody(error, correlation), headers: facts.headers ?? {} }, correlation, limits());
  }
}

const faultCodes: Readonly<Partial<Record<number, string>>> = {
  401: "bad.credentials",
  404: "not.found",
  408: "client.timeout",
  409: "request.conflict",
  429: "too.many.requests",
  500: "internal.server.error",
  503: "service.unavailable",
  504: "request.timeout",
};

/** The error answer of a fault `status:NNN`. */
export function faultAnswer(world: World, status: number): Answer {
  const headers = status === 429 ? { "Retry-After": "1" } : {};
  const code = faultCodes[status] ?? "bad.request";
  return guarded(world, () => {
    throw new ApiError(status, code, "The service cannot handle the request.", { headers });
  });
}

/** What a fault `answer` answers: whatever status, type and bytes it was given, as a proxy in between might. */
export function wrongAnswer(world: World, wrong: { status: number; contentType: string; body: string }): Answer {
  const { status, contentType: type, body } = wrong;
  return guarded(world, () => ({ status, raw: { type, body } }));
}

/** The answer together with what the transport has to do to it. */
export function withFault(answer: Answer, fault: FaultAction | undefined): Answer {
  if (fault?.kind === "slow") return { ...answer, fault };
  if (fault?.kind === "hang") return { ...answer, fault: { kind: "hang" } };
  const reset = fault?.kind === "reset-before" || fault?.kind === "reset-after";
  return reset ? { ...answer, fault: { kind: "reset" } } : answer;
}
