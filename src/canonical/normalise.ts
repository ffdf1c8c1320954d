import type { FindingCode } from "../model/catalogue/codes.ts";
import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { isList, isObj, objectsOf, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { formatPointer } from "../model/pointer.ts";
import type { FieldNotes } from "../model/schema.ts";
import { withheldKinds } from "../model/withheld-kinds.ts";
import type { Finding } from "../model/snapshot.ts";
import { embed, isGuid, mapTexts } from "./embedded.ts";
import { EVERY_OBJECT, foldEntity, pathOf, pointerOf, type Keyed, type Place } from "./fold.ts";
import { referencedKind } from "./schema-node.ts";
import { canonicalList, canonicalObject } from "./visitors.ts";

/** Version of the canonical form. Raise it when the same entity would give other bytes. */
export const NORMALISER_VERSION = 1;

/** Stands for a person whom nothing can name: deleted, or without an e-mail address. */
const NOBODY: unique symbol = Symbol("nobody");

/**
 * Coordinate of an object by kind and id, in one organisation. Undefined when the sweep did not see it, null when references to it
 * are left out, {@link NOBODY} when they are left out and a finding says so.
 */
export type CoordinateOfId = (kind: string, id: string) => Coordinate | undefined | null | typeof NOBODY;

/**
 * The same lookup as far as people are concerned: references to them are left out where the configuration asks for counts, and
 * where the organisation does not list the person by an e-mail address, on both sides alike. Otherwise the two organisations
 * would differ for good, because nothing in the other one can be such a person.
 */
export function aboutPeople(
  coordinateOfId: CoordinateOfId,
  kinds: ReadonlyMap<string, Pick<Kind, "personal">>,
  members: "emails" | "counts",
): CoordinateOfId {
  const withheld = withheldKinds(kinds, members);
  return (kind, id) => {
    if (withheld.has(kind)) return null;
    const known = coordinateOfId(kind, id);
    return known === undefined && kinds.get(kind)?.personal === true ? NOBODY : known;
  };
}

/** An entity in canonical form, what was set apart, and what was noticed. */
export interface Normalised {
  readonly object: Obj;
  readonly state: { readonly [pointer: string]: Json };
  readonly findings: readonly Finding[];
  /** What it refers to and nothing names. */
  readonly unnamed: readonly Unnamed[];
}

/** An object that is referred to and that nothing names. */
export interface Unnamed {
  readonly kind: string;
  readonly id: string;
}

interface Walk {
  readonly coordinate: Coordinate;
  readonly coordinateOfId: CoordinateOfId;
  readonly state: [string, Json][];
  readonly findings: Finding[];
  readonly unnamed: Unnamed[];
}

type Path = readonly (string | number)[];

/**
 * API form → canonical form: excluded fields are left out (operational and org-owned ones are set apart), references become
 * coordinates, identity lists become maps, sets are sorted, and empty values, which the services use
 * interchangeably with missing ones (genesys-api §1.3), are dropped. Fields that the schema does not know are kept
 * and reported, so that nothing is lost when the platform grows.
 */
export function normalise(kind: Kind, coordinate: Coordinate, entity: Obj, coordinateOfId: CoordinateOfId): Normalised {
  const walk: Walk = { coordinate, coordinateOfId, state: [], findings: [], unnamed: [] };
  const plain = withoutParent(kind, kind.read?.normalise?.(entity) ?? entity);
  const object = foldEntity<Json | undefined>(kind.schema, plain, {
    enter: (place) => isCompared(walk, place),
    leaf: ({ value }) => (isEmpty(value) ? undefined : value),
    opaque: (place) => (place.value === null ? undefined : linkIds(walk, place)),
    reference: (place) => link(walk, place.node.notes, place.value, () => pathOf(place)),
    entries: (keyed, place) => entriesOf(walk, keyed, place),
    list: (items, _, isSet) => canonicalList(items, isSet),
    object: canonicalObject,
  });
  walk.findings.push(...(kind.read?.inspect?.(entity) ?? []).map((remark) => ({ coordinate, ...remark })));
  const { findings, unnamed } = walk;
  return { object: isObj(object) ? object : {}, state: Object.fromEntries(walk.state), findings, unnamed };
}

/** The parent is part of the key; the reader of a list that exists once per parent added its id (see `List.per`). */
function withoutParent({ parent, schema }: Kind, entity: Obj): Obj {
  const path = parent?.path;
  if (path === undefined || schema.properties?.[path] !== undefined) return entity;
  const { [path]: _, ...rest } = entity;
  return rest;
}

function isCompared(walk: Walk, place: Place): boolean {
  const { node, value } = place;
  if (node.excluded !== undefined) {
    const { owner } = node.excluded;
    if (owner === "operational" || owner === "org") walk.state.push([pointerOf(place), value]);
    return false;
  }
  if (!node.known && !isEmpty(value)) walk.findings.push(unknownField(walk, pathOf(place)));
  return true;
}

function* entriesOf(walk: Walk, { by, ref }: Keyed, place: Place<readonly Json[]>): Generator<readonly [string, Obj]> {
  for (const item of objectsOf(place.value)) {
    const { [by]: identity, ...rest } = item;
    const text = typeof identity === "string" || typeof identity === "number" ? String(identity) : undefined;
    if (ref === undefined) {
      if (text !== undefined) yield [text, rest];
      continue;
    }
    const linked = link(walk, { ref, form: "object" }, item, () => [...pathOf(place), text ?? "?"]);
    if (linked !== undefined) yield [splitCoordinate(linked).key, rest];
  }
}

function link(walk: Walk, notes: FieldNotes, value: Json, path: () => Path): string | undefined {
  const id = isObj(value) ? value["id"] : value;
  if (typeof id === "string" && id !== "") return linkById(walk, notes, { id, value }, path);
  return isObj(value) ? linkByName(walk, notes, value, path) : undefined;
}

function linkById(
  walk: Walk,
  notes: FieldNotes,
  { id, value }: { readonly id: string; readonly value: Json },
  path: () => Path,
): string | undefined {
  if (id === EVERY_OBJECT) return id;
  const kind = referencedKind(notes, value);
  if (kind === undefined) {
    walk.findings.push(
      finding(walk, "unknown-reference-type", path(), `${id} is of a type that lockstep does not know`),
    );
    return `unknown/${id}`;
  }
  const known = walk.coordinateOfId(kind, id);
  const name = isObj(value) ? value["name"] : undefined;
  const called = typeof name === "string" && name !== "" ? name : undefined;
  if (known === NOBODY) {
    walk.unnamed.push({ kind, id });
    const message = `Refers to the ${kind} ${called === undefined ? id : `${called} (id ${id})`}, who is deleted or has no e-mail address; the reference is left out`;
    walk.findings.push(finding(walk, "person-unknown", path(), message));
    return undefined;
  }
  if (known !== undefined) return known ?? undefined;
  if (notes.form === "name") return coordinateOf(kind, id);
  walk.unnamed.push({ kind, id });
  const dangling = coordinateOf(kind, called ?? `?${id}`);
  walk.findings.push(
    finding(walk, "missing-reference", path(), `Refers to ${dangling}, which the organisation did not list`),
  );
  return dangling;
}

/** A reference that tells a name and no id is none to follow, and none to lose: an empty one is the same as a missing one. */
function linkByName(walk: Walk, notes: FieldNotes, value: Obj, path: () => Path): string | undefined {
  const { name } = value;
  const kind = referencedKind(notes, value);
  if (typeof name !== "string" || name === "" || kind === undefined) return undefined;
  const dangling = coordinateOf(kind, name);
  walk.findings.push(finding(walk, "missing-reference", path(), `Refers to ${dangling} without telling its id`));
  return dangling;
}

/** Free JSON with the ids in it linked; what looks like an id and is not known is reported, because it may differ elsewhere. */
function linkIds(walk: Walk, place: Place): Json {
  const { value, node } = place;
  const kinds = node.notes.ids ?? [];
  if (kinds.length === 0) return value;
  return mapTexts(value, (text, below) => {
    if (!isGuid(text)) return text;
    const known = kinds
      .map((kind) => walk.coordinateOfId(kind, text))
      .find((coordinate) => typeof coordinate === "string");
    if (known !== undefined) return embed(known);
    const message = `${text} looks like the id of an object that lockstep does not know; it is compared as it is`;
    walk.findings.push(finding(walk, "unknown-id", [...pathOf(place), ...below], message));
    return text;
  });
}

function isEmpty(value: Json): boolean {
  if (value === null || value === "") return true;
  if (isList(value)) return value.length === 0;
  return isObj(value) && Object.keys(value).length === 0;
}

function unknownField(walk: Walk, path: Path): Finding {
  return finding(
    walk,
    "unknown-field",
    path,
    "Is not in lockstep's schema of this kind; it is kept and compared as it is",
  );
}

function finding(walk: Walk, code: FindingCode, path: Path, message: string): Finding {
  return { code, coordinate: walk.coordinate, path: formatPointer(path), message };
}
