import { setMaxListeners } from "node:events";
import type { Clock } from "../../model/ports.ts";

/** When a run is being stopped, and when what is under way is broken off. */
export interface Stop {
  /** Aborted when nothing may go on any longer; undefined where nobody can stop the run. */
  readonly signal: AbortSignal | undefined;
  /** Something must not be broken off until the returned function is called. */
  hold(): () => void;
}

/** So long what is held may take to end after the run was stopped. A second Ctrl-C ends the process at once. */
const PATIENCE_MS = 10_000;

/**
 * Follows a signal, but waits for what is held, for a while.
 * @param wanted aborted when the run is to end
 */
export function createStop(wanted: AbortSignal | undefined, clock: Clock): Stop {
  if (wanted === undefined) return { signal: undefined, hold: () => () => undefined };
  const late = new AbortController();
  // Every request and wait under way listens to it.
  setMaxListeners(0, late.signal);
  const held = new Set<object>();
  const end = (): void => late.abort(wanted.reason);
  const stopped = (): void => {
    if (held.size === 0) end();
    else void clock.sleep(PATIENCE_MS, late.signal).then(end, () => undefined);
  };
  if (wanted.aborted) end();
  else wanted.addEventListener("abort", stopped, { once: true });
  return {
    signal: late.signal,
    hold: () => {
      const mark = {};
      held.add(mark);
      return () => {
        held.delete(mark);
        if (wanted.aborted && held.size === 0) end();
      };
    },
  };
}
