import type { Clock } from "../model/ports.ts";

/** Node's timers wrap around above this many milliseconds. */
const longestTimer = 2 ** 31 - 1;

/** What an aborted sleep rejects with: the signal's reason, as an error. */
function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error("aborted", { cause: signal.reason });
}

/** Real time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: sleepForReal,
};

async function sleepForReal(ms: number, signal?: AbortSignal): Promise<void> {
  for (let left = ms; left > longestTimer; left -= longestTimer) await oneTimer(longestTimer, signal);
  await oneTimer(ms > longestTimer ? ms % longestTimer : ms, signal);
}

function oneTimer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      if (signal) reject(reasonOf(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** A clock whose time passes only while everybody sleeps. */
export interface VirtualClock extends Clock {
  /** Milliseconds that have passed since the start, none of them real. */
  elapsed(): number;
}

interface Sleeper {
  readonly deadline: number;
  wake(): void;
}

/**
 * A clock that jumps. Sleeps end in the order of their deadlines (equal ones in the order they began), one per jump;
 * a jump happens once the event loop has gone round without work for us, so that answers already on their way over a
 * loopback socket are handled first.
 * @param start the time it shows at first, in milliseconds
 */
export function virtualClock(start = 0): VirtualClock {
  let time = start;
  let armed = false;
  const sleepers: Sleeper[] = [];

  function arm(): void {
    if (armed || sleepers.length === 0) return;
    armed = true;
    // Two turns: the first ends the current one, the second is the idle turn in which sockets are polled.
    setImmediate(() => setImmediate(jump));
  }

  function jump(): void {
    armed = false;
    const next = sleepers.shift();
    if (next) {
      time = Math.max(time, next.deadline);
      next.wake();
    }
    arm();
  }

  function enqueue(sleeper: Sleeper): void {
    const later = sleepers.findIndex((other) => other.deadline > sleeper.deadline);
    sleepers.splice(later < 0 ? sleepers.length : later, 0, sleeper);
    arm();
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(reasonOf(signal));
        return;
      }
      const stop = (): void => {
        sleepers.splice(sleepers.indexOf(sleeper), 1);
        if (signal) reject(reasonOf(signal));
      };
      const sleeper: Sleeper = {
        deadline: time + Math.max(0, ms),
        wake: () => {
          signal?.removeEventListener("abort", stop);
          resolve();
        },
      };
      signal?.addEventListener("abort", stop, { once: true });
      enqueue(sleeper);
    });
  }

  return { now: () => time, sleep, elapsed: () => time - start };
}
