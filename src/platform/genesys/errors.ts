import type { ErrorCode } from "../../model/catalogue/codes.ts";
import { ApiError, LockstepError } from "../../model/error.ts";
import type { Json, Obj } from "../../model/json.ts";
import { isObj, objectsOf, textOf } from "../../model/json.ts";
import type { Redactor } from "../../model/redactor.ts";
import { LOOK_FIRST } from "../../model/unclear-write.ts";
import { conflictCode, permissionsIn } from "./error-body.ts";
import type { WireAnswer, WireFailure } from "./wire.ts";

/** What an error is about. */
export interface FailedRequest {
  /** The operation or transfer, as in `GET /api/v2/flows/{flowId}`. */
  readonly what: string;
  /** May an attempt have been carried out? */
  readonly unclear: boolean;
  readonly attempts: number;
}

interface Reading {
  readonly code: ErrorCode;
  readonly hint: string;
}

/** The error for an answer that refuses (any status that the caller did not expect). */
export function refusedError(answer: WireAnswer, failed: FailedRequest, redactor: Redactor): ApiError {
  const body = bodyOf(answer.text);
  const apiCode = redactor.clean(textOf(body.code));
  const permissions = permissionsIn(body).map((name) => redactor.clean(name));
  const { code, hint } = readingOf(answer.status, body, failed, permissions);
  const detail = redactor.clean(detailOf(body)) || "refused without a reason";
  const correlation = answer.headers["inin-correlation-id"] ?? textOf(body.contextId);
  const facts = [
    `status ${answer.status}${apiCode === "" ? "" : ` ${apiCode}`}`,
    ...(failed.attempts > 1 ? [`${failed.attempts} attempts`] : []),
    ...(correlation === "" ? [] : [`correlation id ${redactor.clean(correlation)}`]),
  ];
  const refused = { status: answer.status, apiCode, code };
  return new ApiError(refused, `${failed.what}: ${detail} (${facts.join(", ")})`, hint);
}

function bodyOf(text: string): Obj {
  try {
    const body = JSON.parse(text) as Json;
    return isObj(body) ? body : {};
  } catch {
    return {};
  }
}

function detailOf(body: Obj): string {
  const nested = objectsOf(body.errors).map((error) => textOf(error.message));
  const fields = objectsOf(body.details).map((detail) =>
    [textOf(detail.fieldName), textOf(detail.errorCode)].filter((part) => part !== "").join(" "),
  );
  const message =
    textOf(body.message) || textOf(body.error_description) || textOf(body.description) || textOf(body.error);
  const more = [...nested, ...fields].filter((part) => part !== "" && !message.includes(part));
  return [message, ...new Set(more)].filter((part) => part !== "").join("; ");
}

function readingOf(status: number, body: Obj, failed: FailedRequest, permissions: readonly string[]): Reading {
  const conflict = conflictCode(status, body);
  const mayPass = conflict !== undefined || status === 408 || status === 429 || status >= 500;
  if (failed.unclear && mayPass) return { code: "outcome-unknown", hint: LOOK_FIRST };
  if (status === 403) return missingPermission(permissions);
  if (conflict !== undefined) return { code: conflict, hint: CONFLICTS[conflict] };
  const known = READINGS.get(status);
  if (known !== undefined) return known;
  return status >= 500 ? SERVER_ERROR : REFUSED;
}

function missingPermission(permissions: readonly string[]): Reading {
  const named = permissions.length > 0 ? permissions.join(", ") : "the permission that this operation needs";
  return {
    code: "permission-missing",
    hint: `Give the OAuth client a role with ${named}, in every division that counts.`,
  };
}

const CONFLICTS = {
  "version-conflict": "Somebody changed the object meanwhile. Compare again and make a new plan.",
  conflict: "The object clashes with another one or is in use; the message says with which.",
} as const;

const SERVER_ERROR: Reading = {
  code: "server-error",
  hint: "Genesys Cloud has a problem; its status page may know more. Try again later.",
};

const REFUSED: Reading = {
  code: "request-refused",
  hint: "The request does not fit what the organisation accepts; the message says why.",
};

const GONE: Reading = {
  code: "not-found",
  hint: "The object is gone, or in a division that the OAuth client may not see.",
};

const READINGS: ReadonlyMap<number, Reading> = new Map([
  [
    401,
    {
      code: "not-authorized",
      hint: "The token is refused even when it is new: check the OAuth client and its allowed IP addresses.",
    },
  ],
  [404, GONE],
  [408, SERVER_ERROR],
  [410, GONE],
  [
    429,
    {
      code: "rate-limited",
      hint: "Other programs may be using the same OAuth client; try later or raise its rate limit.",
    },
  ],
]);

/** The error for a request that got no answer. */
export function unansweredError(failure: WireFailure, failed: FailedRequest, host: string): ApiError {
  const tried = failed.attempts > 1 ? `, ${failed.attempts} attempts` : "";
  const error = (code: ErrorCode, text: string, hint: string): ApiError =>
    new ApiError({ status: 0, apiCode: "", code }, `${failed.what}: ${text} (${failure.system}${tried})`, hint);
  if (failed.unclear) return error("outcome-unknown", `no answer from ${host}`, LOOK_FIRST);
  switch (failure.kind) {
    case "unreached":
      return error(
        "no-network",
        `${host} cannot be reached`,
        "Check the network, the address and the proxy settings (HTTPS_PROXY, NO_PROXY).",
      );
    case "untrusted":
      return error(
        "certificate-refused",
        `the certificate of ${host} is not trusted`,
        "Check the address; behind an inspecting proxy set NODE_EXTRA_CA_CERTS.",
      );
    case "not-tls":
      return error(
        "no-network",
        `${host} does not answer with TLS`,
        "Check the port; a baseUrl whose port serves plain HTTP begins with http://.",
      );
    case "timed-out":
      return error(
        "timed-out",
        `no answer from ${host} in time`,
        "The service or the network is slow. Try again later.",
      );
    case "broken":
    case "aborted":
      return error("no-network", `the connection to ${host} broke off`, "Check the network and try again.");
  }
}

/** The error for work that was cancelled. */
export function interruptedError(): LockstepError {
  return new LockstepError("interrupted", "Interrupted before it was done", "Run the same command again to go on.");
}
