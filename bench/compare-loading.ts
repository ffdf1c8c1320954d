import { measureNode } from "./product.ts";
import { median, rounded, type Figure } from "./table.ts";
import type { Workspace } from "./workspace.ts";

const ROUNDS = 7;

/** Processor time of a `diff` that ends once the configuration is loaded, against Node that does nothing, in turn. */
export async function compareLoading(workspace: Workspace): Promise<Figure> {
  const loading: number[] = [];
  const nothing: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    loading.push((await workspace.lockstep(["diff", "--from", "no-such-directory", "--to", "none"], [1])).cpuMs);
    nothing.push((await measureNode(["-e", "0"])).cpuMs);
  }
  const ratio = median(loading) / median(nothing);
  const value = `${rounded(ratio)} (${rounded(median(loading), 0)} ms / ${rounded(median(nothing), 0)} ms)`;
  return { what: "diff that only loads / node -e 0, processor time", value, goal: "<= 3", met: ratio <= 3 };
}
