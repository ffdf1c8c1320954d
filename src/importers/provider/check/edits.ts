import { defined } from "../../../model/defined.ts";
import { isList, type Obj, textOf } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import { objectWith, pointerCovers, valueAt } from "../../../model/pointer.ts";
import type { Edit } from "../../../model/report.ts";
import { unignoredEdits, type UnignoredEdits } from "../../../drift/compare.ts";
import { withoutPlaces } from "../../../canonical/phases.ts";
import { relinkObject } from "../../../canonical/relink.ts";
import { isCovered, objectIn, treatmentOf } from "../read/inputs.ts";
import { contentPointer, withLinkedOf } from "../write/link.ts";
import { UNKNOWN } from "../rpc/values.ts";

/**
 * What a resource differs in: edits that turn the live object into the wanted one, but for what is ignored and what a Link
 * writes. Differences inside a text are told as they are.
 * @param outputs the live object, as outputs or as inputs
 * @param news inputs of the program
 * @throws LockstepError when a text that differs cannot be read
 */
export function resourceEdits(kind: Kind, outputs: Obj, news: Obj): readonly Edit[] {
  const { linked } = treatmentOf(news);
  const wanted = objectIn(news);
  return compared(
    kind,
    withoutPlaces(kind, liveObject(kind, outputs, wanted), linked),
    withoutPlaces(kind, wanted, linked),
    news,
  ).edits;
}

/**
 * What an update writes: the inputs, with what is ignored kept as it is, and the edits that this makes.
 * @param live the object as it is
 * @param held linked pointers whose values cannot be written yet: they stay as they are
 */
export function wantedObject(kind: Kind, live: Obj, news: Obj, held: readonly string[] = []): UnignoredEdits {
  const wanted = withLinkedOf(kind, objectIn(news), live, held);
  return compared(kind, liveObject(kind, live, wanted), wanted, news);
}

/**
 * The live object as far as the wanted one can be compared with it. Operational state counts only where the inputs speak of
 * it; outputs may hold it apart, as pointer → value in `state`, because an import reads it before anybody has said so.
 */
function liveObject(kind: Kind, outputs: Obj, wanted: Obj): Obj {
  const state = outputs["state"];
  const apart = typeof state === "object" && state !== null && !isList(state) ? state : {};
  return operationalPatterns(kind).reduce((carry, pointer) => {
    const spoken = valueAt(wanted, pointer) !== undefined;
    const has = valueAt(carry, pointer) !== undefined;
    if (spoken && !has && Object.hasOwn(apart, pointer)) return objectWith(carry, pointer, apart[pointer]);
    return !spoken && has ? withoutPlaces(kind, carry, [pointer]) : carry;
  }, objectIn(outputs));
}

/** The object with references to objects that get another name as they are going to be: they stay the same objects. */
export function withMoved(kind: Kind, object: Obj, news: Obj): Obj {
  const { moved } = treatmentOf(news);
  return moved.size === 0 ? object : relinkObject(kind, object, (at) => moved.get(at) ?? at);
}

function operationalPatterns(kind: Kind): string[] {
  return Object.entries(kind.schema["x-excluded"] ?? {}).flatMap(([pointer, { owner }]) =>
    (owner === "operational" || owner === "org") && !pointer.includes("*") ? [pointer] : [],
  );
}

function compared(kind: Kind, found: Obj, wanted: Obj, news: Obj): UnignoredEdits {
  const { ignored } = treatmentOf(news);
  const live = withMoved(kind, found, news);
  const isIgnored = (path: string): boolean => isCovered(ignored, path);
  const at = contentPointer(kind);
  if (at === undefined || !(isUnknown(kind, live) || isUnknown(kind, wanted)))
    return unignoredEdits(kind, live, wanted, isIgnored);
  // A text that is not known yet cannot be read: it differs as a whole.
  const rest = unignoredEdits(kind, withoutPlaces(kind, live, [at]), withoutPlaces(kind, wanted, [at]), isIgnored);
  const [before, after] = [valueAt(live, at), valueAt(wanted, at)];
  if (before === after || isIgnored(at)) return rest;
  const edit = defined({ path: at, before, after });
  return {
    ...rest,
    edits: [...rest.edits, edit],
    wanted: after === undefined ? rest.wanted : objectWith(rest.wanted, at, after),
  };
}

function isUnknown(kind: Kind, object: Obj): boolean {
  return kind.content !== undefined && textOf(object[kind.content.at]) === UNKNOWN;
}

/** Edits with those inside a text as one edit of the text, because its lines are no properties of a resource. */
export function foldedEdits(kind: Kind, edits: readonly Edit[], before: Obj, after: Obj): Edit[] {
  const at = contentPointer(kind);
  if (at === undefined) return [...edits];
  const outside = edits.filter(({ path }) => !pointerCovers(at, path));
  if (outside.length === edits.length) return outside;
  const [old, next] = [valueAt(before, at), valueAt(after, at)];
  const whole = defined({
    path: at,
    before: old,
    after: next,
  });
  return [...outside, whole];
}
