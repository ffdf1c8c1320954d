import type { Coordinate } from "./coordinate.ts";
import type { Json } from "./json.ts";
import type { Blocked, GuardHit } from "./obstacles.ts";
import type { Narrowing } from "./narrowing.ts";
import type { Finding } from "./snapshot.ts";
import type { Side } from "./side.ts";

/** One value that differs. `before` is what the standby has, `after` what it should have; absent means that there is none. */
export type Edit = {
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
};

/** One step that turns the list of the standby into the one that it should have. Positions count from 0. */
export type ListStep =
  | { readonly op: "insert" | "remove"; readonly at: number; readonly value: Json }
  | { readonly op: "move"; readonly from: number; readonly to: number; readonly value: Json };

/** How a list whose order counts differs: what the edits by position below `path` mean. */
export type ListEdit = {
  readonly path: string;
  readonly steps: readonly ListStep[];
};

/** A line of a file of a snapshot; the file is relative to the configuration. */
export type SnapshotPlace = {
  readonly file: string;
  /** From 1: where the first difference is, or the object where it differs as a whole. */
  readonly line: number;
};

/** What to do to the standby so that it equals the desired state. */
export type Action = "create" | "update" | "delete" | "rename";

/** One object that differs. */
export type DriftChange = {
  readonly coordinate: Coordinate;
  readonly action: Action;
  readonly edits: readonly Edit[];
  /** For a rename: the coordinate that the standby has. */
  readonly from?: Coordinate;
  /** Differences that are ignored by configuration; an object with only ignored edits is not a change. */
  readonly ignored?: number;
  /** Lists that gained, lost or moved items: each says in steps what the edits below its path say by position. */
  readonly lists?: readonly ListEdit[];
  /** Unified diff of the object's text content (a flow's YAML), without what means nothing. */
  readonly hunk?: string;
  /** Where it is in the snapshots: in the primary's, or in the standby's for what only the standby has. */
  readonly at?: SnapshotPlace;
  /** In the report of a plan: the wave of the operation. */
  readonly wave?: number;
  /** In the report of a plan: the object is written a second time, for references that closed a cycle. */
  readonly pass?: 2;
  /** In the report of a plan: the version that was there is published again. */
  readonly restores?: true;
};

/** What the report of a plan says besides its changes. */
export type PlanFacts = {
  readonly sha256: string;
  readonly tool: string;
  readonly sourceTakenAt: string;
  readonly prune: boolean;
  readonly stack?: "primary";
  readonly undoes?: string;
  readonly blocked: readonly Blocked[];
  readonly guards: readonly GuardHit[];
};

/** An object outside the organisations, as far as it differs from `lockstep.yaml`: compared, never planned and never written. */
export type ReportedObject = {
  readonly coordinate: Coordinate;
  /** `none`: as described; `create`: missing; `update`: different. */
  readonly action: "none" | "create" | "update";
  /** `before` is what there is, `after` what `lockstep.yaml` says. */
  readonly edits: readonly Edit[];
  /** Who answers now, with the share of the queries; absent where current health does not tell. */
  readonly answers?: readonly { readonly side: Side | "other"; readonly share: number }[];
};

/**
 * Operational state of an object that both organisations have: it differs, or it is off in the standby. Reported, never copied.
 * A side that does not tell it is left out.
 */
export type OperationalState = {
  /** The object by its name in the standby. */
  readonly coordinate: Coordinate;
  readonly path: string;
  readonly primary?: Json;
  readonly standby?: Json;
  /** Is it another value in the standby than the one that means "in use"? */
  readonly off: boolean;
  /** The standby has the value that `lockstep.yaml` gives it. */
  readonly configured?: true;
};

/** A place in the report for one organisation. */
export type ReportOrg = {
  readonly id: string;
  readonly name: string;
  readonly region: string;
};

/** The drift between the desired state and the standby, or the operations of a plan: what every renderer gets. */
export type DriftReport = {
  readonly schemaVersion: 1;
  /** Set when the changes are the operations of a plan, in its order. */
  readonly plan?: PlanFacts;
  /** What was asked for; absent where it was everything. */
  readonly selection?: Narrowing;
  readonly source: ReportOrg;
  readonly target: ReportOrg;
  readonly summary: { readonly [action in Action]: number };
  /** Per kind: objects compared and changes, so that "nothing differs" can be told from "nothing was looked at". */
  readonly kinds: { readonly [kind: string]: { readonly compared: number; readonly changed: number } };
  readonly changes: readonly DriftChange[];
  /** Differences of derived kinds: each is repaired by a change above, so none of them is counted in the summary. */
  readonly derived: readonly DriftChange[];
  /** Objects of report-only kinds, whether they differ or not; absent where the configuration describes none. */
  readonly reported?: readonly ReportedObject[];
  /** Operational state that differs or is off: no change above, because it is never copied. */
  readonly operational: readonly OperationalState[];
  readonly findings: readonly Finding[];
};

/** The report of a plan. */
export type PlanReport = DriftReport & { readonly plan: PlanFacts };
