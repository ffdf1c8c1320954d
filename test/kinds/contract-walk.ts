import { isObj, listOf, objectsOf, type Json } from "../../src/model/json.ts";
import type { Kind } from "../../src/model/kind.ts";
import { formatPointer, parsePointer } from "../../src/model/pointer.ts";
import type { FieldNotes } from "../../src/model/schema.ts";
import type { SchemaNode } from "../../src/canonical/schema-node.ts";
import type { Definition, Definitions } from "./fixture.ts";

interface Walk {
  readonly definitions: Definitions;
  /** Pointer patterns at which there is nothing to compare. */
  readonly stops: readonly (readonly string[])[];
  /** Is it the body of a write: must the fixture have a value for all of it, and references the form of the body? */
  readonly complete: boolean;
  /** Definitions that the place is inside of: one that contains itself is walked once. */
  readonly above: readonly string[];
}

/**
 * Where a kind's schema and a definition of the API disagree: properties that the schema neither knows nor excludes,
 * references in another form, other lists of values; and what the fixture leaves unset although it can be written.
 */
export function contractGaps(
  kind: Pick<Kind, "schema">,
  definitions: Definitions,
  compared: {
    readonly definition: Definition;
    readonly at: readonly string[];
    readonly node: SchemaNode;
    readonly value: Json | undefined;
    readonly complete: boolean;
    readonly apart: readonly string[];
  },
): string[] {
  const stops = [...Object.keys(kind.schema["x-excluded"] ?? {}), ...compared.apart].map(parsePointer);
  const walk = { definitions, stops, complete: compared.complete, above: [] };
  const values = compared.value === undefined ? [] : [compared.value];
  return [...new Set(visit(walk, compared.definition, compared.node, values, compared.at))];
}

type Path = readonly string[];

function visit(walk: Walk, definition: Definition, node: SchemaNode, values: readonly Json[], path: Path): string[] {
  if (walk.stops.some((stop) => covers(stop, path))) return [];
  const at = formatPointer(path);
  if (!node.known) return [`${at} is neither in the schema nor excluded`];
  const { notes } = node;
  const target = resolved(walk, definition);
  const unset =
    walk.complete && definition.readOnly !== true && values.length === 0 ? [`${at} is not in the fixture`] : [];
  if (notes.opaque === true) return unset;
  if (notes.ref !== undefined) return [...unset, ...(walk.complete ? referenceGaps(target, notes, at) : [])];
  const name = definition.$ref ?? "";
  if (walk.above.includes(name)) return [];
  const within = name === "" ? walk : { ...walk, above: [...walk.above, name] };
  return [...unset, ...inside(within, target, node, values, path)];
}

function inside(walk: Walk, target: Definition, node: SchemaNode, values: readonly Json[], path: Path): string[] {
  if (target.items !== undefined) {
    const { array } = node.notes;
    const items = values.flatMap(listOf);
    if (typeof array !== "object") return visit(walk, target.items, node.item(), items, [...path, "*"]);
    const by = typeof array === "object" ? array.by : "";
    const { [by]: _, ...rest } = resolved(walk, target.items).properties ?? {};
    return inside(walk, { properties: rest }, entryOf(node), objectsOf(items), [...path, "*"]);
  }
  if (target.additionalProperties !== undefined) {
    const entries = values.flatMap((value) => (isObj(value) ? Object.values(value) : []));
    return visit(walk, target.additionalProperties, entryOf(node), entries, [...path, "*"]);
  }
  if (target.properties !== undefined) {
    return Object.entries(target.properties).flatMap(([name, property]) => {
      const inner = values.flatMap((value) => {
        const own = isObj(value) && Object.hasOwn(value, name) ? value[name] : undefined;
        return own === undefined ? [] : [own];
      });
      return visit(walk, property, node.property(name), inner, [...path, name]);
    });
  }
  return enumGaps(target, node, formatPointer(path));
}

function entryOf(node: SchemaNode): SchemaNode {
  return node.property("*");
}

function referenceGaps(target: Definition, notes: FieldNotes, at: string): string[] {
  const isText = target.type === "string";
  return isText === (notes.form === "id" || notes.form === "name")
    ? []
    : [`${at} is ${isText ? "an id" : "an object"} in the definition`];
}

function enumGaps(target: Definition, { schema }: SchemaNode, at: string): string[] {
  const wanted = [...(target.enum ?? [])].sort();
  const known = [...(schema.enum ?? wanted)].map(String).sort();
  return wanted.length === 0 || wanted.join() === known.join() ? [] : [`${at} takes ${wanted.join(", ")}`];
}

function resolved(walk: Walk, definition: Definition): Definition {
  const name = definition.$ref?.replace("#/definitions/", "");
  return name === undefined ? definition : (walk.definitions[name] ?? {});
}

function covers(pattern: Path, path: Path): boolean {
  return pattern.length === path.length && pattern.every((segment, at) => segment === "*" || segment === path[at]);
}
