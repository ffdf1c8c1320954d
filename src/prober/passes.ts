import { defined } from "../model/defined.ts";
import { SIDES, type Side } from "../model/side.ts";
import { measure, type ProbePorts, type ProbeToken } from "./measure.ts";
import { pointsOf, type Publish } from "./publish.ts";
import type { ProberSettings } from "./settings.ts";
import { judgePair, nextStreak, type Judgement, type Streak } from "./verdict.ts";

/** What the prober remembers from one pass to the next. */
export interface ProberMemory {
  readonly sessions: { readonly [side in Side]?: ProbeToken };
  readonly streaks: { readonly [side in Side]: Streak };
}

/** One line of the prober's log: codes and figures, never what a service answered. */
export interface PassReport {
  readonly pass: number;
  readonly side: Side;
  readonly verdict: Judgement["verdict"];
  readonly reasons: readonly string[];
  readonly latencyMs?: number;
  readonly healthy: boolean;
  /** Was the result of this pass published? */
  readonly published: boolean;
}

/** What a run takes. */
export interface RunPorts extends ProbePorts {
  readonly publish: Publish;
  readonly report: (line: PassReport) => void;
}

/**
 * One run of the prober: the passes of one minute. Each publishes at once, so that the third failure in a row is known
 * when it happens and not when the minute ends.
 * @returns what to remember for the next run
 */
export async function runPasses(
  settings: ProberSettings,
  memory: ProberMemory,
  ports: RunPorts,
): Promise<ProberMemory> {
  const start = ports.clock.now();
  let current = memory;
  for (let pass = 0; pass < settings.limits.passes; pass++) {
    const wait = start + pass * settings.limits.passEveryMs - ports.clock.now();
    if (wait > 0) await ports.clock.sleep(wait);
    current = await onePass(settings, current, ports, pass);
  }
  return current;
}

async function onePass(
  settings: ProberSettings,
  memory: ProberMemory,
  ports: RunPorts,
  pass: number,
): Promise<ProberMemory> {
  const time = ports.clock.now();
  const probe = (side: Side) => measure(settings.sides[side], memory.sessions[side], settings.limits, ports);
  const [primary, standby] = await Promise.all([probe("primary"), probe("standby")]);
  const judged = judgePair({ primary: primary.sample, standby: standby.sample }, settings.limits);
  const streaks = {
    primary: nextStreak(memory.streaks.primary, judged.primary.verdict, settings.limits),
    standby: nextStreak(memory.streaks.standby, judged.standby.verdict, settings.limits),
  };
  const published = await attemptPublish(
    settings,
    SIDES.flatMap((side) => pointsOf(settings, side, { judgement: judged[side], streak: streaks[side] }, time)),
    ports,
  );
  for (const side of SIDES) ports.report({ pass, side, ...judged[side], healthy: streaks[side].healthy, published });
  return { streaks, sessions: sessionsOf({ primary: primary.session, standby: standby.session }) };
}

/** A lost publication must not end the run: the next pass publishes again, and lasting silence raises its alarm. */
async function attemptPublish(
  settings: ProberSettings,
  points: Parameters<Publish>[1],
  { publish }: RunPorts,
): Promise<boolean> {
  if (points.length === 0) return false;
  try {
    await publish(settings.namespace, points);
    return true;
  } catch {
    return false;
  }
}

function sessionsOf(found: { readonly [side in Side]: ProbeToken | undefined }): ProberMemory["sessions"] {
  return defined({
    primary: found.primary,
    standby: found.standby,
  });
}
