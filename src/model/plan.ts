import type { Coordinate } from "./coordinate.ts";
import type { Obj } from "./json.ts";
import type { Narrowing } from "./narrowing.ts";
import type { Action, Edit } from "./report.ts";
import type { Blocked, GuardHit } from "./obstacles.ts";
import type { Finding } from "./snapshot.ts";

/** One step of a plan: one object, one change. */
export type Operation = {
  readonly id: string;
  /** 1-based; operations of one wave do not depend on one another. */
  readonly wave: number;
  readonly action: Action | "restore";
  readonly coordinate: Coordinate;
  /** For a rename: the coordinate that the standby still has. */
  readonly from?: Coordinate;
  /** Ids of operations that must be done first. */
  readonly dependsOn: readonly string[];
  /** Second pass over an object whose references closed a cycle: written by an earlier operation of the same plan. */
  readonly phase?: 1 | 2;
  /** Id in the source; absent for a delete. */
  readonly sourceId?: string;
  /** Id in the standby; absent for a create. */
  readonly targetId?: string;
  /** SHA-256 of the standby's object when the plan was made; absent when there was none. */
  readonly targetDigest?: string;
  readonly edits: readonly Edit[];
  readonly before?: Obj;
  readonly after?: Obj;
  /** Revisions of parts that were there before (a flow's published version): part → revision. */
  readonly revisions?: { readonly [part: string]: string };
};

/** Operations in an order that works, bound to the state of the standby that they were computed from: a file. */
export type Plan = {
  readonly schemaVersion: 1;
  /** SHA-256 over everything else in the plan. */
  readonly sha256: string;
  readonly tool: string;
  readonly source: { readonly orgId: string; readonly name: string };
  readonly target: { readonly orgId: string; readonly name: string };
  /** Set when the target is the primary: such a plan can be approved for its Pulumi stack; apply refuses it. */
  readonly stack?: "primary";
  /** Checksum of the plan whose apply this one takes back. */
  readonly undoes?: string;
  /** What was asked for; absent where it was everything. */
  readonly selection?: Narrowing;
  /** When the source was read, ISO 8601; empty where nothing says so. */
  readonly sourceTakenAt: string;
  readonly prune: boolean;
  /** How queue members were read when the plan was made. */
  readonly members: "emails" | "counts";
  readonly operations: readonly Operation[];
  readonly blocked: readonly Blocked[];
  readonly findings: readonly Finding[];
  /** Ids in the standby of what the operations refer to. */
  readonly ids: { readonly [coordinate: Coordinate]: string };
  /** Guards that this plan runs into: apply stops unless each is allowed. */
  readonly guards: readonly GuardHit[];
  /** Objects that were equal when planned: coordinate → [source id, target id, digest]. They become baseline after apply. */
  readonly equal: { readonly [coordinate: Coordinate]: readonly [string, string, string] };
};
