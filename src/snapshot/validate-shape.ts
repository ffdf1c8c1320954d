import { nodeOf, type SchemaNode } from "../canonical/schema-node.ts";
import { isList, isObj, type Json, type Obj } from "../model/json.ts";
import { formatPointer } from "../model/pointer.ts";
import type { Schema } from "../model/schema.ts";
import { schema as manifestSchema } from "./generated/manifest.ts";
import { shown, type Problem } from "./problem.ts";
import { FILE } from "./snapshot-layout.ts";

/** Tells what is wrong with the shape of a file's value. */
export type ShapeCheck = (file: string, value: Json) => Problem[];

/**
 * A check by a schema in the subset that `Schema` describes. The schema is read and not compiled, which would take longer than
 * checking a whole snapshot.
 */
export function shapeCheck(schema: Schema): ShapeCheck {
  return (file, value) => problemsAt(nodeOf(schema), value, undefined).map((problem) => ({ ...problem, file }));
}

type PlaceProblem = Omit<Problem, "file">;

/** The way to a value, from its end. It is written out for what is wrong, and for nothing else. */
interface Path {
  readonly name: string;
  readonly up: Path | undefined;
}

function pointerTo(path: Path | undefined): string {
  const names: string[] = [];
  for (let at = path; at !== undefined; at = at.up) names.push(at.name);
  return formatPointer(names.reverse());
}

/** What is wrong with a value and with everything in it. */
function problemsAt(node: SchemaNode, value: Json, path: Path | undefined): PlaceProblem[] {
  const own = valueProblems(node.schema, value).map((expected) => wrongValue(path, expected, value));
  if (isList(value)) {
    if (node.schema.items === undefined) return own;
    return [...own, ...value.flatMap((item, at) => problemsAt(node.item(), item, { name: String(at), up: path }))];
  }
  if (!isObj(value)) return own;
  const known = Object.keys(value).filter((name) => !isUnknown(node.schema, name));
  const unknown = Object.keys(value).filter((name) => isUnknown(node.schema, name));
  return [
    ...own,
    ...missingNames(node.schema, value).map((name) => missingField(path, name)),
    ...unknown.map((name) => unknownField(path, name)),
    ...known.flatMap((name) => problemsAt(node.property(name), value[name] ?? null, { name, up: path })),
  ];
}

function isUnknown({ properties = {}, additionalProperties }: Schema, name: string): boolean {
  return additionalProperties === false && !Object.hasOwn(properties, name);
}

function missingNames({ required = [] }: Schema, value: Obj): readonly string[] {
  return required.filter((name) => !Object.hasOwn(value, name));
}

function missingField(path: Path | undefined, name: string): PlaceProblem {
  return { code: "missing-field", path: pointerTo({ name, up: path }), expected: "a value", found: "nothing" };
}

function unknownField(path: Path | undefined, name: string): PlaceProblem {
  const expected = "only fields of the schema";
  return { code: "unknown-field", path: pointerTo({ name, up: path }), expected, found: `the field ${name}` };
}

function wrongValue(path: Path | undefined, expected: string, value: Json): PlaceProblem {
  return { code: "wrong-value", path: pointerTo(path), expected, found: shown(value) };
}

/** What the schema expects of this very value and does not find. */
function valueProblems(schema: Schema, value: Json): string[] {
  return [
    ...typeProblems(schema, value),
    ...(typeof value === "number" ? numberProblems(schema, value) : []),
    ...(typeof value === "string" ? textProblems(schema, value) : []),
    ...(isList(value) ? listProblems(schema, value) : []),
    ...(schema.const === undefined || schema.const === value ? [] : [JSON.stringify(schema.const)]),
    ...(schema.enum === undefined || schema.enum.includes(value) ? [] : [`one of ${JSON.stringify(schema.enum)}`]),
  ];
}

function typeProblems({ type }: Schema, value: Json): string[] {
  if (type === undefined) return [];
  const types = typeof type === "string" ? [type] : type;
  return types.some((one) => isOfType(one, value)) ? [] : [`a value of type ${shown(type)}`];
}

function isOfType(type: string, value: Json): boolean {
  if (isList(value)) return type === "array";
  if (value === null) return type === "null";
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}

function numberProblems({ minimum, maximum }: Schema, value: number): string[] {
  return [
    ...(maximum !== undefined && value > maximum ? [`<= ${maximum}`] : []),
    ...(minimum !== undefined && value < minimum ? [`>= ${minimum}`] : []),
  ];
}

function listProblems({ minItems, maxItems }: Schema, { length }: readonly Json[]): string[] {
  return [
    ...(maxItems !== undefined && length > maxItems ? [`NOT have more than ${maxItems} items`] : []),
    ...(minItems !== undefined && length < minItems ? [`NOT have fewer than ${minItems} items`] : []),
  ];
}

function textProblems({ minLength, maxLength, pattern }: Schema, value: string): string[] {
  const length = minLength === undefined && maxLength === undefined ? 0 : [...value].length;
  return [
    ...(maxLength !== undefined && length > maxLength ? [`NOT have more than ${maxLength} characters`] : []),
    ...(minLength !== undefined && length < minLength ? [`NOT have fewer than ${minLength} characters`] : []),
    ...(pattern !== undefined && !new RegExp(pattern, "u").test(value) ? [`match pattern "${pattern}"`] : []),
  ];
}

function metadataCheck(part: string): ShapeCheck {
  const { $defs } = manifestSchema;
  return shapeCheck({ ...$defs?.[part], ...($defs && { $defs }) });
}

/** Checks for the files that every snapshot has, by path. */
export const METADATA_CHECKS: ReadonlyMap<string, ShapeCheck> = new Map([
  [FILE.manifest, shapeCheck(manifestSchema)],
  [FILE.ids, metadataCheck("ids")],
  [FILE.revisions, metadataCheck("revisions")],
  [FILE.state, metadataCheck("state")],
  [FILE.findings, metadataCheck("findings")],
]);

/** Check for the record of the run, which a snapshot may be without. */
export const RUN_CHECK = metadataCheck("run");
