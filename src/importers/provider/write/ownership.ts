import { splitCoordinate, type Coordinate } from "../../../model/coordinate.ts";
import type { Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import type { Plan } from "../../../model/plan.ts";
import { digestJson } from "../../../canonical/digest.ts";
import { parentReference } from "../../../canonical/references.ts";
import { withStateOf } from "../../target.ts";
import { operationsOf, type Ownership, type ProposedWrite } from "./access.ts";
import type { LiveObject } from "../read/live.ts";
import type { Session } from "../rpc/session.ts";

/** A write that is about to happen, with the object as it is, where there is one. */
export type WriteRequest = Omit<ProposedWrite, "ownership"> & { readonly live?: LiveObject };

/** A write to an object that is there. */
type WriteToLive = WriteRequest & { readonly live: LiveObject };

/** Whose the object of a write is. @param plan the approved plan, where one is needed */
export function ownershipOf(session: Session, plan: Plan | undefined, request: WriteRequest): Ownership {
  const { kind, coordinate, live } = request;
  const present = live === undefined ? undefined : { ...request, live };
  const before = live?.coordinate ?? coordinate;
  const moved = present !== undefined && hasMoved(session, plan, present);
  if (isOurs(session, before, live?.id)) {
    const changed = present !== undefined && hasChanged(session, present);
    return { owner: "ours", changed, moved, unfinished: session.journal.entries.get(before)?.digest === "" };
  }
  const owner = isPlatforms(session, kind, before) ? "platform" : "foreign";
  return { owner, changed: false, moved, unfinished: false };
}

/** Does every new organisation have it, or is it in an object that is ours? */
function isPlatforms(session: Session, kind: Kind, coordinate: Coordinate): boolean {
  const { platform, target } = session;
  if (platform.has(coordinate)) return true;
  const parent = parentReference(kind, splitCoordinate(coordinate).key);
  return parent !== undefined && (platform.has(parent) || isOurs(session, parent, target.ids.get(parent)));
}

function isOurs(session: Session, coordinate: Coordinate, id: string | undefined): boolean {
  return (
    isNoted(session, coordinate, id) || (id !== undefined && session.baseline.entries.get(coordinate)?.targetId === id)
  );
}

/** Does the journal tell of a write to it? */
export function isNoted({ journal }: Session, coordinate: Coordinate, id: string | undefined): boolean {
  const noted = journal.entries.get(coordinate);
  return noted !== undefined && (noted.id === "" || noted.id === id);
}

/**
 * Is it neither as the plan found it nor as one of the plan's writes leaves it? What was last written from here has not moved.
 */
function hasMoved({ journal }: Session, plan: Plan | undefined, request: WriteToLive): boolean {
  const { kind, coordinate, live, wanted = {} } = request;
  const operations = operationsOf(plan, coordinate);
  const found = operations[0]?.before;
  if (found === undefined || journal.entries.get(live.coordinate)?.digest === digestOf(kind, live.object)) return false;
  const now = digestOf(kind, withStateOf(live, wanted));
  const fine = [found, ...operations.flatMap(({ after }) => (after === undefined ? [] : [after]))];
  return !fine.some((state) => digestOf(kind, state) === now);
}

/** A text is another one in every export, so that only its meaning tells; the baseline knows its letters alone. */
function hasChanged({ journal, baseline }: Session, { kind, live, wanted = {} }: WriteToLive): boolean {
  const noted = journal.entries.get(live.coordinate)?.digest ?? "";
  if (noted !== "") return noted !== digestOf(kind, live.object);
  const known = baseline.entries.get(live.coordinate)?.digest;
  return kind.content === undefined && known !== undefined && known !== digestJson(withStateOf(live, wanted));
}

/** Digest of what an object means. */
export function digestOf(kind: Kind, object: Obj): string {
  const { content } = kind;
  const text = content === undefined ? undefined : object[content.at];
  if (content === undefined || typeof text !== "string") return digestJson(object);
  return digestJson({ ...object, [content.at]: content.comparable(text) });
}
