import type { Progress, ProgressOf, RequestMeter, Sink } from "../model/ports.ts";
import { printable } from "../model/printable.ts";
import { plural } from "../report/plain.ts";
import { applyLine, sweepLine } from "../report/progress-line.ts";
import type { Context } from "./context.ts";

/** For work whose requests are sent by another process. */
const NO_REQUESTS: RequestMeter = { counts: () => ({ total: 0 }), budget: () => undefined };

/**
 * Tells how long work goes: one line that is rewritten on a terminal, plain lines elsewhere. Work that goes on at the same time
 * shares that line.
 */
export function progressBoard(context: Context): ProgressOf {
  const { stderr, env } = context;
  const isLive = stderr.isTTY && (env["CI"] ?? "") === "" && env["TERM"] !== "dumb";
  const sweeps = createSweeps(context);
  const quiet = isLive ? undefined : createQuietLines(context, sweeps);
  return (requests = NO_REQUESTS) => {
    const tally = newTally(requests, context.clock.now());
    const show = quiet === undefined ? liveSink(context, sweeps, tally) : plainSink(quiet, tally);
    return (progress) => {
      count(tally, progress);
      sweeps.note(tally, progress);
      show(progress);
    };
  };
}

interface Tally {
  readonly requests: RequestMeter;
  readonly start: number;
  org: string;
  kinds: number;
  kindsListed: number;
  objects: number;
  requestsLeft: number;
  /** Requests that one object of a kind takes. */
  readonly details: Map<string, number>;
  operations: number;
  failed: number;
}

function newTally(requests: RequestMeter, start: number): Tally {
  const zero = { org: "", kinds: 0, kindsListed: 0, objects: 0, requestsLeft: 0, operations: 0, failed: 0 };
  return { requests, start, details: new Map(), ...zero };
}

function count(tally: Tally, progress: Progress): void {
  if (progress.event === "sweep-start") {
    tally.org = progress.org;
    tally.kinds = progress.kinds;
  }
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

/** The organisations that are being read. */
interface Sweeps {
  note(tally: Tally, progress: Progress): void;
  readonly count: number;
  /** How far they are, in one line. */
  line(columns: number): string;
}

function createSweeps({ clock }: Context): Sweeps {
  const active = new Set<Tally>();
  return {
    note: (tally, { event }) => {
      if (event === "sweep-start") active.add(tally);
      if (event === "sweep-done" || event === "sweep-failed") active.delete(tally);
    },
    get count() {
      return active.size;
    },
    line: (columns) => {
      const states = [...active].map(({ requests, start, ...tally }) => {
        const seconds = (clock.now() - start) / 1000;
        return { ...tally, sent: requests.counts().total, seconds, budget: requests.budget() };
      });
      return sweepLine(states, columns);
    },
  };
}

/** Milliseconds after which a log that shows nothing looks as if the work hung. */
const QUIET_MS = 30_000;

/** Wide enough for a line that no terminal has to fit. */
const LOG_COLUMNS = 160;

/** Lines of a log, which never stops for long while an organisation is read. */
interface QuietLines {
  readonly write: (line: string) => void;
  /** To be called after each event: begins and ends the watch over the silence. */
  readonly watch: () => void;
}

function createQuietLines({ stderr, clock, every }: Context, sweeps: Sweeps): QuietLines {
  let wrote = clock.now();
  let stop: (() => void) | undefined;
  const write = (line: string): void => {
    wrote = clock.now();
    stderr.write(`${line}\n`);
  };
  const tick = (): void => {
    if (clock.now() - wrote >= QUIET_MS / 2) write(sweeps.line(LOG_COLUMNS));
  };
  return {
    write,
    watch: () => {
      if (sweeps.count > 0) stop ??= every?.(QUIET_MS / 2, tick);
      else {
        stop?.();
        stop = undefined;
      }
    },
  };
}

function plainSink({ write, watch }: QuietLines, { requests }: Tally): Sink {
  return (progress) => {
    if (progress.event === "listed") write(`${printable(progress.org)}: ${progress.kind}: ${progress.objects} listed`);
    if (progress.event === "sweep-done") {
      const sent = plural(requests.counts().total, "request");
      write(`${printable(progress.org)}: ${plural(progress.objects, "object")} read with ${sent}`);
    }
    if (progress.event === "note") write(printable(progress.message));
    if (progress.event === "operation" && progress.outcome !== "started") {
      write(`${progress.outcome}: ${progress.action} ${printable(progress.coordinate)} (${progress.left} left)`);
    }
    watch();
  };
}

/** Milliseconds between two drawings of the line. */
const REDRAW_MS = 50;

function liveSink({ stderr, clock }: Context, sweeps: Sweeps, tally: Tally): Sink {
  let drawn = 0;
  const draw = (line: string): void => stderr.write(`\r\u001b[2K${line}`);
  return (progress) => {
    const columns = stderr.columns ?? 80;
    if (progress.event === "sweep-done") {
      const sent = plural(tally.requests.counts().total, "request");
      const seconds = ((clock.now() - tally.start) / 1000).toFixed(1);
      draw(`${printable(progress.org)}: ${plural(progress.objects, "object")}, ${sent}, ${seconds} s\n`);
    } else if (progress.event === "operation") {
      const total = tally.operations;
      const settled = total - progress.left;
      const current = `${progress.action} ${progress.coordinate}`;
      draw(applyLine({ settled, total, failed: tally.failed, current }, columns));
      if (progress.left === 0 && progress.outcome !== "started") draw(`${plural(total, "operation")} tried\n`);
    } else if (progress.event === "note") {
      draw(`${printable(progress.message)}\n`);
    } else if (sweeps.count > 0 && clock.now() - drawn > REDRAW_MS) {
      drawn = clock.now();
      draw(sweeps.line(columns));
    }
  };
}
