import type { Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { namesakesOf } from "../model/namesakes.ts";
import type { Finding, Snapshot } from "../model/snapshot.ts";
import { derivedObjects } from "../canonical/derive.ts";
import { isWritten, type Scope } from "./scope.ts";
import { withActualState, type SettingsByObject } from "./state.ts";

/** What pairing has to know about the organisation that is written, the standby in most cases. */
export interface PairingTarget {
  /** Everything that it has, also what is only referred to. */
  readonly coordinates: ReadonlySet<Coordinate>;
  /** Name of its Home division, for texts that name it. */
  readonly homeDivision: string;
  /** Kinds that could not be read completely: of these, nothing counts as missing. */
  readonly unread: ReadonlySet<string>;
  /** Names that several of its objects share: none of those is compared or written, and nothing can refer to them. */
  readonly namesakes: ReadonlyMap<Coordinate, Finding>;
}

/** What a snapshot of the standby tells pairing. */
export function pairingTarget({ org, ids, objects, counts, findings }: Snapshot): PairingTarget {
  return {
    coordinates: new Set([...ids.keys(), ...objects.keys()]),
    homeDivision: org.homeDivision,
    unread: new Set(Object.keys(counts).filter((kind) => counts[kind]?.incomplete !== undefined)),
    namesakes: namesakesOf(findings),
  };
}

/**
 * The standby's side of the comparison: the objects that take part, with the operational settings that the configuration
 * speaks of, and with derived kinds computed from just these objects, as on the desired side.
 */
export function comparedTarget(
  standby: Snapshot,
  pairing: { readonly scope: Scope; readonly settings: SettingsByObject },
  kinds: ReadonlyMap<string, Kind>,
): Map<Coordinate, Obj> {
  const compared = new Map(
    [...standby.objects].filter(([coordinate]) => isWritten(kinds, coordinate) && pairing.scope.compared(coordinate)),
  );
  return withDerived(withActualState(compared, standby.state, pairing.settings), kinds, pairing.scope);
}

/** The objects together with those of derived kinds that take part. */
export function withDerived(
  objects: ReadonlyMap<Coordinate, Obj>,
  kinds: ReadonlyMap<string, Kind>,
  scope: Scope,
): Map<Coordinate, Obj> {
  const derived = [...derivedObjects(kinds, objects)].filter(([coordinate]) => scope.compared(coordinate));
  return new Map([...objects, ...derived]);
}
