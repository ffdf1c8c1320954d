import type { FindingCode } from "./catalogue/codes.ts";
import type { Coordinate } from "./coordinate.ts";
import type { Json, Obj } from "./json.ts";

/** What a sweep counted for one kind, and the digest of what it kept. */
export type KindCounts = {
  readonly listed: number;
  readonly read: number;
  readonly kept: number;
  /** SHA-256 over the kind's files. */
  readonly digest: string;
  /** Entities that are not part of the snapshot, by reason. */
  readonly skipped?: { readonly [reason: string]: number };
  /** Why the kind is not complete; absent when it is. */
  readonly incomplete?: string;
};

/** Identity of a snapshot and what it holds: `manifest.json`. */
export type Manifest = {
  readonly org: { readonly id: string; readonly name: string; readonly homeDivision: string };
  readonly region: string;
  readonly tool: string;
  /** Version of the normaliser: snapshots of different normalisers are not compared. */
  readonly normaliser: number;
  readonly complete: boolean;
  /** The key of the placeholders that stand in the place of secrets, by its id; absent where secrets are kept. */
  readonly secretsKey?: string;
  readonly kinds: { readonly [kind: string]: KindCounts };
  readonly files: { readonly [coordinate: Coordinate]: string };
  /** SHA-256 of every file but the manifest itself and `run.json`. */
  readonly digests: { readonly [path: string]: string };
};

/** Configuration of one organisation in canonical form. */
export interface Snapshot {
  readonly org: Manifest["org"];
  readonly region: string;
  readonly complete: boolean;
  /** As in {@link Manifest}. */
  readonly secretsKey?: Manifest["secretsKey"];
  readonly counts: { readonly [kind: string]: Omit<KindCounts, "digest"> };
  /** Compared configuration; references are coordinates. */
  readonly objects: ReadonlyMap<Coordinate, Obj>;
  /** Id of every object in its organisation; includes those of kinds that are only referred to. */
  readonly ids: ReadonlyMap<Coordinate, string>;
  /** Revision of each part that has one: `coordinate` → `part` → revision. */
  readonly revisions: ReadonlyMap<Coordinate, { readonly [part: string]: string }>;
  /** Operational state and values of the organisation's own, never synced by themselves: coordinate → pointer → value. */
  readonly state: ReadonlyMap<Coordinate, { readonly [pointer: string]: Json }>;
  readonly findings: readonly Finding[];
}

/** Something a person should know that is not a difference. */
export type Finding = {
  readonly code: FindingCode;
  readonly coordinate: Coordinate;
  readonly message: string;
  /** Pointer inside the object, where one applies. */
  readonly path?: string;
};
