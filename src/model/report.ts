import type { Coordinate } from "./coordinate.ts";
import type { Json } from "./json.ts";
import type { Finding } from "./snapshot.ts";
import type { Side } from "./side.ts";

/** One value that differs. `before` is what the standby has, `after` what it should have; absent means that there is none. */
export type Edit = {
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
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

/** The drift between the desired state and the standby: what every renderer gets. */
export type DriftReport = {
  readonly schemaVersion: 1;
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
