import type { SeedStep } from "../types.ts";
import { architectCrowds } from "./architect.ts";
import type { Crowd } from "./crowds.ts";
import { digitalCrowds } from "./digital.ts";
import { peopleCrowds, routingCrowds } from "./routing.ts";
import { telephonyCrowds } from "./telephony.ts";

/** Which lists to fill, and how far. */
export interface CrowdOptions {
  /** Kinds of seed steps (`queue`, `queue-members`, `data-table-row` …) whose lists are filled; all of them by default. */
  readonly kinds?: readonly string[];
  /**
   * `cap`: more objects than the largest page holds, so that every reader needs a second page (default).
   * `default`: more than a page holds when no size is asked for (25, genesys-api §1.2), which is much faster.
   */
  readonly past?: "cap" | "default";
}

const defaultPage = 25;

/** Every list that can be filled, behind what it needs. */
const crowds: readonly Crowd[] = [
  ...peopleCrowds,
  ...routingCrowds,
  ...telephonyCrowds,
  ...architectCrowds,
  ...digitalCrowds,
];

/**
 * Steps that fill lists of an organisation past one page, whatever it holds already: the smallest objects that the
 * platform takes, named `Crowd 001` and so on. Load them with `loadSeed` (in a test of test/conformance:
 * `fill(office, "primary", crowdSteps({ kinds: ["queue"] }))`), once per organisation. A list below another object is
 * filled at the first one of the crowd: `queue-members` at the queue `Crowd 001`. What a list needs is made as well, once.
 * @throws RangeError for a kind that has no list
 */
export function crowdSteps({ kinds, past = "cap" }: CrowdOptions = {}): readonly SeedStep[] {
  const known = new Map(crowds.map((crowd) => [crowd.kind, crowd]));
  const lost = kinds?.find((kind) => !known.has(kind));
  if (lost !== undefined) throw new RangeError(`no list of ${lost} can be filled`);
  const wanted = crowds.filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  const needed = new Map<string, number>();
  const need = (kind: string, count: number): void => {
    const crowd = known.get(kind);
    for (const [other, number] of Object.entries(crowd?.needs?.(count) ?? {})) need(other, number);
    needed.set(kind, Math.max(count, needed.get(kind) ?? 0));
  };
  for (const { kind, cap } of wanted) need(kind, (past === "cap" ? cap : defaultPage) + 1);
  return crowds.flatMap(({ kind, steps }) => {
    const count = needed.get(kind);
    return count === undefined ? [] : steps(count);
  });
}
