import type { RateBudget } from "../model/ports.ts";
import { printable } from "../model/printable.ts";

/** How far the reading of an organisation is. */
export interface SweepState {
  readonly org: string;
  readonly kinds: number;
  readonly kindsListed: number;
  readonly objects: number;
  /** Requests sent so far. */
  readonly sent: number;
  /** Requests that are known to be needed still; what unlisted kinds will add is not known yet. */
  readonly requestsLeft: number;
  readonly seconds: number;
  readonly budget?: RateBudget | undefined;
}

/** How far an apply is. */
export interface ApplyState {
  readonly settled: number;
  readonly total: number;
  readonly failed: number;
  readonly current: string;
}

/**
 * One line for a terminal of this width (0: not known): what matters least is left out until it fits. Organisations that are
 * read at the same time are added up; the slower one says how long it takes.
 */
export function sweepLine(states: readonly SweepState[], columns: number): string {
  const sum = (of: (state: SweepState) => number): number => states.reduce((total, state) => total + of(state), 0);
  const used = sum(({ budget }) => budget?.used ?? 0);
  const allowed = sum(({ budget }) => budget?.allowed ?? 0);
  return fitted(
    [
      { rank: 3, text: `${states.map(({ org }) => printable(org)).join(" and ")}:` },
      { rank: 0, text: `${sum(({ kindsListed }) => kindsListed)}/${sum(({ kinds }) => kinds)} kinds` },
      { rank: 1, text: `${sum(({ objects }) => objects)} objects` },
      { rank: 2, text: `${sum(({ requestsLeft }) => requestsLeft)} requests left` },
      ...(allowed === 0 ? [] : [{ rank: 4, text: `rate limit ${used}/${allowed}` }]),
      { rank: 0, text: `about ${duration(Math.max(...states.map(secondsLeft)))}` },
    ],
    columns,
  );
}

/** One line for a terminal of this width (0: not known). */
export function applyLine({ settled, total, failed, current }: ApplyState, columns: number): string {
  return fitted(
    [
      { rank: 0, text: `${settled}/${total} operations` },
      ...(failed === 0 ? [] : [{ rank: 0, text: `${failed} failed` }]),
      { rank: 1, text: printable(current) },
    ],
    columns,
  );
}

/** How long the requests that are left take, at the speed so far and within the rate limit. */
export function secondsLeft({ sent, seconds, requestsLeft, budget }: SweepState): number {
  const perSecond = sent / Math.max(seconds, 0.1);
  const atThisSpeed = perSecond === 0 ? 0 : requestsLeft / perSecond;
  if (budget === undefined || budget.allowed <= 0) return atThisSpeed;
  const beyond = requestsLeft - (budget.allowed - budget.used);
  // The windows of the limit last a minute (genesys-api §10); the last one need not be waited for to its end.
  const windows = Math.ceil(beyond / budget.allowed) - 1;
  return beyond <= 0 ? atThisSpeed : Math.max(atThisSpeed, budget.resetSeconds + windows * 60);
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 100 ? `${whole} s` : `${Math.ceil(whole / 60)} min`;
}

interface Segment {
  /** The highest rank is left out first; rank 0 always stays. */
  readonly rank: number;
  readonly text: string;
}

function fitted(segments: readonly Segment[], columns: number): string {
  const line = segments
    .map(({ text }) => text)
    .join(", ")
    .replace(":,", ":");
  const highest = Math.max(...segments.map(({ rank }) => rank));
  // A pseudo-terminal that nobody gave a size, as containers have, says 0.
  const width = columns > 0 ? columns : 80;
  // The last column stays empty: a character there makes some terminals wrap.
  if (line.length < width) return line;
  if (highest > 1)
    return fitted(
      segments.filter(({ rank }) => rank < highest),
      width,
    );
  return [...line].slice(0, Math.max(0, width - 2)).join("") + "…";
}
