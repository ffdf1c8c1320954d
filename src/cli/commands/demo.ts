import { EXIT } from "../../model/error.ts";
import { canonicalJson } from "../../model/json.ts";
import { virtualClock } from "../../platform/clock.ts";
import type { Context } from "../context.ts";
import { wantsColour } from "../context.ts";
import { narrator } from "../demo/narrator.ts";
import { setStage } from "../demo/stage.ts";
import { tellStory } from "../demo/story.ts";
import { fromCwd, type CommonOptions } from "../open-app.ts";

interface DemoOptions extends CommonOptions {
  readonly seed: number;
  readonly keep?: string;
}

/** `lockstep demo`: two simulated organisations drift apart and are brought back in step, over real HTTP. */
export async function run(context: Context, options: DemoOptions): Promise<number> {
  const started = context.clock.now();
  const clock = virtualClock(started);
  const keep = options.keep === undefined ? undefined : fromCwd(context, options.keep);
  const stage = await setStage(context, clock, options.seed, keep);
  const json = options.format === "json";
  try {
    const quiet = { ...stage.context, stderr: { ...stage.context.stderr, write: () => undefined } };
    const narrate = narrator(json ? context.stderr : context.stdout, wantsColour(context.stdout, context.env));
    narrate.opening(stage.line, stage.started.drifts.length);
    const story = await tellStory(quiet, narrate.act);
    const requests = requestsByMethod(stage.started.simulator.world.log);
    narrate.closing(requests, {
      realMs: context.clock.now() - started,
      rateLimitMs: clock.elapsed(),
      ...(keep === undefined ? {} : { directory: keep }),
    });
    const { before, plan, apply, after, second } = story;
    if (json) context.stdout.write(canonicalJson({ before, plan, apply, after, second, requests }));
    return after.changes.some((change) => change.action !== "delete") || second.writes > 0 ? EXIT.differs : EXIT.done;
  } finally {
    await stage.close();
  }
}

function requestsByMethod(
  log: readonly { readonly org: string | null; readonly method: string; readonly path: string }[],
): { [org: string]: { [method: string]: number } } {
  const counts: { [org: string]: { [method: string]: number } } = {};
  for (const { org, method, path } of log) {
    if (org === null || !path.startsWith("/api/")) continue;
    const methods = (counts[org] ??= {});
    methods[method] = (methods[method] ?? 0) + 1;
  }
  return counts;
}
