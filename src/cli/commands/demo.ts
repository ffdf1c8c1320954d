import { EXIT } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { defineCommand, TEXT_JSON, wholeNumber } from "../command.ts";
import { fromCwd, wantsColour } from "../context.ts";

export const demo = defineCommand(
  {
    name: "demo",
    summary: "the whole story on two simulated organisations, no account needed",
    formats: TEXT_JSON,
    examples: ["lockstep demo", "lockstep demo --seed 7"],
  },
  (command) =>
    command
      .option("--seed <n>", "other names, sizes and drift", wholeNumber, 1)
      .option("--keep <dir>", "keep the snapshots and the plan in this directory"),
  /** Two simulated organisations drift apart and are brought back in step, over real HTTP. */
  async (context, options) => {
    const { narrator } = await import("../demo/narrator.ts");
    const { assertEmpty, setStage } = await import("../demo/stage.ts");
    const { tellStory } = await import("../demo/story.ts");
    const { virtualClock } = await import("../../platform/clock.ts");
    const started = context.clock.now();
    const clock = virtualClock(started);
    const directory = fromCwd(context, options.keep);
    if (directory !== undefined) await assertEmpty(directory);
    const stage = await setStage(context, clock, options.seed, directory);
    const json = options.format === "json";
    try {
      const quiet = { ...stage.context, stderr: { ...stage.context.stderr, write: () => undefined } };
      const narrate = narrator(json ? context.stderr : context.stdout, wantsColour(context.stdout, context.env));
      narrate.opening(stage.line, stage.started.drifts.length);
      const story = await tellStory(quiet, narrate.act);
      const requests = requestsByMethod(stage.started.simulator.world.log);
      narrate.closing(requests, { realMs: context.clock.now() - started, rateLimitMs: clock.elapsed(), directory });
      const { before, plan, apply, after, second } = story;
      if (json) context.stdout.write(canonicalJson({ before, plan, apply, after, second, requests }));
      return after.changes.some((change) => change.action !== "delete") || second.writes > 0 ? EXIT.differs : EXIT.done;
    } finally {
      await stage.close();
    }
  },
);

/** What of the simulator's log is counted. */
interface LoggedRequest {
  readonly org: string | null;
  readonly method: string;
  readonly path: string;
}

function requestsByMethod(log: readonly LoggedRequest[]): { [org: string]: { [method: string]: number } } {
  const counts: { [org: string]: { [method: string]: number } } = {};
  for (const { org, method, path } of log) {
    if (org === null || !path.startsWith("/api/")) continue;
    const methods = (counts[org] ??= {});
    methods[method] = (methods[method] ?? 0) + 1;
  }
  return counts;
}
