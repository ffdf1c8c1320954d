import { CLI, runNode } from "./product.ts";
import { median, rounded, type Figure } from "./table.ts";

/** Runs of each; short ones, so more of them. */
const ROUNDS = 15;

/** `lockstep --help` against Node that does nothing, in turn. */
export async function compareHelp(): Promise<Figure> {
  const help: number[] = [];
  const nothing: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    help.push((await runNode([CLI, "--help"])).wallMs);
    nothing.push((await runNode(["-e", "0"])).wallMs);
  }
  const ratio = median(help) / median(nothing);
  const value = `${rounded(ratio)} (${rounded(median(help), 0)} ms / ${rounded(median(nothing), 0)} ms)`;
  return { what: "--help / node -e 0", value, goal: "<= 2", met: ratio <= 2 };
}
