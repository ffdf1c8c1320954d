import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { ContentReference, Kind } from "../model/kind.ts";
import type { Finding } from "../model/snapshot.ts";
import type { Side } from "../model/side.ts";
import { contentReferences } from "../canonical/references.ts";
import { relinkObject } from "../canonical/relink.ts";

/** How the message of a finding ends where the object can be written all the same. */
export const REFERENCE_LEFT_OUT = "; the reference is left out";

/** What references may lead to. */
export interface ReferenceTargets {
  readonly kinds: ReadonlyMap<string, Kind>;
  /** The organisation that is written. */
  readonly side: Side;
  /** Objects that the standby has or will have. */
  readonly inStandby: ReadonlySet<Coordinate>;
  /** Objects that the source has, in the standby's coordinates. */
  readonly inSource: ReadonlySet<Coordinate>;
  /** Kinds of which the standby could not be read completely: nothing is known to be missing. */
  readonly unread: ReadonlySet<string>;
  /** Names that several objects of an organisation share. */
  readonly setAside: ReadonlySet<Coordinate>;
  /** What texts name, where they were read before. */
  readonly named?: ReadonlyMap<string, readonly ContentReference[]>;
}

/** An object whose references were looked up, and what was noticed. */
export interface Resolved {
  readonly object: Obj;
  readonly findings: readonly Finding[];
}

/**
 * Looks up what an object refers to. A reference to something that lockstep does not write, such as a user, and that the
 * standby lacks is left out; every other one stays, so that the gap is seen. Both are reported.
 */
export function resolveObject(kind: Kind, coordinate: Coordinate, object: Obj, known: ReferenceTargets): Resolved {
  const findings: Finding[] = [];
  const resolved = relinkObject(kind, object, (reference, path, stays) => {
    const finding = missing(reference, coordinate, path, known);
    if (finding === undefined) return reference;
    const isKept = stays || known.kinds.get(splitCoordinate(reference).kind)?.mode !== "map";
    findings.push(isKept ? finding : { ...finding, message: finding.message + REFERENCE_LEFT_OUT });
    return isKept ? reference : undefined;
  });
  return { object: resolved, findings };
}

/** Finds objects by the names in texts; build it once, it reads every coordinate. */
export function contentResolver(
  known: ReferenceTargets,
): (kind: Kind, coordinate: Coordinate, object: Obj) => Finding[] {
  const inStandby = namedAmong(known.inStandby);
  const inSource = namedAmong(known.inSource);
  return (kind, coordinate, object) =>
    contentReferences(kind, object, known.named).flatMap((reference) => {
      if (!known.kinds.has(reference.kind)) return unknownKind(coordinate, reference);
      if (known.unread.has(reference.kind)) return [];
      if (inStandby(reference)) return [];
      const isKnown = inSource(reference) || known.kinds.get(reference.kind)?.mode === "map";
      const target = `${reference.kind}/${reference.name}`;
      return [{ coordinate, path: reference.path, ...gap(known.side, isKnown, target) }];
    });
}

/** What a text names beside objects of an organisation: engines are part of the platform, a category is part of a data action. */
const NO_OBJECTS: ReadonlySet<string> = new Set(["tts-engine", "stt-engine", "data-action-category"]);

/** A reference to a kind that nothing keeps in step: whether the object exists there shows only when the text is published. */
function unknownKind(coordinate: Coordinate, { kind, name, path }: ContentReference): Finding[] {
  if (NO_OBJECTS.has(kind)) return [];
  const message = `Refers to ${kind}/${name}, of a kind that lockstep does not know; without it the text cannot be published`;
  return [{ code: "unknown-reference-type", coordinate, path, message }];
}

/** Is something of this name among the objects? A partial name is the end of a key; several objects may have it. */
function namedAmong(coordinates: ReadonlySet<Coordinate>): (reference: ContentReference) => boolean {
  const ends = new Set<string>();
  for (const coordinate of coordinates) {
    const { kind, key } = splitCoordinate(coordinate);
    for (const { index } of key.matchAll(/[:/]/g)) ends.add(coordinateOf(kind, key.slice(index + 1)));
  }
  return ({ kind, name, partial }) => {
    const coordinate = coordinateOf(kind, name);
    return coordinates.has(coordinate) || (partial === true && ends.has(coordinate));
  };
}

function missing(
  reference: Coordinate,
  coordinate: Coordinate,
  pathOf: () => string,
  known: ReferenceTargets,
): Finding | undefined {
  const { kind } = splitCoordinate(reference);
  const mode = known.kinds.get(kind)?.mode;
  if (mode === undefined || known.unread.has(kind) || known.inStandby.has(reference)) return undefined;
  const path = pathOf();
  if (known.setAside.has(reference)) {
    const message = `Refers to ${reference}, and several objects have that name`;
    return { code: "missing-reference", coordinate, path, message };
  }
  return { coordinate, path, ...gap(known.side, mode === "map" || known.inSource.has(reference), reference) };
}

function gap(side: Side, isKnown: boolean, reference: string): Pick<Finding, "code" | "message"> {
  return isKnown
    ? { code: "missing-in-standby", message: `Refers to ${reference}, which the ${side} does not have` }
    : { code: "missing-reference", message: `Refers to ${reference}, which neither the source nor the ${side} has` };
}

/** Looks up the references of all objects, those in text content included. */
export function resolveAll(
  objects: ReadonlyMap<Coordinate, Obj>,
  known: ReferenceTargets,
): { readonly objects: Map<Coordinate, Obj>; readonly findings: readonly Finding[] } {
  const resolveContent = contentResolver(known);
  const result = new Map<Coordinate, Obj>();
  const findings: Finding[] = [];
  for (const [coordinate, object] of objects) {
    const kind = known.kinds.get(splitCoordinate(coordinate).kind);
    if (kind === undefined) continue;
    const resolved = resolveObject(kind, coordinate, object, known);
    result.set(coordinate, resolved.object);
    findings.push(...resolved.findings, ...resolveContent(kind, coordinate, object));
  }
  return { objects: result, findings };
}
