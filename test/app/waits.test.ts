import { beforeAll, describe, expect, it } from "vitest";
import { readSide } from "../../src/app/index.ts";
import { readSides } from "../../src/app/read-sides.ts";
import { fill, openOffice, seedSteps, type Office } from "../conformance/office.ts";

let office: Office;

beforeAll(async () => {
  office = await openOffice();
  for (const side of ["primary", "standby"] as const) await fill(office, side, seedSteps());
}, 60_000);

/** Milliseconds of waits that something takes, and what it sends. */
async function waited(work: () => Promise<unknown>): Promise<{ readonly ms: number; readonly sent: string[] }> {
  const { clock } = office.ports;
  const [began, before] = [clock.now(), lastRequest()];
  await work();
  const log = office.simulator.world.log.filter(({ n }) => n > before);
  expect(log.filter(({ status }) => status === 429)).toEqual([]);
  return { ms: clock.now() - began, sent: log.map(({ method, path }) => `${method} ${path}`) };
}

function lastRequest(): number {
  return office.simulator.world.log.at(-1)?.n ?? 0;
}

describe("the waits of a reading", () => {
  it("are those of the export jobs, which begin before all lists are read and are asked about little more than once each", async () => {
    office.simulator.configure({ ratePerMinute: 0, jobMs: 4000 });
    const { ms, sent } = await waited(() => readSide(office.app, "primary", undefined, { fresh: true }));
    const isJob = (request: string): boolean => request === "POST /api/v2/flows/export/jobs";
    const jobs = sent.filter(isJob).length;
    const polls = sent.filter((request) => request.startsWith("GET /api/v2/flows/export/jobs/")).length;
    expect(jobs).toBeGreaterThan(20);
    expect(polls).toBeLessThanOrEqual(jobs * 1.2);
    expect(ms).toBeLessThan(Math.ceil(jobs / 10) * 5500);
    const details = sent.findIndex((request) => /queues\/[^/]+\/members/.test(request));
    expect(sent.filter((request, at) => at < details && isJob(request)).length).toBeGreaterThanOrEqual(10);
  });

  it("are no more for both organisations than for the slower one alone", async () => {
    office.simulator.configure({ ratePerMinute: 10, jobMs: 4000 });
    const alone = async (side: "primary" | "standby"): Promise<number> => {
      await nextWindow();
      return (await waited(() => readSide(office.app, side, undefined, { fresh: true }))).ms;
    };
    const slower = Math.max(await alone("primary"), await alone("standby"));
    await nextWindow();
    const both = await waited(() => readSides(office.app, { fresh: true }));
    expect(slower).toBeGreaterThan(60_000);
    expect(both.ms).toBeLessThanOrEqual(slower * 1.05);
  });
});

/** Lets every window of the rate limit end. */
function nextWindow(): Promise<void> {
  return office.ports.clock.sleep(120_000);
}
