import type { Api } from "../model/api.ts";
import { LockstepError } from "../model/error.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
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
  /** `counts`: users stay unknown, queues tell only how many members they have. */
  readonly members: "emails" | "counts";
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
  /** Pointer → number, for parts that name people where only counts are wanted. */
  readonly counts: { readonly [pointer: string]: number };
}

/** The error for kinds that could not be read; names every one of them. */
export function incompleteError(org: string, gaps: readonly { kind: string; error: LockstepError }[]): LockstepError {
  const [first] = gaps;
  const others = gaps.slice(1).map(({ kind, error }) => `${kind}: ${error.message}`);
  const code = first?.error.code ?? "incomplete-snapshot";
  return new LockstepError(
    code,
    [`${org}: ${first?.kind ?? ""} cannot be read: ${first?.error.message ?? ""}`, ...others].join("\n"),
    `${first?.error.hint ?? ""} Or take the snapshot with --allow-incomplete, which marks the gap in its manifest.`.trim(),
    { coordinate: first?.error.place.coordinate ?? first?.kind },
  );
}
