import type { Simulated } from "./simulated.ts";
import type { Figure } from "./table.ts";
import type { Workspace } from "./workspace.ts";

/** How long export jobs take, in milliseconds: the fastest that was seen, a usual one and a slow one. */
const JOBS_MS = [1_500, 4_000, 8_000] as const;

const POLL = /^\/api\/v2\/flows\/export\/jobs\/[^/]+$/;

/** How often a full snapshot asks for each export job; each has to be asked for at least once. */
export async function comparePolls(simulated: Simulated, workspace: Workspace): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const jobMs of JOBS_MS) {
    await simulated.jobsTake(jobMs);
    const mark = await simulated.mark();
    await workspace.lockstep(["snapshot", "primary", "-o", "polled", "--fresh"]);
    const log = await simulated.log("primary", mark);
    const jobs = log.filter(({ method, path }) => method === "POST" && path === "/api/v2/flows/export/jobs").length;
    const polls = log.filter(({ path }) => POLL.test(path)).length;
    figures.push({ what: `polls for ${jobs} export jobs of ${jobMs / 1000} s`, value: `${polls}` });
  }
  await simulated.jobsTake(0);
  return figures;
}
