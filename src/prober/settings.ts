import { LockstepError } from "../model/error.ts";
import { isObj, type Json, type Obj } from "../model/json.ts";
import type { Side } from "../model/side.ts";

/** How one organisation is probed; nothing in here is a secret. */
export type ProbedOrg = {
  /** Origin of the API, such as `https://api.mypurecloud.ie`; no slash at the end. */
  readonly api: string;
  /** Where tokens come from, such as `https://login.mypurecloud.ie/oauth/token`. */
  readonly login: string;
  /** ARN of the secret that holds `{"clientId", "clientSecret"}`. */
  readonly secretArn: string;
  /** Names of the trunks that carry calls; empty means every external trunk in service, one of which there has to be. */
  readonly trunks: readonly string[];
};

/** When something is slow, when it has failed, and how often in a row that has to happen. */
export type ProbeLimits = {
  /** An answer that takes longer is slow: degraded, not down (failover S1-9). */
  readonly latencyMs: number;
  /** After this time there is no answer (failover S1-9). */
  readonly timeoutMs: number;
  /** Failed passes in a row until 0 is published (failover S0-13). */
  readonly failures: number;
  /** Good passes in a row until 1 is published again (failover S4-21: 20 passes of 15 s are five minutes). */
  readonly recoveries: number;
  readonly passes: number;
  readonly passEveryMs: number;
};

/** What the stack hands to the prober in its environment. */
export type ProberSettings = {
  /** Namespace of the metrics. */
  readonly namespace: string;
  /** Dimension `Pair` of the metrics: tells several pairs in one account apart. */
  readonly pair: string;
  readonly sides: { readonly [side in Side]: ProbedOrg };
  readonly limits: ProbeLimits;
};

/** The name of the environment variable that holds the settings. */
export const SETTINGS_VARIABLE = "LOCKSTEP_PROBER";

/** The figures of the guides: 150 ms, 5 s, three in a row, four passes a minute. */
export const DEFAULT_LIMITS: ProbeLimits = {
  latencyMs: 150,
  timeoutMs: 5000,
  failures: 3,
  recoveries: 20,
  passes: 4,
  passEveryMs: 15_000,
};

const ORG_TEXTS = ["api", "login", "secretArn"] as const;

/**
 * Reads the settings that the stack wrote.
 * @throws LockstepError `prober-settings` when the text is missing or not what the stack writes
 */
export function parseSettings(text: string | undefined): ProberSettings {
  const value = parsed(text);
  if (typeof value.namespace !== "string" || typeof value.pair !== "string") throw broken("namespace or pair");
  if (!isObj(value.sides) || !isProbed(value.sides.primary) || !isProbed(value.sides.standby)) throw broken("sides");
  if (!isObj(value.limits)) throw broken("limits");
  for (const name of Object.keys(DEFAULT_LIMITS)) {
    const limit = value.limits[name];
    if (typeof limit !== "number" || !(limit > 0)) throw broken(`limits.${name}`);
  }
  return value as ProberSettings;
}

function parsed(text: string | undefined): Obj {
  if (text === undefined) throw broken("everything");
  try {
    const value = JSON.parse(text) as Json;
    if (isObj(value)) return value;
  } catch {
    // Said below: the text itself is not repeated.
  }
  throw broken("everything");
}

function isProbed(value: Json | undefined): boolean {
  if (!isObj(value) || !Array.isArray(value.trunks)) return false;
  return ORG_TEXTS.every((name) => typeof value[name] === "string" && value[name] !== "");
}

function broken(what: string): LockstepError {
  return new LockstepError(
    "prober-settings",
    `The prober's settings lack ${what}`,
    `The dns stack writes ${SETTINGS_VARIABLE}: bring it up again instead of editing the function.`,
  );
}
