/** How far the servers' clock is ahead of ours. */
export interface Skew {
  learn(headers: Readonly<Record<string, string>>, sentAt: number, receivedAt: number): void;
  ms(): number | undefined;
}

/** `Date` headers are cut to whole seconds: on average half a second is missing. */
const cutOffMs = 500;

/** Creates a skew that knows nothing yet; the answer that came fastest is believed. */
export function createSkew(): Skew {
  let best: { trip: number; skew: number } | undefined;
  return {
    learn: (headers, sentAt, receivedAt) => {
      const date = Date.parse(headers.date ?? "");
      const trip = receivedAt - sentAt;
      if (Number.isNaN(date) || (best && best.trip <= trip)) return;
      best = { trip, skew: Math.round(date + cutOffMs - (sentAt + receivedAt) / 2) };
    },
    ms: () => best?.skew,
  };
}
