import { ApiError } from "./errors.ts";
import type { Token, World } from "./world.ts";

const windowMs = 60_000;

/**
 * Counts one request against the token's window of a minute and gives the headers that every answer carries
 * (genesys-api §10). Throws 429 with `Retry-After` once the window is used up.
 */
export function countRequest(world: World, token: Token): Record<string, string> {
  const now = world.clock.now();
  const allowed = world.settings.ratePerMinute;
  if (now - token.windowStart >= windowMs) {
    token.windowStart = now;
    token.windowCount = 0;
  }
  if (allowed <= 0) return {};
  const reset = String(Math.max(1, Math.ceil((token.windowStart + windowMs - now) / 1000)));
  const refused = token.windowCount >= allowed;
  if (!refused) token.windowCount += 1;
  const headers = {
    "inin-ratelimit-count": String(token.windowCount),
    "inin-ratelimit-allowed": String(allowed),
    "inin-ratelimit-reset": reset,
  };
  if (!refused) return headers;
  throw new ApiError(
    429,
    "too.many.requests",
    `Rate limit exceeded the maximum [${allowed}] requests within [60] seconds`,
    {
      params: { maxRequests: String(allowed), seconds: "60" },
      headers: { ...headers, "Retry-After": reset },
    },
  );
}
