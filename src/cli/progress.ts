import type { Progress, RequestMeter, Sink } from "../model/ports.ts";
import { printable } from "../model/printable.ts";
import { plural } from "../report/plain.ts";
import { applyLine, sweepLine } from "../report/progress-line.ts";
import type { Context } from "./context.ts";

/** For work whose requests are sent by another process. */
const NO_REQUESTS: RequestMeter = { counts: () => ({ total: 0 }), budget: () => undefined };

/** Tells how long work goes: one line that is rewritten on a terminal, plain lines elsewhere. */
export function progressSink(context: Context, requests: RequestMeter = NO_REQUESTS): Sink {
  const { stderr, env } = context;
  const live = stderr.isTTY && (env["CI"] ?? "") === "" && env["TERM"] !== "dumb";
  return live ? liveSink(context, requests) : plainSink(context, requests);
}

interface Tally {
  kinds: number;
  kindsListed: number;
  objects: number;
  requestsLeft: number;
  /** Requests that one object of a kind takes. */
  readonly details: Map<string, number>;
  operations: number;
  failed: number;
}

function count(tally: Tally, progress: Progress): void {
  if (progress.event === "sweep-start") tally.kinds = progress.kinds;
  if (progress.event === "detail") tally.requestsLeft -= tally.details.get(progress.kind) ?? 0;
  if (progress.event === "operation") {
    tally.operations = Math.max(tally.operations, progress.left);
    if (progress.outcome === "failed") tally.failed += 1;
  }
  if (progress.event !== "listed") return;
  tally.kindsListed += 1;
  tally.objects += progress.objects;
  tally.details.set(progress.kind, progress.details);
  tally.requestsLeft += progress.objects * progress.details;
}

function plainSink({ stderr }: Context, requests: RequestMeter): Sink {
  return (progress) => {
    if (progress.event === "listed") {
      stderr.write(`${printable(progress.org)}: ${progress.kind}: ${progress.objects} listed\n`);
    }
    if (progress.event === "sweep-done") {
      const sent = plural(requests.counts().total, "request");
      stderr.write(`${printable(progress.org)}: ${plural(progress.objects, "object")} read with ${sent}\n`);
    }
    if (progress.event === "note") stderr.write(`${printable(progress.message)}\n`);
    if (progress.event === "operation" && progress.outcome !== "started") {
      stderr.write(
        `${progress.outcome}: ${progress.action} ${printable(progress.coordinate)} (${progress.left} left)\n`,
      );
    }
  };
}

/** Milliseconds between two drawings of the line. */
const REDRAW_MS = 50;

function liveSink({ stderr, clock }: Context, requests: RequestMeter): Sink {
  const tally: Tally = {
    kinds: 0,
    kindsListed: 0,
    objects: 0,
    requestsLeft: 0,
    details: new Map(),
    operations: 0,
    failed: 0,
  };
  const start = clock.now();
  let drawn = 0;
  const draw = (line: string): void => stderr.write(`\r\u001b[2K${line}`);
  return (progress) => {
    count(tally, progress);
    const seconds = (clock.now() - start) / 1000;
    const columns = stderr.columns ?? 80;
    if (progress.event === "sweep-done") {
      const sent = plural(requests.counts().total, "request");
      draw(`${printable(progress.org)}: ${plural(progress.objects, "object")}, ${sent}, ${seconds.toFixed(1)} s\n`);
    } else if (progress.event === "operation") {
      const total = tally.operations;
      const settled = total - progress.left;
      const current = `${progress.action} ${progress.coordinate}`;
      draw(applyLine({ settled, total, failed: tally.failed, current }, columns));
      if (progress.left === 0 && progress.outcome !== "started") draw(`${plural(total, "operation")} tried\n`);
    } else if (progress.event === "note") {
      draw(`${printable(progress.message)}\n`);
    } else if (clock.now() - drawn > REDRAW_MS) {
      drawn = clock.now();
      const { total: sent } = requests.counts();
      draw(sweepLine({ ...tally, org: progress.org, sent, seconds, budget: requests.budget() }, columns));
    }
  };
}
