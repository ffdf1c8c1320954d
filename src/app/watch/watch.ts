import type { App } from "../../model/app.ts";
import type { Coordinate } from "../../model/coordinate.ts";
import { splitCoordinate } from "../../model/coordinate.ts";
import { LockstepError } from "../../model/error.ts";
import type { Narrowing } from "../../model/narrowing.ts";
import type { Random } from "../../model/ports.ts";
import type { DriftReport } from "../../model/report.ts";
import { SIDES, type Side } from "../../model/side.ts";
import type { ConnectSocket } from "../../model/socket.ts";
import { exactly } from "../../pairing/glob.ts";
import { withFailoverNames } from "../failover-names.ts";
import { findDrift } from "../find-drift.ts";
import { areWhole, judgedDrift, type NightlyDrift } from "../nightly-drift.ts";
import { isOutage } from "../read-side.ts";
import { readSides } from "../read-sides.ts";
import { keepChannel } from "./channel.ts";
import { metered } from "./meter.ts";
import type { Outcome, WatchedSide, WatchState } from "./state.ts";
import { topicsOf, type WatchedTopics } from "./topics.ts";
import { createGatherer, type Wanted } from "./wanted.ts";

/** What watching takes from the outside world besides an app. */
export interface WatchPorts {
  readonly connectSocket: ConnectSocket;
  readonly random: Random;
  /** Aborted when the watch is to end. */
  readonly signal: AbortSignal;
}

/** How a pair is watched, in milliseconds. */
export interface WatchTimes {
  /** Everything is compared so often while changes are heard of … */
  readonly everyMs: number;
  /** … and so often while they are not. */
  readonly pollMs: number;
  /** Changes are gathered until it was quiet for so long. */
  readonly quietMs: number;
}

/** What a comparison showed. */
export interface WatchedDrift {
  /** What was compared: an object or a few, or everything. */
  readonly compared: NightlyDrift;
  /** The drift of everything, as far as it is known now. */
  readonly whole: NightlyDrift;
}

/** What a watch tells. */
export interface WatchEvents {
  compared(drift: WatchedDrift): Promise<void>;
  note(line: string): void;
}

/** A pair that is being watched. */
export interface PairWatch {
  readonly state: () => WatchState;
  /**
   * Watches until the signal is aborted.
   * @throws LockstepError of the first comparison, unless an organisation that is not well is to blame
   */
  run(): Promise<void>;
}

/** Changes are compared after this time although more keep coming. */
const LONGEST_GATHERING_MS = 60_000;
/** Milliseconds without a usable answer after which a channel is given up for now. */
const CHANNEL_PATIENCE_MS = 30_000;
const TIDYING_MS = 5000;

