import type { AuditChanges } from "../model/audit-changes.ts";
import type { Api } from "../model/api.ts";
import type { Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import type { Json, Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Placeholders } from "../model/placeholders.ts";
import type { Sink } from "../model/ports.ts";
import type { Snapshot } from "../model/snapshot.ts";

/** What a sweep needs. */
export interface SweepOptions {
  readonly api: Api;
  readonly org: { readonly id: string; readonly name: string };
  readonly region: string;
  readonly kinds: ReadonlyMap<string, Kind>;
  /** The snapshot taken before, if any: parts whose revision is the same are taken from it. */
  readonly previous?: Snapshot | undefined;
  /** Coordinates and ids of what the organisation was known to have: asked for by id where a list leaves it out. */
  readonly known?: readonly (readonly [Coordinate, string])[] | undefined;
  /** What the audit log tells of the time since that snapshot, if it was asked: pieces that it covers are taken from there too. */
  readonly changes?: AuditChanges | undefined;
  /** `counts`: users stay unknown, queues tell only how many members they have. */
  readonly members: "emails" | "counts";
  /** Given where nothing that looks like a secret is kept. */
  readonly placeholders?: Placeholders | undefined;
  /** How many objects that take jobs to read are read at a time, such as flows; as many as their kind says unless given. */
  readonly jobsAtOnce?: number | undefined;
  /** Kinds that cannot be read are marked instead of failing the sweep. */
  readonly allowIncomplete: boolean;
  readonly sink: Sink;
}

/** Full entities and cached parts of the kept objects. */
export interface Detail {
  readonly entity: Obj;
  /** Parts taken from the previous snapshot, already canonical. */
  readonly cached: Obj;
  readonly revisions: { readonly [part: string]: string };
  /** The whole object as it was, canonical, where its list tells nothing of it and the rest is still good. */
  readonly whole?: Obj | undefined;
  /** Pointer → value, for what is set apart of cached parts. */
  readonly state: { readonly [pointer: string]: Json };
  /** Pointer → number, for parts that name people where only counts are wanted. */
  readonly counts: { readonly [pointer: string]: number };
}

/** A kind that could not be read. */
export interface Gap {
  readonly kind: string;
  readonly error: LockstepError;
}

/** @throws LockstepError that names every kind that could not be read, unless gaps are allowed */
export function assertNoGaps(
  { org, allowIncomplete }: Pick<SweepOptions, "org" | "allowIncomplete">,
  [first, ...others]: readonly Gap[],
): void {
  if (first === undefined || allowIncomplete) return;
  const { kind, error } = first;
  const more = others.map((gap) => `${gap.kind}: ${gap.error.message}`);
  throw new LockstepError(
    error.code,
    [`${org.name}: ${kind} cannot be read: ${error.message}`, ...more].join("\n"),
    `${error.hint} Or take the snapshot with --allow-incomplete, which marks the gap in its manifest.`.trim(),
    { coordinate: error.place.coordinate ?? kind },
  );
}
