import type { AwaitedJob } from "../../model/api.ts";
import type { Clock } from "../../model/ports.ts";

/** Learns how long jobs take, so that the first question about one is rarely too early. */
export interface JobTimes {
  /** Waits before a question about a job, or takes note that the job has ended. @param pauseMs how long, where nothing is known */
  wait(job: AwaitedJob, pauseMs: number, signal?: AbortSignal): Promise<void>;
}

/** Jobs of one sort, such as exports of flows. */
interface Sort {
  /** The time after which most have ended; undefined until one has. */
  usualMs: number | undefined;
  /** After this time a job had not ended. */
  tooEarlyMs: number;
  /** The job that is asked about while nothing is known; the others wait for what it shows. */
  first: string | undefined;
  /** The job that is asked about earlier than usual, to learn whether that is early enough. */
  trial: string | undefined;
  readonly awaited: Map<string, Awaited>;
}

interface Awaited {
  waitedMs: number;
  questions: number;
  /** How long it had been waited for at the last question but one. */
  tooEarlyMs: number;
}

/** How often a job looks whether the first one has ended. No request is sent for that. */
const LOOK_MS = 250;

/** The first job may never tell, because it failed: the others wait for it so long. */
const LONGEST_WAIT_MS = 15_000;

/** One job in a while is asked about earlier, as long as what is saved is more than this share of the time. */
const WORTH_A_TRIAL = 0.15;

/** Each job that had ended makes it likelier that earlier is early enough, too. */
const FORGET = 0.99;

/** One slow job does not slow down all others: the usual time becomes longer step by step. */
const LONGER = 1.2;

/** Creates what learns during one connection. */
export function createJobTimes(clock: Clock): JobTimes {
  const sorts = new Map<string, Sort>();

  function sortOf(op: string): Sort {
    const known = sorts.get(op);
    if (known !== undefined) return known;
    const sort: Sort = { usualMs: undefined, tooEarlyMs: 0, first: undefined, trial: undefined, awaited: new Map() };
    sorts.set(op, sort);
    return sort;
  }

  async function wait({ op, id, ended }: AwaitedJob, pauseMs: number, signal?: AbortSignal): Promise<void> {
    const sort = sortOf(op);
    if (ended !== undefined) return end(sort, id, ended);
    const own = awaitedBy(sort, id);
    const waitFor = async (ms: number): Promise<void> => {
      await clock.sleep(ms, signal);
      own.waitedMs += ms;
    };
    if (own.questions === 0) await firstWait(sort, id, pauseMs, waitFor);
    else {
      own.tooEarlyMs = own.waitedMs;
      await waitFor(pauseMs);
    }
    own.questions += 1;
  }

  return { wait };
}

/** @param waitFor waits, and counts it */
async function firstWait(
  sort: Sort,
  id: string,
  pauseMs: number,
  waitFor: (ms: number) => Promise<void>,
): Promise<void> {
  const own = awaitedBy(sort, id);
  if (sort.usualMs === undefined) sort.first ??= id;
  const isHeld = (): boolean => sort.usualMs === undefined && sort.first !== undefined && sort.first !== id;
  while (isHeld() && own.waitedMs < LONGEST_WAIT_MS) await waitFor(LOOK_MS);
  const wanted = Math.max(pauseMs, own.waitedMs > 0 ? 0 : firstQuestion(sort, id));
  await waitFor(Math.max(0, wanted - own.waitedMs));
}

function firstQuestion(sort: Sort, id: string): number {
  const { usualMs = 0, tooEarlyMs } = sort;
  if (sort.trial !== undefined || usualMs - tooEarlyMs <= WORTH_A_TRIAL * usualMs) return usualMs;
  sort.trial = id;
  return (usualMs + tooEarlyMs) / 2;
}

function awaitedBy({ awaited }: Sort, id: string): Awaited {
  const known = awaited.get(id);
  if (known !== undefined) return known;
  const own = { waitedMs: 0, questions: 0, tooEarlyMs: 0 };
  awaited.set(id, own);
  return own;
}

function end(sort: Sort, id: string, ended: "done" | "failed"): void {
  const own = awaitedBy(sort, id);
  const isTrial = sort.trial === id;
  sort.awaited.delete(id);
  if (isTrial) sort.trial = undefined;
  if (sort.first === id) sort.first = undefined;
  // What fails at once does not tell how long the others take.
  if (ended === "done" && own.questions > 0) learn(sort, own, isTrial);
}

function learn(sort: Sort, { waitedMs, questions, tooEarlyMs }: Awaited, isTrial: boolean): void {
  if (sort.usualMs === undefined || (isTrial && questions === 1)) sort.usualMs = waitedMs;
  else if (!isTrial && questions > 1) sort.usualMs = Math.max(sort.usualMs, Math.min(waitedMs, sort.usualMs * LONGER));
  const known = Math.min(sort.usualMs, tooEarlyMs);
  sort.tooEarlyMs = questions > 1 ? Math.max(sort.tooEarlyMs, known) : sort.tooEarlyMs * FORGET;
}
