import type { Coordinate } from "../model/coordinate.ts";
import type { Guards, SecretRule } from "../model/config.ts";
import type { Contents } from "./left-inside.ts";
import type { HiddenSecrets } from "../model/placeholders.ts";
import type { Plan } from "../model/plan.ts";
import type { Finding, Snapshot } from "../model/snapshot.ts";
import type { Comparison, Difference } from "../drift/compare.ts";

/** What a plan is made from. */
export interface PlanInput {
  readonly tool: string;
  readonly source: Snapshot;
  readonly target: Snapshot;
  /** Set when the target is the primary. */
  readonly stack?: Plan["stack"] | undefined;
  /** What was asked for, where it was not everything. */
  readonly selection?: Plan["selection"] | undefined;
  /** When the source was read, ISO 8601. */
  readonly sourceTakenAt: string;
  readonly comparison: Comparison;
  readonly differences: readonly Difference[];
  readonly findings: readonly Finding[];
  /** Desired coordinate → coordinate in the source. */
  readonly origin: ReadonlyMap<Coordinate, Coordinate>;
  /** Names that several objects of an organisation share: nothing is planned for them, and nothing can refer to them. */
  readonly setAside: ReadonlySet<Coordinate>;
  /** What the target counts in objects that pruning would delete. */
  readonly contents?: Contents | undefined;
  /** Delete what the source does not have. */
  readonly prune: boolean;
  readonly members: Plan["members"];
  readonly guards: Guards;
  /** Where secrets of the target are found. */
  readonly secrets: readonly SecretRule[];
  /** Secrets that the configuration gives for free fields, behind their placeholders. */
  readonly given?: HiddenSecrets;
  readonly now: Date;
}
