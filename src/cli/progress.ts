import type { Progress, Sink } from "../model/ports.ts";
import type { GenesysClient } from "../platform/genesys/options.ts";
import type { Context } from "./context.ts";

/** Tells how long work goes: one line that is rewritten on a terminal, plain lines elsewhere. */
export function progressSink(context: Context, client: GenesysClient): Sink {
  const { stderr, env } = context;
  const live = stderr.isTTY && (env["CI"] ?? "") === "" && env["TERM"] !== "dumb";
  return live ? liveSink(context, client) : plainSink(context, client);
}

interface Tally {
  kinds: number;
  kindsListed: number;
  objects: number;
  detailsLeft: number;
}

function count(tally: Tally, progress: Progress): void {
  if (progress.event === "sweep-start") tally.kinds = progress.kinds;
  if (progress.event === "detail") tally.detailsLeft -= 1;
  if (progress.event !== "listed") return;
  tally.kindsListed += 1;
  tally.objects += progress.objects;
  if (progress.details > 0) tally.detailsLeft += progress.objects;
}

function plainSink({ stderr }: Context, client: GenesysClient): Sink {
  return (progress) => {
    if (progress.event === "listed") stderr.write(`${progress.org}: ${progress.kind}: ${progress.objects} listed\n`);
    if (progress.event === "sweep-done") {
      stderr.write(`${progress.org}: ${progress.objects} objects read with ${client.counts().total} requests\n`);
    }
    if (progress.event === "note") stderr.write(`${progress.message}\n`);
    if (progress.event === "operation" && progress.outcome !== "started") {
      stderr.write(
        `${progress.outcome}: ${progress.action} ${printable(progress.coordinate)} (${progress.left} left)\n`,
      );
    }
  };
}

function liveSink({ stderr, clock }: Context, client: GenesysClient): Sink {
  const tally: Tally = { kinds: 0, kindsListed: 0, objects: 0, detailsLeft: 0 };
  const start = clock.now();
  let drawn = 0;
  const draw = (line: string): void => {
    stderr.write(`\r\u001b[2K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
  };
  const end = (line: string): void => {
    draw(line);
    stderr.write("\n");
  };
  return (progress) => {
    count(tally, progress);
    const seconds = (clock.now() - start) / 1000;
    if (progress.event === "sweep-done") {
      end(`${progress.org}: ${progress.objects} objects, ${client.counts().total} requests, ${seconds.toFixed(1)} s`);
    } else if (progress.event === "operation") {
      draw(`${progress.outcome} ${progress.action} ${printable(progress.coordinate)}, ${progress.left} left`);
      if (progress.left === 0 && progress.outcome !== "started") stderr.write("\n");
    } else if (progress.event === "note") {
      end(progress.message);
    } else if ("org" in progress && clock.now() - drawn > 50) {
      drawn = clock.now();
      draw(`${progress.org}: ${sweepLine(tally, client, seconds)}`);
    }
  };
}

function sweepLine(tally: Tally, client: GenesysClient, seconds: number): string {
  const done = client.counts().total;
  const budget = client.budget();
  const left = tally.detailsLeft;
  const perSecond = done / Math.max(seconds, 0.1);
  const eta = perSecond > 0 ? Math.ceil(left / perSecond) : 0;
  const limit = budget === undefined ? "" : `, limit ${budget.used}/${budget.allowed}`;
  return `${tally.kindsListed}/${tally.kinds} kinds, ${tally.objects} objects, ${done} requests, about ${left} left${limit}, ${eta} s`;
}

/** Names from an organisation are shown without control characters. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD");
}
