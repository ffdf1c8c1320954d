import { defined } from "../../../model/defined.ts";
import { textOf, type Json } from "../../../model/json.ts";
import type { FieldNotes, Schema } from "../../../model/schema.ts";
import { followRef, notesOf } from "../../../canonical/schema-node.ts";
import { PACKAGE } from "./tokens.ts";

/** A type in a Pulumi package schema. */
export interface TypeSpec {
  readonly type?: "string" | "integer" | "number" | "boolean" | "array" | "object";
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly $ref?: string;
}

/** A property in a Pulumi package schema. */
export interface PropertySpec extends TypeSpec {
  readonly description?: string;
  readonly willReplaceOnChanges?: true;
}

/** An object type in a Pulumi package schema. */
export interface ObjectSpec {
  readonly description?: string;
  readonly type: "object";
  readonly properties: { readonly [name: string]: PropertySpec };
  readonly required: readonly string[];
}

/** A type of a few texts in a Pulumi package schema. */
export interface EnumSpec {
  readonly description?: string;
  readonly type: "string";
  readonly enum: readonly { readonly value: string }[];
}

/** Named types by token. */
export type NamedTypes = Map<string, ObjectSpec | EnumSpec>;

const ANY: TypeSpec = { $ref: "pulumi.json#/Any" };

/** The reference to a named type of the package. */
export function typeRef(name: string): TypeSpec {
  return { $ref: `#/types/${PACKAGE}:index:${name}` };
}

/** Where types are collected, and what the schema's references refer to. */
export interface TypeWalk {
  readonly root: Schema;
  /** Name of the class; the names of all types inside start with it. */
  readonly owner: string;
  readonly types: NamedTypes;
  /** What a kind is called inside a sentence. */
  readonly titleOf: (kindName: string) => string;
  /** The definitions that the walk is inside of: one that contains itself is a type that refers to itself. */
  readonly inside?: ReadonlySet<Schema["properties"]>;
}

/** The properties of an object schema; types inside are added to the walk's types. */
export function propertySpecs(walk: TypeWalk, node: Schema, name: string): ObjectSpec["properties"] {
  return Object.fromEntries(
    Object.entries(node.properties ?? {}).map(([property, schema]) => [
      property,
      propertySpec(walk, schema, name + pascal(property)),
    ]),
  );
}

function propertySpec(walk: TypeWalk, schema: Schema, name: string): PropertySpec {
  const node = followRef(schema, walk.root);
  const notes = notesOf(node);
  const description = describe(walk, node, notes);
  const facts = { description: description || undefined, willReplaceOnChanges: notes.immutable };
  return { ...typeSpec(walk, schema, name), ...defined(facts) };
}

function typeSpec(walk: TypeWalk, schema: Schema, path: string): TypeSpec {
  const definition = schema.$ref?.replace("#/$defs/", "");
  const name = definition === undefined ? path : walk.owner + pascal(definition);
  const node = followRef(schema, walk.root);
  if (notesOf(node).opaque === true) return ANY;
  switch (node.type) {
    case "string":
      return node.enum === undefined ? { type: "string" } : enumRef(walk, node.enum, name);
    case "integer":
    case "number":
    case "boolean":
      return { type: node.type };
    case "array":
      return { type: "array", items: typeSpec(walk, node.items ?? {}, singular(name)) };
    case "object":
      return objectType(walk, node, name);
    default:
      return ANY;
  }
}

function enumRef(walk: TypeWalk, values: readonly Json[], name: string): TypeSpec {
  add(walk.types, name, { type: "string", enum: values.map((value) => ({ value: textOf(value) })) });
  return typeRef(name);
}

/** A map where names are data, an object type where the schema lists all of them. */
function objectType(walk: TypeWalk, node: Schema, name: string): TypeSpec {
  const { additionalProperties } = node;
  if (typeof additionalProperties === "object") {
    const mixed = node.properties !== undefined;
    return { type: "object", additionalProperties: mixed ? ANY : typeSpec(walk, additionalProperties, singular(name)) };
  }
  if (walk.inside?.has(node.properties) === true) return typeRef(name);
  const inside = new Set(walk.inside).add(node.properties);
  const properties = propertySpecs({ ...walk, inside }, node, name);
  add(walk.types, name, { type: "object", properties, required: [...(node.required ?? [])].sort() });
  return typeRef(name);
}

function add(types: NamedTypes, name: string, spec: ObjectSpec | EnumSpec): void {
  const token = `${PACKAGE}:index:${name}`;
  const other = types.get(token);
  if (other !== undefined && JSON.stringify(other) !== JSON.stringify(spec))
    throw new Error(`two types are called ${name}`);
  types.set(token, spec);
}

function describe({ titleOf }: TypeWalk, node: Schema, notes: FieldNotes): string {
  const sentences = [
    node.description,
    ...refSentences(titleOf, notes.ref ?? notesOf(node.items ?? {}).ref, node.type === "array"),
    typeof notes.array === "object"
      ? notes.array.ref === undefined
        ? `By \`${notes.array.by}\`.`
        : `By the natural key of the ${titleOf(notes.array.ref)}.`
      : undefined,
    notes.array === "set" ? "The order means nothing." : undefined,
    notes.immutable === true ? "Fixed when the object is created: another value replaces it." : undefined,
    notes.phase === 2 ? "May close a cycle of references; a Link writes it then." : undefined,
  ];
  return sentences.filter((sentence) => sentence !== undefined).join(" ");
}

function refSentences(titleOf: TypeWalk["titleOf"], ref: FieldNotes["ref"], several: boolean): string[] {
  if (ref === undefined) return [];
  const kinds = typeof ref === "string" ? [ref] : [...new Set(Object.values(ref))];
  const shown = kinds.map((kind) => `\`${kind}/…\``).join(" or ");
  const titles = kinds.map(titleOf).map((title) => `${/^[aeio]/i.test(title) ? "an" : "a"} ${title}`);
  return [`${several ? "Coordinates, each of" : "Coordinate of"} ${titles.join(" or ")}: ${shown}.`];
}

function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}

function singular(name: string): string {
  if (name.endsWith("ies")) return `${name.slice(0, -3)}y`;
  return /[^s]s$/.test(name) ? name.slice(0, -1) : name;
}
