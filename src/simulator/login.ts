import { ApiError } from "./errors.ts";
import { tokenFrom } from "./ids.ts";
import type { Json } from "./json.ts";
import { numberAt } from "./json.ts";
import { entryOf } from "./store.ts";
import type { Entry, Org, Reply, SimulatorRequest, Token, World } from "./world.ts";

/** The organisation and client entry that an OAuth client id belongs to. */
export function clientEntry(world: World, clientId: string): { org: Org; entry: Entry } | undefined {
  for (const org of world.orgs.values()) {
    const entry = entryOf(org, "oauth-client", clientId);
    if (entry) return { org, entry };
  }
  return undefined;
}

/** Client id and secret from the Basic header or the form, as RFC 6749 §2.3.1 allows both. */
export function loginAttempt(request: SimulatorRequest): { id: string; secret: string; grant: string } {
  const form = new URLSearchParams(bodyText(request));
  const basic = /^basic\s+(.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const [id = "", ...rest] = basic === undefined ? [] : Buffer.from(basic, "base64").toString("utf8").split(":");
  return {
    id: id || (form.get("client_id") ?? ""),
    secret: rest.length > 0 ? rest.join(":") : (form.get("client_secret") ?? ""),
    grant: form.get("grant_type") ?? "",
  };
}

function bodyText(request: SimulatorRequest): string {
  const { body } = request;
  return body === undefined ? "" : typeof body === "string" ? body : new TextDecoder().decode(body);
}

function refusal(status: number, error: string, description: string): Reply {
  return { status, json: { error, description, error_description: description } };
}

/** `POST /oauth/token`: a token for the client credentials grant (genesys-api §9.1). */
export function issueToken(world: World, request: SimulatorRequest): Reply {
  const { id, secret, grant } = loginAttempt(request);
  if (grant !== "client_credentials") return refusal(400, "unsupported_grant_type", "unsupported grant type");
  const found = clientEntry(world, id);
  if (!found) return refusal(400, "invalid_client", "client not found: the region may be wrong");
  const { org, entry } = found;
  if (entry.hidden.secret !== secret) return refusal(401, "invalid_client", "authentication failed");
  if (entry.data.state === "inactive" || entry.data.state === "disabled") {
    return refusal(401, "invalid_client", "client is not active");
  }
  world.logins += 1;
  const token: Token = {
    text: tokenFrom(`${world.seed}/${id}/${secret}/${world.logins}`),
    org: org.name,
    clientId: id,
    issuedAt: world.clock.now(),
    validSeconds: numberAt(entry.data.accessTokenValiditySeconds, 86_400),
    windowStart: 0,
    windowCount: 0,
  };
  world.tokens.set(token.text, token);
  const json: Json = { access_token: token.text, token_type: "bearer", expires_in: lifetime(world, token) };
  return { status: 200, json };
}

function lifetime(world: World, token: Token): number {
  const limit = world.settings.tokenSeconds;
  return limit > 0 ? Math.min(limit, token.validSeconds) : token.validSeconds;
}

/** When the token stops being accepted. */
export function expiryOf(world: World, token: Token): number {
  return token.issuedAt + lifetime(world, token) * 1000;
}

/** The bearer token of a request, "" when it has none. */
export function bearerOf(request: SimulatorRequest): string {
  return /^bearer\s+(.+)$/i.exec(request.headers.authorization ?? "")?.[1]?.trim() ?? "";
}

/** The token that a request carries; throws 401 for none, an unknown or an expired one. */
export function tokenOf(world: World, request: SimulatorRequest): Token {
  const bearer = bearerOf(request);
  if (bearer === "") {
    throw new ApiError(
      401,
      "authentication.required",
      "No authentication bearer token specified in authorization header.",
    );
  }
  const token = world.tokens.get(bearer);
  const client = token && world.orgs.get(token.org)?.state.collections.get("oauth-client")?.get(token.clientId);
  if (!token || !client || world.clock.now() >= expiryOf(world, token)) {
    throw new ApiError(401, "bad.credentials", "Invalid login credentials.");
  }
  return token;
}
