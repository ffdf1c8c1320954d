import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { byCodePoint, compactJson, isList, isObj, type Json, type Obj, objectsOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { formatPointer, parsePointer } from "../model/pointer.ts";
import type { Excluded, FieldNotes, Schema } from "../model/schema.ts";
import type { Finding } from "../model/snapshot.ts";
import { embed, isGuid, mapTexts } from "./embedded.ts";
import { followRef, isSequence, notesOf, propertySchema, referencedKind } from "./schema-walk.ts";

/** Version of the canonical form. Raise it when the same entity would give other bytes. */
export const NORMALISER_VERSION = 1;

/** Coordinate of an object by kind and id, in one organisation; undefined when the sweep did not see it. */
export type CoordinateOfId = (kind: string, id: string) => Coordinate | undefined;

/** An entity in canonical form, what was set apart, and what was noticed. */
export interface Normalised {
  readonly object: Obj;
  readonly state: { readonly [pointer: string]: Json };
  readonly findings: readonly Finding[];
}

interface Walk {
  readonly root: Schema;
  readonly coordinate: Coordinate;
  readonly coordinateOfId: CoordinateOfId;
  readonly withheld: ReadonlySet<string>;
  readonly excluded: readonly { readonly pattern: readonly string[]; readonly rule: Excluded }[];
  readonly state: [string, Json][];
  readonly findings: Finding[];
}

type Path = readonly (string | number)[];

/**
 * API form → canonical form: excluded fields are left out (operational and org-owned ones are set apart), references become
 * coordinates, identity lists become maps, sets are sorted, and empty values, which the services use
 * interchangeably with missing ones (genesys-api §1.3), are dropped. Fields that the schema does not know are kept
 * and reported, so that nothing is lost when the platform grows.
 * @param withheld kinds whose references are left out, because they are personal data
 */
export function normalise(
  kind: Kind,
  coordinate: Coordinate,
  entity: Obj,
  coordinateOfId: CoordinateOfId,
  withheld: ReadonlySet<string> = new Set(),
): Normalised {
  const walk: Walk = {
    root: kind.schema,
    coordinate,
    coordinateOfId,
    withheld,
    excluded: Object.entries(kind.schema["x-excluded"] ?? {}).map(([pointer, rule]) => ({
      pattern: parsePointer(pointer),
      rule,
    })),
    state: [],
    findings: [],
  };
  const plain = kind.read?.normalise?.(entity) ?? entity;
  const object = walkObject(walk, kind.schema, plain, []);
  walk.findings.push(...(kind.read?.inspect?.(entity) ?? []).map((remark) => ({ coordinate, ...remark })));
  return { object, state: Object.fromEntries(walk.state), findings: walk.findings };
}

function walkObject(walk: Walk, node: Schema, entity: Obj, path: Path): Obj {
  const entries: [string, Json][] = [];
  for (const [name, value] of Object.entries(entity)) {
    const at = [...path, name];
    const rule = exclusion(walk, at);
    if (rule !== undefined) {
      if (rule.owner === "operational" || rule.owner === "org") walk.state.push([formatPointer(at), value]);
      continue;
    }
    const child = propertySchema(node, name, walk.root);
    if (child === undefined && !isEmpty(value)) walk.findings.push(unknownField(walk, at));
    const canonical = walkValue(walk, child ?? {}, value, at, entity);
    if (canonical !== undefined) entries.push([name, canonical]);
  }
  return Object.fromEntries(entries.sort(([a], [b]) => byCodePoint(a, b)));
}

function walkValue(walk: Walk, schema: Schema, value: Json, path: Path, holder: Obj): Json | undefined {
  const node = followRef(schema, walk.root);
  const notes = notesOf(node);
  if (notes.opaque === true) return value === null ? undefined : linkIds(walk, notes.ids ?? [], value, path);
  if (isEmpty(value)) return undefined;
  if (notes.ref !== undefined) return link(walk, notes, value, path);
  if (isList(value)) return walkArray(walk, node, notes, value, path, holder);
  if (!isObj(value)) return value;
  const object = walkObject(walk, node, value, path);
  return Object.keys(object).length === 0 ? undefined : object;
}

function walkArray(
  walk: Walk,
  node: Schema,
  notes: FieldNotes,
  items: readonly Json[],
  path: Path,
  holder: Obj,
): Json | undefined {
  if (typeof notes.array === "object") return keyed(walk, node, notes.array, items, path);
  const values = items
    .map((item, at) => walkValue(walk, node.items ?? {}, item, [...path, at], holder))
    .filter((item) => item !== undefined);
  if (values.length === 0) return undefined;
  return isSequence(notes, holder) ? values : sortedSet(values);
}

function keyed(
  walk: Walk,
  node: Schema,
  { by, ref }: { by: string; ref?: string },
  items: readonly Json[],
  path: Path,
): Json | undefined {
  const entries: [string, Json][] = [];
  for (const item of objectsOf(items)) {
    const { [by]: identity, ...rest } = item;
    const text = typeof identity === "string" || typeof identity === "number" ? String(identity) : undefined;
    const linked = ref === undefined ? text : link(walk, { ref, form: "object" }, item, [...path, text ?? "?"]);
    if (linked === undefined) continue;
    const key = ref === undefined ? linked : splitCoordinate(linked).key;
    const itemSchema = typeof node.additionalProperties === "object" ? node.additionalProperties : {};
    entries.push([key, walkObject(walk, followRef(itemSchema, walk.root), rest, [...path, key])]);
  }
  return entries.length === 0 ? undefined : Object.fromEntries(entries.sort(([a], [b]) => byCodePoint(a, b)));
}

function link(walk: Walk, notes: FieldNotes, value: Json, path: Path): string | undefined {
  const id = isObj(value) ? value["id"] : value;
  if (typeof id !== "string" || id === "") return undefined;
  if (id === "*") return "*";
  const kind = referencedKind(notes, value);
  if (kind === undefined) {
    walk.findings.push(finding(walk, "unknown-reference-type", path, `${id} is of a type that lockstep does not know`));
    return `unknown/${id}`;
  }
  if (walk.withheld.has(kind)) return undefined;
  const known = walk.coordinateOfId(kind, id);
  if (known !== undefined) return known;
  const name = isObj(value) ? value["name"] : undefined;
  const dangling = coordinateOf(kind, typeof name === "string" && name !== "" ? name : `?${id}`);
  walk.findings.push(
    finding(walk, "missing-reference", path, `refers to ${dangling}, which the organisation did not list`),
  );
  return dangling;
}

/** Free JSON with the ids in it linked; what looks like an id and is not known is reported, because it may differ elsewhere. */
function linkIds(walk: Walk, kinds: readonly string[], value: Json, path: Path): Json {
  if (kinds.length === 0) return value;
  return mapTexts(value, (text, below) => {
    if (!isGuid(text)) return text;
    const known = kinds.map((kind) => walk.coordinateOfId(kind, text)).find((coordinate) => coordinate !== undefined);
    if (known !== undefined) return embed(known);
    const message = `${text} looks like the id of an object that lockstep does not know; it is compared as it is`;
    walk.findings.push(finding(walk, "unknown-id", [...path, ...below], message));
    return text;
  });
}

function exclusion(walk: Walk, path: Path): Excluded | undefined {
  return walk.excluded.find(
    ({ pattern }) =>
      pattern.length === path.length && pattern.every((segment, at) => segment === "*" || segment === String(path[at])),
  )?.rule;
}

function sortedSet(values: Json[]): Json[] {
  const byText = new Map(values.map((value) => [compactJson(value), value]));
  return [...byText.entries()].sort(([a], [b]) => byCodePoint(a, b)).map(([, value]) => value);
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
    "is not in lockstep's schema of this kind; it is kept and compared as it is",
  );
}

function finding(walk: Walk, code: string, path: Path, message: string): Finding {
  return { code, coordinate: walk.coordinate, path: formatPointer(path), message };
}
