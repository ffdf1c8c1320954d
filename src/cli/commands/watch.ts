import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { EXIT, LockstepError } from "../../model/error.ts";
import { printableLines } from "../../model/printable.ts";
import { defineCommand, TEXT_JSON, wholeNumber } from "../command.ts";

export const watch = defineCommand(
  {
    name: "watch",
    summary: "follow both organisations, and tell of each change that makes them differ",
    formats: TEXT_JSON,
    examples: ["lockstep watch", "lockstep watch --listen 0.0.0.0:9464 --stale-after 600"],
  },
  (command) =>
    command
      .option("--every <seconds>", "compare everything this often while changes are told", seconds, 300)
      .option("--poll <seconds>", "compare everything this often while they are not", seconds, 60)
      .option("--quiet <seconds>", "gather changes until none has come for this long", wholeNumber, 5)
      .option("--stale-after <seconds>", "unhealthy this long after the last good comparison", seconds, 900)
      .addOption(
        new Option("--listen <host:port>", "where health and metrics are served")
          .argParser(listenAt)
          .default({ host: "127.0.0.1", port: 9464 }, "127.0.0.1:9464"),
      )
      .option("--environment <name>", "tells messages apart where a repository keeps several pairs", ""),
  /** Watches until it is stopped. Each report goes to stdout; with `--format json` one to a line. */
  async (context, { config, format, every, poll, quiet, staleAfter, listen, environment }) => {
    const { createWatch, healthOf, newsOf, openRecipients, tellDrift, watchMetrics } =
      await import("../../app/index.ts");
    const { openCliApp } = await import("../open-app.ts");
    const { showReport } = await import("../render-report.ts");
    const { connectSocket } = await import("../../platform/socket.ts");
    const { exposition } = await import("../../platform/status/metrics.ts");
    const { serveStatus } = await import("../../platform/status/server.ts");
    const app = await openCliApp(context, config);
    const recipients = app.workspace.config.notify.length === 0 ? [] : await openRecipients(app);
    const note = (line: string): void =>
      context.stderr.write(`${new Date(app.clock.now()).toISOString()} ${printableLines(line)}\n`);
    const told: { mark?: string } = {};
    const times = { everyMs: every * 1000, pollMs: poll * 1000, quietMs: quiet * 1000 };
    const watching = createWatch(app, { ...context, connectSocket }, times, {
      note,
      compared: async (drift) => {
        const news = newsOf(drift, told.mark);
        if (news === undefined) return;
        if (format === "json") context.stdout.write(`${JSON.stringify(news.told.report)}\n`);
        else await showReport(context, news.told.report, { format, full: false, stat: false });
        try {
          if (recipients.length > 0)
            await tellDrift(app, recipients, news.told, { environment, page: undefined, always: false });
          told.mark = news.mark;
        } catch (error) {
          if (context.signal.aborted || !(error instanceof LockstepError)) throw error;
          note(`not told: ${error.code}: ${error.message}`);
        }
      },
    });
    const status = await serveStatus(listen, {
      health: () => healthOf(watching.state(), app.clock.now(), staleAfter * 1000),
      metrics: exposition(watchMetrics(watching.state, () => app.clock.now())),
    });
    try {
      note(`health and metrics: ${status.address}/healthz and /metrics`);
      await watching.run();
      note("stopped");
    } finally {
      await status.close();
    }
    return EXIT.done;
  },
);

function seconds(value: string): number {
  const count = wholeNumber(value);
  if (count > 0) return count;
  throw new InvalidArgumentError("It has to be at least 1.");
}

function listenAt(value: string): { host: string; port: number } {
  const [, host = "", port = ""] = /^(\[[0-9a-fA-F:]+\]|[^:]+):(\d{1,5})$/.exec(value) ?? [];
  if (host !== "" && Number(port) <= 65_535) return { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
  throw new InvalidArgumentError("It is not HOST:PORT, such as 127.0.0.1:9464.");
}
