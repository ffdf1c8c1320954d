import { defined } from "../../../model/defined.ts";
import type { Coordinate } from "../../../model/coordinate.ts";
import { isObj, textOf, type Json, type Obj } from "../../../model/json.ts";
import type { HiddenSecrets } from "../../../model/placeholders.ts";
import type { OwnState } from "../../target.ts";
import { objectIn } from "./inputs.ts";

/** An object of the organisation as it is. */
export interface LiveObject {
  readonly id: string;
  readonly coordinate: Coordinate;
  /** As the organisation answered, parts included. */
  readonly entity: Obj;
  /** In canonical form. */
  readonly object: Obj;
  /** Operational state and what the organisation owns: pointer → value. */
  readonly state: OwnState;
  readonly revisions: { readonly [part: string]: string };
  /** What stands behind the placeholders of the object. Never part of an output. */
  readonly hidden?: HiddenSecrets | undefined;
}

/** What is known of an object from before: parts with the same revision are taken from there. */
export interface EarlierReading {
  readonly object: Obj;
  readonly revisions: { readonly [part: string]: string };
}

/** What the outputs of a resource tell of its object. */
export function earlierReading(outputs: Obj): EarlierReading {
  const revisions = isObj(outputs["revisions"]) ? outputs["revisions"] : {};
  const texts = Object.entries(revisions).map(([part, revision]) => [part, textOf(revision)] as const);
  return { object: objectIn(outputs), revisions: Object.fromEntries(texts) };
}

/** The outputs of a resource: the live object, and beside it what is never compared. */
export function outputsOf(live: LiveObject, key: string, lockstep: Json | undefined): Obj {
  const { object, coordinate, state, revisions } = live;
  const beside = {
    state: Object.keys(state).length === 0 ? undefined : state,
    revisions: Object.keys(revisions).length === 0 ? undefined : revisions,
    lockstep,
  };
  return { ...object, key, coordinate, ...defined(beside) };
}
