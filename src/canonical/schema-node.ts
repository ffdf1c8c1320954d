import { isObj, type Json } from "../model/json.ts";
import { parsePointer } from "../model/pointer.ts";
import type { Excluded, FieldNotes, Schema } from "../model/schema.ts";

/** What the schema of a kind says about one place of its objects, whatever the value there. */
export interface SchemaNode {
  /** The schema of the place, with its `$ref` followed; empty where the schema says nothing. */
  readonly schema: Schema;
  readonly notes: FieldNotes;
  /** Does the schema know the place? */
  readonly known: boolean;
  /** Why the field of the API is not compared. */
  readonly excluded: Excluded | undefined;
  /**
   * Does the first of two passes have to leave the value out? True for what is marked phase 2; for an object that must not
   * lack such a property; and for a list with such a value anywhere in its items, because an item has no name by which the
   * second pass would find it again.
   */
  readonly waits: () => boolean;
  /** The place of a property, or of an entry of a map. */
  readonly property: (name: string) => SchemaNode;
  /** The place of every item of a list. */
  readonly item: () => SchemaNode;
}

/** Nodes depend on nothing but the schema, and every object of a kind asks for the same ones. */
const ROOTS = new WeakMap<Schema, SchemaNode>();

/** The place of a whole object. @throws Error when the schema refers to a definition that it does not have */
export function nodeOf(schema: Schema): SchemaNode {
  const known = ROOTS.get(schema);
  if (known !== undefined) return known;
  const excluded = Object.entries(schema["x-excluded"] ?? {});
  const rules = excluded.map(([pattern, rule]) => ({ rest: parsePointer(pattern), rule }));
  const node = makeNode({ root: schema, made: new Map() }, schema, rules);
  ROOTS.set(schema, node);
  return node;
}

/** A schema with its `$ref` followed. Lockstep's schemas refer only to their own `$defs`. */
export function followRef(schema: Schema, root: Schema): Schema {
  const name = schema.$ref?.replace("#/$defs/", "");
  if (name === undefined) return schema;
  const target = root.$defs?.[name];
  if (target === undefined) throw new Error(`schema ${root.$id ?? ""}: no definition ${name}`);
  const { $ref: _, ...own } = schema;
  return { ...followRef(target, root), ...own };
}

/** The notes of a schema; none when it has none. */
export function notesOf(schema: Schema): FieldNotes {
  return schema["x-lockstep"] ?? {};
}

/** Can an object not be without this property? It is required, noted so, or what it refers to is what a type beside it chooses. */
export function isEssential(node: SchemaNode, name: string): boolean {
  const { ref, essential } = node.property(name).notes;
  return node.schema.required?.includes(name) === true || essential === true || typeof ref === "object";
}

/** Is the order of this list meaning? */
export function isSequence(notes: FieldNotes, holder: { readonly [name: string]: unknown }): boolean {
  if (notes.sequenceWhen !== undefined) return holder[notes.sequenceWhen.sibling] === notes.sequenceWhen.is;
  return notes.array !== "set";
}

/** The kind that a reference in API form points to; undefined when its `type` is unknown. */
export function referencedKind(notes: FieldNotes, reference: Json): string | undefined {
  if (typeof notes.ref === "string") return notes.ref;
  const type = isObj(reference) ? reference["type"] : undefined;
  return typeof type === "string" && notes.ref !== undefined && Object.hasOwn(notes.ref, type)
    ? notes.ref[type]
    : undefined;
}

/** Patterns of `x-excluded` that reach a place or below it, without the segments that led there. */
type Rules = readonly { readonly rest: readonly string[]; readonly rule: Excluded }[];

/** One schema, and its nodes that no rule reaches: there a definition has one node, even if it refers to itself. */
interface Tree {
  readonly root: Schema;
  readonly made: Map<Schema, SchemaNode>;
}

/** Stands where the schema says nothing about a property, and where it says nothing about the items of a list. */
const UNKNOWN: Schema = {};
const ANY_ITEM: Schema = {};

function nodeFor(tree: Tree, schema: Schema, rules: Rules): SchemaNode {
  if (rules.length > 0) return makeNode(tree, schema, rules);
  const node = tree.made.get(schema) ?? makeNode(tree, schema, rules);
  tree.made.set(schema, node);
  return node;
}

function makeNode(tree: Tree, given: Schema, rules: Rules): SchemaNode {
  const schema = followRef(given, tree.root);
  const { properties = {}, additionalProperties } = schema;
  const others = typeof additionalProperties === "object" ? additionalProperties : UNKNOWN;
  const named = new Map<string, SchemaNode>();
  let other: SchemaNode | undefined;
  let item: SchemaNode | undefined;
  let waits: boolean | undefined;
  const node: SchemaNode = {
    schema,
    notes: notesOf(schema),
    known: given !== UNKNOWN,
    excluded: rules.find(({ rest }) => rest.length === 0)?.rule,
    // Names that neither the schema nor a rule knows are data, and share one node.
    property: (name) => {
      const known = named.get(name);
      if (known !== undefined) return known;
      const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (own === undefined && !rules.some(({ rest }) => rest[0] === name))
        return (other ??= nodeFor(tree, others, below(rules)));
      const made = nodeFor(tree, own ?? others, below(rules, name));
      named.set(name, made);
      return made;
    },
    item: () => (item ??= nodeFor(tree, schema.items ?? ANY_ITEM, below(rules))),
    waits: () => (waits ??= mustWait(node, new Set())),
  };
  return node;
}

function below(rules: Rules, name?: string): Rules {
  return rules.flatMap(({ rest: [first, ...rest], rule }) =>
    first === "*" || (first !== undefined && first === name) ? [{ rest, rule }] : [],
  );
}

function mustWait(node: SchemaNode, seen: Set<SchemaNode>): boolean {
  if (node.notes.phase === 2) return true;
  if (node.notes.opaque === true || seen.has(node)) return false;
  seen.add(node);
  if (node.schema.items !== undefined) return isMarked(node.item(), new Set());
  return namesOf(node).some((name) => isEssential(node, name) && mustWait(node.property(name), seen));
}

/** Does the mark stand here or anywhere below? */
function isMarked(node: SchemaNode, seen: Set<SchemaNode>): boolean {
  if (node.notes.phase === 2) return true;
  if (node.notes.opaque === true || seen.has(node)) return false;
  seen.add(node);
  const places = [...namesOf(node).map(node.property), ...(node.schema.items === undefined ? [] : [node.item()])];
  return places.some((place) => isMarked(place, seen));
}

/** The properties that the schema names, and one name for all others. */
function namesOf({ schema: { properties = {}, required = [], additionalProperties } }: SchemaNode): string[] {
  return [...Object.keys(properties), ...required, ...(typeof additionalProperties === "object" ? ["*"] : [])];
}
