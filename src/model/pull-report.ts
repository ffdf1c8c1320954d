import type { Coordinate } from "./coordinate.ts";
import type { DriftReport, SnapshotPlace } from "./report.ts";

/** A rule of `lockstep.yaml` that a pull request adds, removes or changes, and what follows from that. */
export type RuleChange = {
  readonly change: "added" | "removed" | "changed";
  /** The list that it is in, such as `ignores`. */
  readonly list: string;
  /** The rule in words. */
  readonly words: string;
  /** For a changed rule: what it was. */
  readonly before?: string;
  /** Objects that get another name in the standby. */
  readonly moves: readonly { readonly from: Coordinate; readonly to: Coordinate }[];
  /** Objects that should have another value in the standby. */
  readonly sets: readonly Coordinate[];
  /** Objects that are not compared any more. */
  readonly drops: readonly Coordinate[];
  /** Objects of which a difference is not told any more. */
  readonly hides: readonly Coordinate[];
  /** Objects of which a difference is told that was not told before. */
  readonly shows: readonly Coordinate[];
  /** Where it stands; absent for one that is removed. */
  readonly at?: SnapshotPlace;
};

/** What a pull request means for the standby: what comments, checks and the artefact are made from. */
export type PullReport = {
  readonly schemaVersion: 1;
  /** Tells reports apart where one repository keeps several pairs in lockstep; empty for the only one. */
  readonly environment: string;
  /** Commit that the pull request asks to merge. */
  readonly head: string;
  /** Commit that it is compared with; absent where that holds no configuration or no snapshot. */
  readonly base?: string;
  /** Was the standby read now, or is it what its snapshot says? */
  readonly standby: { readonly from: "organisation" | "snapshot"; readonly takenAt: string };
  /** What the merge changes: the standby differs in it then, and did not before. */
  readonly afterMerge: DriftReport;
  /** What differs before the merge and not after it. */
  readonly settled: DriftReport;
  /** What differs before and after. */
  readonly anyway: DriftReport;
  readonly rules: readonly RuleChange[];
  /** Sections of `lockstep.yaml` that differ and hold no rules of pairing. */
  readonly settings: readonly string[];
};
