import { fileURLToPath } from "node:url";
import { measureNode, type Measured } from "./product.ts";
import { median, rounded, type Figure } from "./table.ts";
import type { Workspace } from "./workspace.ts";

const PLAIN = fileURLToPath(new URL("plain-diff.mjs", import.meta.url));

/** How often the two are run, in turn, so that both meet the same moods of the machine. */
const ROUNDS = 5;

/** `lockstep diff` of two snapshot directories against a script that compares digests and parses only what differs. */
export async function compareDiff(workspace: Workspace): Promise<Figure[]> {
  const args = ["diff", "--from", "primary", "--to", "standby", "--format", "json"];
  const ours: Measured[] = [];
  const plain: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await workspace.lockstep(args, [0, 2]));
    plain.push(await measureNode([PLAIN, "primary", "standby"], { cwd: workspace.directory }));
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