/** Follows both organisations: compares everything at first and from time to time, and between that what is told to have changed. */
export function createWatch(given: App, ports: WatchPorts, times: WatchTimes, tell: WatchEvents): PairWatch {
  const { app, readingOf } = metered(given);
  const { clock } = app;
  const broken = new AbortController();
  const signal = AbortSignal.any([ports.signal, broken.signal]);
  const gatherer = createGatherer(clock, { quietMs: times.quietMs, longestMs: LONGEST_GATHERING_MS });
  const topics = new Map<Side, WatchedTopics>();
  const by = new Map<Side, WatchedSide["by"]>();
  const lost = new Map<Side, string>();
  const known: { -readonly [name in "goodAt" | "failure" | "report"]?: WatchState[name] } = {};
  const comparisons = { good: 0, partial: 0, failed: 0 };
  const startedAt = clock.now();

  const sideState = (side: Side): WatchedSide => ({ by: by.get(side) ?? "polling", ...readingOf(side) });
  const state = (): WatchState => ({
    ...{ startedAt, comparisons: { ...comparisons }, ...known },
    sides: { primary: sideState("primary"), standby: sideState("standby") },
  });
  const pauseMs = (): number => (SIDES.every((side) => by.get(side) === "channel") ? times.everyMs : times.pollMs);

  async function compare(wanted: Wanted): Promise<void> {
    try {
      const { drift, ids, isWhole } = await compareWanted(app, wanted, known.report);
      for (const side of SIDES) topics.set(side, topicsOf(ids[side]));
      known.report = drift.whole.report;
      if (wanted === "everything") ended(isWhole ? "good" : "partial");
      await tell.compared(drift);
    } catch (error) {
      if (signal.aborted || !(error instanceof LockstepError)) throw error;
      const isFirst = known.report === undefined;
      if (isFirst && !isOutage(error)) throw error;
      ended("failed", error.code);
      tell.note(`not compared: ${error.code}: ${error.message}`);
      // What was told to have changed must not be forgotten.
      gatherer.everythingBy(clock.now() + times.pollMs);
    }
    if (wanted === "everything") gatherer.everythingBy(clock.now() + pauseMs());
  }

  function ended(outcome: Outcome, failure?: string): void {
    comparisons[outcome] += 1;
    if (outcome === "good") known.goodAt = clock.now();
    if (failure === undefined) delete known.failure;
    else known.failure = failure;
  }

  function follow(side: Side): Promise<void> {
    const logIn = () =>
      signal.aborted
        ? app.connect(side, "read-only", { afterStop: true, giveUpAfterMs: TIDYING_MS })
        : app.connect(side, "read-only", { giveUpAfterMs: CHANNEL_PATIENCE_MS });
    const now = (): WatchedTopics => topics.get(side) ?? { objects: new Map(), left: 0 };
    const channel = { logIn, connectSocket: ports.connectSocket, random: ports.random, clock, signal };
    return keepChannel(channel, now, {
      open: () => {
        by.set(side, "channel");
        tell.note(`the ${side} tells of changes (${counted(now())})`);
        // Whatever happened while nobody listened was not heard.
        gatherer.everythingBy(clock.now());
      },
      lost: (reason) => {
        if (by.get(side) !== "polling" || lost.get(side) !== reason)
          tell.note(`the ${side} is polled: no notification channel (${reason})`);
        by.set(side, "polling");
        lost.set(side, reason);
        gatherer.everythingBy(clock.now() + times.pollMs);
      },
      changed: (topic) => {
        const object = now().objects.get(topic);
        if (object !== undefined) gatherer.add(object);
      },
    });
  }

  /** A defect of one channel ends the watch. */
  const followed = (side: Side): Promise<void> => follow(side).catch((error: unknown) => broken.abort(error));

  async function run(): Promise<void> {
    const channels: Promise<void>[] = [];
    try {
      for (;;) {
        await compare(await gatherer.next(signal));
        if (channels.length === 0 && topics.size > 0) channels.push(...SIDES.map(followed));
      }
    } catch (error) {
      if (!ports.signal.aborted) throw error;
    } finally {
      broken.abort();
      await Promise.allSettled(channels);
    }
  }

  return { state, run };
}

function counted({ objects, left }: WatchedTopics): string {
  return left === 0 ? `${objects.size} topics` : `${objects.size} topics; ${left} more are polled`;
}

/** A comparison, and what is needed to go on. */
interface Compared {
  readonly drift: WatchedDrift;
  readonly ids: { readonly [side in Side]: ReadonlyMap<Coordinate, string> };
  readonly isWhole: boolean;
}

/** Reads what is wanted, and compares that and everything: of the rest, what was read last is what is known. */
async function compareWanted(app: App, wanted: Wanted, before: DriftReport | undefined): Promise<Compared> {
  const narrowing = wanted === "everything" ? undefined : narrowingTo(wanted);
  const sides = await readSides(app, { narrowing });
  const { source, target } = sides;
  const { report: all } = await findDrift(app, source, target);
  const reported = before?.reported;
  const everything =
    narrowing === undefined
      ? await withFailoverNames(app, all)
      : { ...all, ...(reported === undefined ? {} : { reported }) };
  const whole = judgedDrift(app, sides, everything);
  const compared =
    narrowing === undefined
      ? whole
      : judgedDrift(app, sides, (await findDrift(app, source, target, { narrowing })).report);
  const ids = { primary: source.snapshot.ids, standby: target.snapshot.ids };
  return { drift: { compared, whole }, ids, isWhole: areWhole(sides) };
}

function narrowingTo(objects: readonly Coordinate[]): Narrowing {
  const only = objects.map((object) => {
    const { kind, key } = splitCoordinate(object);
    return `${kind}/${exactly(key)}`;
  });
  return { only, kinds: [] };
}
