import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { AuditChanges } from "../model/audit-changes.ts";
import { textOf, type Json, type Obj } from "../model/json.ts";
import type { Audited, Kind, Part } from "../model/kind.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { references } from "../canonical/references.ts";
import { stampOf } from "./stamps.ts";
import type { Identified } from "./identify.ts";

/** A piece of an earlier snapshot that is still good. */
export interface Untouched {
  /** Undefined when the piece is empty, because snapshots leave out what is. */
  readonly value: Json | undefined;
  /** The object as it was, where the piece is all of it. */
  readonly whole: Obj | undefined;
  /** Pointer → value, for what is set apart of it. */
  readonly state: { readonly [pointer: string]: Json };
}

/** A piece that need not be read again, or undefined when it has to be. */
export type ReuseUntouched = (kind: Kind, coordinate: Coordinate, part: Part, entity: Obj) => Untouched | undefined;

/** What decides whether a piece was touched. */
export interface Since {
  readonly changes: AuditChanges;
  readonly previous: Snapshot;
  readonly identified: Pick<Identified, "ids">;
  /** Entities as they are listed now, by kind. */
  readonly listed: (kind: string) => readonly Obj[];
}

/**
 * Decides by the audit log which pieces need not be read again. Whatever else speaks for a change wins: another version or date of
 * the object, another object under its name, another name of something that the piece refers to, and a finding about it.
 */
export function reuseUntouched({ changes, previous, identified, listed }: Since): ReuseUntouched {
  const touched = touchedIds({ changes, previous, listed });
  return (kind, coordinate, part, entity) => {
    const object = previous.objects.get(coordinate);
    if (object === undefined || part.audited === undefined) return undefined;
    if (!isSame(previous, coordinate, part, entity) || touched(kind, part.audited, textOf(entity["id"])))
      return undefined;
    const named = { previous, ids: identified.ids, kind };
    if (hasRemark(previous, coordinate, part) || !areStillNamed(named, pieceOf(object, part))) return undefined;
    const state = Object.entries(previous.state.get(coordinate) ?? {});
    // A count stands for a piece that was not read.
    if (state.some(([pointer]) => pointer === `/${part.at}`)) return undefined;
    return {
      value: object[part.at],
      whole: part.isWhole === true ? object : undefined,
      state: Object.fromEntries(state.filter(([pointer]) => isInside(part, pointer))),
    };
  };
}

function pieceOf(object: Obj, { at, isWhole }: Part): Obj {
  return isWhole === true ? object : { [at]: object[at] ?? null };
}

/** Does a pointer into the object lead to the piece, or into it? */
function isInside({ at, isWhole }: Part, pointer: string): boolean {
  return isWhole === true || pointer === `/${at}` || pointer.startsWith(`/${at}/`);
}

/** The same object as before, and with the same version or date where it has one. */
function isSame(previous: Snapshot, coordinate: Coordinate, part: Part, entity: Obj): boolean {
  if (previous.ids.get(coordinate) !== textOf(entity["id"])) return false;
  return previous.revisions.get(coordinate)?.[part.at] === stampOf(entity);
}

/** Does an entry of the audit log tell of this object, or of one that nobody knows? The latter may be a piece of any object. */
function touchedIds({
  changes,
  previous,
  listed,
}: Omit<Since, "identified">): (kind: Kind, audited: Audited, id: string) => boolean {
  const known = new Map<string, ReadonlySet<string>>();
  const knownOf = (kind: string): ReadonlySet<string> => {
    const ids = known.get(kind) ?? idsOf(kind, previous, listed(kind));
    known.set(kind, ids);
    return ids;
  };
  const byPiece = new Map<string, ReadonlySet<string> | "all">();
  const touchedOf = (kind: Kind, audited: Audited): ReadonlySet<string> | "all" => {
    const piece = JSON.stringify([kind.name, audited]);
    const ids = byPiece.get(piece) ?? concerned(changes, audited, knownOf(kind.name));
    byPiece.set(piece, ids);
    return ids;
  };
  return (kind, audited, id) => {
    const ids = touchedOf(kind, audited);
    return ids === "all" || ids.has(id);
  };
}

function concerned(changes: AuditChanges, audited: Audited, known: ReadonlySet<string>): ReadonlySet<string> | "all" {
  const entries = changes.entriesFor(audited);
  if (entries === undefined) return "all";
  const types = new Set(audited.entities.map((entity) => entity.toLowerCase()));
  const isOfNobody = entries.some(({ type, ids }) => types.has(type) && !ids.some((id) => known.has(id)));
  return isOfNobody ? "all" : new Set(entries.flatMap(({ ids }) => ids));
}

function idsOf(kind: string, previous: Snapshot, entities: readonly Obj[]): ReadonlySet<string> {
  const before = [...previous.ids].flatMap(([at, id]) => (splitCoordinate(at).kind === kind ? [id] : []));
  return new Set([...before, ...entities.map(({ id }) => textOf(id))]);
}

/** Was something noticed when the piece was read? It may have gone since, and only reading tells. */
function hasRemark({ findings }: Snapshot, coordinate: Coordinate, part: Part): boolean {
  return findings.some(
    ({ coordinate: about, code, path = "" }) =>
      about === coordinate && code !== "looks-like-a-secret" && isInside(part, path),
  );
}

interface Named {
  readonly previous: Snapshot;
  readonly ids: ReadonlyMap<Coordinate, string>;
  readonly kind: Kind;
}

function areStillNamed({ previous, ids, kind }: Named, piece: Obj): boolean {
  return references(kind, piece).every(({ coordinate }) => previous.ids.get(coordinate) === ids.get(coordinate));
}
