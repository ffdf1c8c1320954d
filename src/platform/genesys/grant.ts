import type { ClientCredentials } from "../../model/client-credentials.ts";
import { ApiError, LockstepError } from "../../model/error.ts";
import type { Json, Obj } from "../../model/json.ts";
import { isObj, textOf } from "../../model/json.ts";
import type { Address } from "./address.ts";
import type { Redactor } from "../../model/redactor.ts";
import type { WireAnswer, WireRequest } from "./wire.ts";

/** A token and how long it is good for. */
export interface TokenGrant {
  readonly token: string;
  readonly validSeconds: number;
}

/** The default lifetime, for an answer that names none (genesys-api §9.1). */
const usualSeconds = 86_400;

/** The request for a token by the client credentials grant (genesys-api §9.1); hides what must not be shown. */
export function loginRequest(
  address: Address,
  { clientId, clientSecret }: ClientCredentials,
  redactor: Redactor,
): WireRequest {
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  for (const secret of [clientSecret, basic]) redactor.hide(secret);
  return {
    method: "POST",
    url: address.login,
    headers: { Authorization: `Basic ${basic}`, "Content-Type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials",
  };
}

/** Is it a success without a token? What answered may be half-started, or stand in between, so asking again may help. */
export function lacksToken({ status, text }: WireAnswer): boolean {
  const body = parsed(text);
  return status < 300 && textOf(isObj(body) ? body.access_token : undefined) === "";
}

/**
 * The token in an answer to a login.
 * @throws LockstepError `login-failed`, saying which of id, secret, kind of client and address is wrong as far as the
 * answer tells
 */
export function grantFrom(answer: WireAnswer, address: Address, redactor: Redactor): TokenGrant {
  const body = parsed(answer.text);
  if (!isObj(body) || (answer.status < 300 && Object.keys(body).length === 0))
    throw noLoginService(answer.status, address);
  const token = textOf(body.access_token);
  if (answer.status === 200 && token !== "") {
    redactor.hide(token);
    const seconds = body.expires_in;
    return { token, validSeconds: typeof seconds === "number" && seconds > 0 ? seconds : usualSeconds };
  }
  throw noGrant(answer, body, address, redactor);
}

/** Why a login was not granted, as far as the answer tells. */
function noGrant(answer: WireAnswer, body: Obj, address: Address, redactor: Redactor): LockstepError {
  const error = textOf(body.error);
  if (error === "" && (address.gateway?.pathname ?? "/") !== "/") return nothingBelow(answer.status, address);
  const description = textOf(body.description) || textOf(body.error_description) || textOf(body.message);
  const said = redactor.clean([error, description].filter((part) => part !== "").join(": "));
  const [message, hint] = reasonFor(answer.status, error, description, address);
  if (lacksToken(answer)) return noToken(answer.status, address);
  return new LockstepError(
    "login-failed",
    `${message} (status ${answer.status}${said === "" ? "" : `, ${said}`})`,
    hint,
  );
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The API answers below a path that leads nowhere like below any other; a login service names its error (RFC 6749 §5.2). */
function nothingBelow(status: number, { login, gateway }: Address): LockstepError {
  return new LockstepError(
    "login-failed",
    `${login} is not a Genesys Cloud login service (status ${status})`,
    `The baseUrl has the path ${gateway?.pathname ?? "/"}: leave it out, unless a proxy has the API below it.`,
  );
}

function noLoginService(status: number, address: Address): LockstepError {
  const message = `${address.login} is not a Genesys Cloud login service (status ${status}, no token in its answer)`;
  const hint = "Check region or baseUrl; a proxy or a login page of the network may be answering instead.";
  return status < 300 ? unusable(message, hint) : new LockstepError("login-failed", message, hint);
}

function noToken(status: number, { name }: Address): LockstepError {
  const message = `${name} answered the login without a token (status ${status})`;
  return unusable(message, "Try again later; check region, baseUrl and any proxy in between.");
}

/** A success without a token refuses nobody: it is as good as no answer. */
function unusable(message: string, hint: string): ApiError {
  return new ApiError({ status: 0, apiCode: "", code: "login-failed" }, message, hint);
}

function reasonFor(status: number, error: string, description: string, { name }: Address): [string, string] {
  if (/unauthorized_client|unsupported_grant/.test(error)) {
    return [
      `The OAuth client at ${name} does not take the client credentials grant`,
      "Create an OAuth client of the type Client Credentials and use its id and secret.",
    ];
  }
  if (/not.?found|unknown client|not exist/i.test(description)) {
    return [
      `${name} does not know the OAuth client`,
      "Check the client id, and that the region is the organisation's own.",
    ];
  }
  if (status === 401 || error === "invalid_client") {
    return [
      `${name} refused the OAuth client's credentials`,
      "Check id and secret, that the client is active, and that the region is the organisation's own.",
    ];
  }
  return [`The login at ${name} failed`, "Check region or baseUrl and the OAuth client; try again later."];
}
