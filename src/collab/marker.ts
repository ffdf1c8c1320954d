import type { HostText, Run } from "../model/code-host.ts";
import type { DriftReport } from "../model/report.ts";
import { digestText } from "../canonical/digest.ts";

/** What a comment or an issue is about: the same for every run on one pair of organisations in one environment. */
export function pairKey({ source, target }: Pick<DriftReport, "source" | "target">, environment: string): string {
  return digestText(JSON.stringify([source.id, target.id, environment])).slice(0, 16);
}

/** What the first line of our texts tells. */
export interface Marker {
  readonly key: string;
  readonly run: Run;
  /** The commit that the text is about. */
  readonly head: string;
}

/** The first line of a text of ours: hidden, and read again by the next run. */
export function markerLine({ key, run, head }: Marker): string {
  return `<!-- lockstep:${key} run=${run.number}.${run.attempt} head=${head} -->`;
}

const MARKER = /^<!-- lockstep:([0-9a-f]{16}) run=(\d{1,12})\.(\d{1,6}) head=([0-9a-f]{0,64}) -->\r?(?:\n|$)/;

/** The marker of a text. Only its first line counts: what follows shows names of objects, which may look like one. */
function markerOf(body: string): Marker | undefined {
  const [, key, number, attempt, head] = MARKER.exec(body) ?? [];
  if (key === undefined || head === undefined) return undefined;
  return { key, run: { number: Number(number), attempt: Number(attempt) }, head };
}

/** A text of ours with its marker. */
export interface Marked {
  readonly id: number;
  readonly marker: Marker;
}

/** Our texts about one pair, the oldest first. */
export function ownTexts(texts: readonly HostText[], key: string): Marked[] {
  return texts
    .flatMap(({ id, body, isTrusted }) => {
      const marker = isTrusted ? markerOf(body) : undefined;
      return marker?.key === key ? [{ id, marker }] : [];
    })
    .sort((a, b) => a.id - b.id);
}

/** Is the first run later than the second, or the same? */
export function isNotOlder(run: Run, than: Run): boolean {
  return run.number === than.number ? run.attempt >= than.attempt : run.number > than.number;
}
