import type { Clock, RateBudget } from "../../model/ports.ts";
import type { RateFacts } from "./rate-headers.ts";

/** Keeps each token of a pool inside its own window (the limit is per token, genesys-api §10). */
export interface Limiter {
  /** Waits until some token may send and counts the request against it; gives the token's number. */
  enter(signal?: AbortSignal): Promise<number>;
  /** The request's answer came, or none will; with what the answer said about the limit. */
  leave(slot: number, facts: RateFacts | undefined): void;
  /** The token was refused: it sends nothing for so long. */
  block(slot: number, ms: number): void;
  /** The slot has a new token, and with it a fresh window. */
  renew(slot: number): void;
  budget(): RateBudget | undefined;
  /** How many requests had to wait for room so far. */
  waits(): number;
}

interface Window {
  allowed: number | undefined;
  /** Requests of this window that an answer has confirmed. */
  counted: number;
  /** Requests that are under way. */
  inFlight: number;
  resetsAt: number;
  blockedUntil: number;
}

/** Reset times are whole seconds: two answers whose resets are this close belong to the same window. */
const sameWindowMs = 2_000;

/** Creates a limiter for so many tokens; the first is used until it is spent, so that later ones are rarely needed. */
export function createLimiter(tokens: number, clock: Clock): Limiter {
  const windows = Array.from({ length: Math.max(1, tokens) }, fresh);
  let waiting: (() => void)[] = [];
  /** What the last answer allows besides the request that proves a new token: no window that no answer has told of is filled beyond it. */
  let usual = Infinity;
  let waits = 0;
  const isFull = (window: Window): boolean => isSpent(window) || window.inFlight >= (window.allowed ?? usual);

  function at(slot: number): Window {
    const window = windows[slot];
    if (!window) throw new RangeError(`no token ${slot}`);
    return window;
  }

  function somethingLeaves(): Promise<void> {
    return new Promise((resolve) => waiting.push(resolve));
  }

  async function enter(signal?: AbortSignal): Promise<number> {
    for (let turns = 0; ; turns += 1) {
      if (turns === 1) waits += 1;
      signal?.throwIfAborted();
      const now = clock.now();
      windows.forEach((window) => rollOver(window, now));
      const open = windows.findIndex((window) => opensAt(window) <= now && !isFull(window));
      if (open >= 0) {
        at(open).inFlight += 1;
        return open;
      }
      // Answers still under way may correct the count and name a later reset: sleep only when all of them are in.
      if (windows.some((window) => isFull(window) && window.inFlight > 0)) await somethingLeaves();
      else await clock.sleep(Math.min(...windows.map(opensAt)) - now, signal);
    }
  }

  function leave(slot: number, facts: RateFacts | undefined): void {
    const window = at(slot);
    window.inFlight -= 1;
    if (facts) {
      learn(window, facts, clock.now());
      usual = Math.max(1, facts.allowed - 1);
    } else if (window.allowed !== undefined) window.counted += 1;
    const woken = waiting;
    waiting = [];
    woken.forEach((wake) => wake());
  }

  function budget(): RateBudget | undefined {
    const known = windows.filter((window) => window.allowed !== undefined);
    if (known.length === 0) return undefined;
    const now = clock.now();
    known.forEach((window) => rollOver(window, now));
    return {
      allowed: known.reduce((sum, window) => sum + (window.allowed ?? 0), 0),
      used: known.reduce((sum, window) => sum + window.counted, 0),
      resetSeconds: Math.ceil(Math.max(0, Math.min(...known.map((window) => window.resetsAt)) - now) / 1000),
    };
  }

  return {
    enter,
    leave,
    block: (slot, ms) => {
      at(slot).blockedUntil = Math.max(at(slot).blockedUntil, clock.now() + ms);
    },
    renew: (slot) => {
      windows[slot] = { ...fresh(), inFlight: at(slot).inFlight };
    },
    budget,
    waits: () => waits,
  };
}

function fresh(): Window {
  return { allowed: undefined, counted: 0, inFlight: 0, resetsAt: 0, blockedUntil: 0 };
}

/** Forgets a window that is over. What the next one allows is known once an answer says so. */
function rollOver(window: Window, now: number): void {
  if (window.allowed === undefined || now < window.resetsAt) return;
  window.allowed = undefined;
  window.counted = 0;
}

function isSpent(window: Window): boolean {
  return window.allowed !== undefined && window.counted + window.inFlight >= window.allowed;
}

function opensAt(window: Window): number {
  return Math.max(window.blockedUntil, isSpent(window) ? window.resetsAt : 0);
}

function learn(window: Window, facts: RateFacts, now: number): void {
  const resetsAt = now + facts.resetMs;
  const same = window.allowed !== undefined && Math.abs(resetsAt - window.resetsAt) <= sameWindowMs;
  // Answers overtake one another: inside one window the highest count is the latest.
  window.counted = same ? Math.max(window.counted, facts.count) : facts.count;
  window.resetsAt = same ? Math.max(window.resetsAt, resetsAt) : resetsAt;
  window.allowed = facts.allowed;
}
