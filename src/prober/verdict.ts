import type { Side } from "../model/side.ts";
import type { ProbeLimits } from "./settings.ts";

/** How one request went: a status and the time it took, or why no answer came. */
export type Attempt =
  { readonly status: number; readonly ms: number } | { readonly failed: "timeout" | "network"; readonly ms: number };

/** What the organisation says about one trunk (genesys-api §5.4); undefined is what it does not say. */
export interface TrunkState {
  readonly inService: boolean;
  readonly connected: boolean | undefined;
  /** OPTIONS state by proxy; empty when the trunk sends none. */
  readonly options: readonly boolean[];
}

/** What one pass measured at one organisation. */
export interface Sample {
  /** Undefined when a token was available. */
  readonly login: Attempt | undefined;
  /** Undefined when there was no token to ask with. */
  readonly api: Attempt | undefined;
  /** The state of the watched trunks, or a code that says why it is not known. */
  readonly trunks: readonly TrunkState[] | string | undefined;
  /** A reason of our own for having measured nothing, such as `credentials-missing`. */
  readonly unmeasured?: string;
}

/** `unknown` is our own trouble (login refused, too many requests, no network): it never counts as down. */
export type Verdict = "ok" | "degraded" | "down" | "unknown";

/** A verdict and the codes that led to it. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  /** How long the API took, where it answered. */
  readonly latencyMs?: number;
}

/** Statuses that say something about our client, not about the service. */
const OURS: readonly number[] = [400, 401, 403, 404, 405, 406, 410, 415, 429];

/** Did the request not get through at all? */
function unreachable(attempt: Attempt | undefined): boolean {
  return attempt !== undefined && "failed" in attempt;
}

function judgeAttempt(what: string, attempt: Attempt, limits: ProbeLimits): Judgement {
  if ("failed" in attempt) return { verdict: "down", reasons: [`${what}-${attempt.failed}`] };
  if (OURS.includes(attempt.status)) return { verdict: "unknown", reasons: [`${what}-status-${attempt.status}`] };
  if (attempt.status < 200 || attempt.status > 299)
    return { verdict: "down", reasons: [`${what}-status-${attempt.status}`] };
  return attempt.ms > limits.latencyMs
    ? { verdict: "degraded", reasons: [`${what}-slow`] }
    : { verdict: "ok", reasons: [] };
}

/** Is the trunk known to carry no calls? Any one proxy that answers OPTIONS is enough. */
function trunkDown(trunk: TrunkState): boolean {
  if (!trunk.inService || trunk.connected === false) return true;
  return trunk.options.length > 0 && !trunk.options.includes(true);
}

function judgeTrunks(trunks: readonly TrunkState[] | string): Judgement {
  if (typeof trunks === "string") return { verdict: "unknown", reasons: [trunks] };
  const down = trunks.filter(trunkDown);
  if (down.length === 0) return { verdict: "ok", reasons: [] };
  return down.length === trunks.length
    ? { verdict: "down", reasons: ["trunks-down"] }
    : { verdict: "degraded", reasons: ["trunk-down"] };
}

/**
 * The verdict on one organisation: the worst of login, API and trunks, where "not known" outranks everything, because
 * a prober that cannot ask must not move callers.
 */
export function judge(sample: Sample, limits: ProbeLimits): Judgement {
  if (sample.unmeasured !== undefined) return { verdict: "unknown", reasons: [sample.unmeasured] };
  const parts = [
    // A slow login does not trigger failover: tokens outlive many passes.
    ...(sample.login === undefined ? [] : [judgeAttempt("login", { ...sample.login, ms: 0 }, limits)]),
    ...(sample.api === undefined ? [] : [judgeAttempt("api", sample.api, limits)]),
    ...(sample.trunks === undefined ? [] : [judgeTrunks(sample.trunks)]),
  ];
  const order: readonly Verdict[] = ["unknown", "down", "degraded", "ok"];
  const verdict = order.find((one) => parts.some((part) => part.verdict === one)) ?? "unknown";
  const latency = sample.api !== undefined && "status" in sample.api ? { latencyMs: sample.api.ms } : {};
  return { verdict, reasons: parts.flatMap(({ reasons }) => reasons), ...latency };
}

/**
 * Judges both organisations of one pass. When neither could be reached the prober has lost its own network, as far as
 * anybody can tell: each serves as the other's reference (failover §6.1).
 */
export function judgePair(
  samples: { readonly [side in Side]: Sample },
  limits: ProbeLimits,
): { readonly [side in Side]: Judgement } {
  const blind = [samples.primary, samples.standby].every(({ login, api }) => unreachable(api) || unreachable(login));
  if (blind) {
    const unknown: Judgement = { verdict: "unknown", reasons: ["prober-blind"] };
    return { primary: unknown, standby: unknown };
  }
  return { primary: judge(samples.primary, limits), standby: judge(samples.standby, limits) };
}

/** What the last passes add up to for one organisation. */
export interface Streak {
  readonly healthy: boolean;
  /** Passes in a row that speak against `healthy`. */
  readonly against: number;
}

/**
 * Where a prober without memory begins: with what was published last, so that a new container does not cut a recovery
 * short.
 * @param last the value last published, if there is one
 * @param otherwise whether it is healthy where there is none
 */
export function firstStreak(last: number | undefined, otherwise = true): Streak {
  return { healthy: last === undefined ? otherwise : last !== 0, against: 0 };
}

/**
 * Damping: so many failed passes in a row make it unhealthy, so many good ones healthy again. An unknown pass breaks
 * the row in both directions, and a degraded one counts as good: slow is not down.
 */
export function nextStreak(streak: Streak, verdict: Verdict, limits: ProbeLimits): Streak {
  const speaksAgainst = streak.healthy ? verdict === "down" : verdict === "ok" || verdict === "degraded";
  if (!speaksAgainst) return { healthy: streak.healthy, against: 0 };
  const against = streak.against + 1;
  const needed = streak.healthy ? limits.failures : limits.recoveries;
  return against >= needed ? { healthy: !streak.healthy, against: 0 } : { healthy: streak.healthy, against };
}
