/** What an answer says about the rate limit of its token (genesys-api §10). */
export interface RateFacts {
  readonly count: number;
  readonly allowed: number;
  readonly resetMs: number;
}

/** Windows are a minute long; a header that names a longer wait is not believed beyond this. */
const longestResetMs = 120_000;

type Headers = Readonly<Record<string, string>>;

function numberIn(headers: Headers, name: string): number | undefined {
  const text = headers[name]?.trim() ?? "";
  return /^\d{1,9}(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** The limit as `inin-ratelimit-*` name it; undefined unless all three are there and make sense. */
export function rateFacts(headers: Headers): RateFacts | undefined {
  const count = numberIn(headers, "inin-ratelimit-count");
  const allowed = numberIn(headers, "inin-ratelimit-allowed");
  const reset = numberIn(headers, "inin-ratelimit-reset");
  if (count === undefined || reset === undefined || allowed === undefined || allowed < 1) return undefined;
  return { count, allowed, resetMs: Math.min(reset * 1000, longestResetMs) };
}

/** How long a refused caller is asked to wait: `Retry-After` in seconds or as a date. */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const seconds = numberIn(headers, "retry-after");
  if (seconds !== undefined) return seconds * 1000;
  const date = Date.parse(headers["retry-after"] ?? "");
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
