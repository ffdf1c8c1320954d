import { fileURLToPath } from "node:url";
import { measureNode, type Measured } from "./product.ts";
import { median, rounded, type Figure } from "./table.ts";
import type { Workspace } from "./workspace.ts";

const PLAIN = fileURLToPath(new URL("plain-diff.mjs", import.meta.url));

/** How often the two are run, in turn, so that both meet the same moods of the machine. */
const ROUNDS = 5;

/**
 * `lockstep diff` of two snapshot directories against a script that compares digests and parses only what differs.
 * @param below where the two directories are, from the workspace, with a slash at the end
 * @param rounds fewer where one takes long; the first one also finds out what later ones only look up
 */
export async function compareDiff(workspace: Workspace, below = "", rounds = ROUNDS): Promise<Figure[]> {
  const [from, to] = [`${below}primary`, `${below}standby`];
  const args = ["diff", "--from", from, "--to", to, "--format", "json"];
  const ours: Measured[] = [];
  const plain: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await workspace.lockstep(args, [0, 2]));
    plain.push(await measureNode([PLAIN, from, to], { cwd: workspace.directory }));
  }
  const wall = median(ours.map((run) => run.wallMs)) / median(plain.map((run) => run.wallMs));
  const cpu = median(ours.map((run) => run.cpuMs)) / median(plain.map((run) => run.cpuMs));
  return [
    { what: "lockstep diff, median ms", value: rounded(median(ours.map((run) => run.wallMs)), 0) },
    { what: "script, median ms", value: rounded(median(plain.map((run) => run.wallMs)), 0) },
    { what: "ratio of medians", value: rounded(wall), goal: "<= 2", met: wall <= 2 },
    { what: "ratio of processor time", value: rounded(cpu) },
    { what: "peak memory, MB", value: rounded(Math.max(...ours.map((run) => run.peakMb)), 0) },
  ];
}
