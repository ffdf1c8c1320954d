import { describe, expect, it } from "vitest";
import type { AwaitedJob } from "../../../src/model/api.ts";
import { virtualClock } from "../../../src/platform/clock.ts";
import { createJobTimes } from "../../../src/platform/genesys/job-times.ts";

const op = "GET /api/v2/flows/export/jobs/{id}";

/** Pauses of somebody who knows nothing of the jobs. */
const PAUSES = [1000, 1500, 2250, 3375, 5062.5, 8000];

interface Run {
  readonly questions: number;
  readonly elapsedMs: number;
}

/** Runs jobs, so many at a time, and counts how often they are asked about. @param lost jobs that are never asked about again */
async function run(jobsMs: readonly number[], atOnce: number, lost: readonly number[] = []): Promise<Run> {
  const clock = virtualClock();
  const times = createJobTimes(clock);
  let questions = 0;
  const left = [...jobsMs.entries()];
  async function one(number: number, ms: number): Promise<void> {
    const job: AwaitedJob = { op, id: `job-${number}` };
    const began = clock.now();
    for (const pauseMs of PAUSES) {
      await times.wait(job, pauseMs);
      if (lost.includes(number)) return;
      questions += 1;
      if (clock.now() < began + ms) continue;
      await times.wait({ ...job, ended: "done" }, 0);
      return;
    }
    throw new Error("it never ended");
  }
  async function worker(): Promise<void> {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await one(...next);
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { questions, elapsedMs: clock.elapsed() };
}

const same = (count: number, ms: number): number[] => Array.from({ length: count }, () => ms);

describe("questions about jobs", () => {
  it.each([
    [1500, 29],
    [4000, 29],
    [8000, 31],
  ])("are little more than one for each of 25 that take %i ms", async (ms, most) => {
    const { questions, elapsedMs } = await run(same(25, ms), 10);
    expect(questions).toBeLessThanOrEqual(most);
    // Three turns of ten; nobody waits much longer than a job takes.
    expect(elapsedMs).toBeLessThanOrEqual(3 * ms * 1.7);
  });

  it("come as often as pauses say where there is one job only", async () => {
    expect(await run([4000], 1)).toEqual({ questions: 3, elapsedMs: 4750 });
  });

  it("follow jobs that take longer as time goes by", async () => {
    const { questions } = await run([...same(20, 1500), ...same(80, 6000)], 10);
    expect(questions).toBeLessThanOrEqual(160);
  });

  it("do not wait for ever for a first job that is given up", async () => {
    const { questions } = await run(same(10, 2000), 10, [0]);
    expect(questions).toBeLessThanOrEqual(9 * 2);
  });

  it("end with the run", async () => {
    const clock = virtualClock();
    const stopping = new AbortController();
    const waiting = createJobTimes(clock).wait({ op, id: "job" }, 1000, stopping.signal);
    stopping.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
  });
});
