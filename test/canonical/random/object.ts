import fc from "fast-check";
import { byCodePoint, compactJson, isObj, type Json, type Obj } from "../../../src/model/json.ts";
import { formatPointer } from "../../../src/model/pointer.ts";
import type { FieldNotes, Owner, Schema } from "../../../src/model/schema.ts";

/** What a place of an object is, known because it was made so. */
export interface Fact {
  readonly is: "reference" | "key" | "embedded" | "set" | "sequence" | "excluded";
  readonly path: readonly (string | number)[];
  /** Of what refers: what it refers to. */
  readonly coordinate?: string;
  /** Is it marked phase 2, or is something that contains it? */
  readonly marked: boolean;
  readonly inPart: boolean;
  /** Of what is excluded. */
  readonly owner?: Owner;
}

/** A value in canonical form, and what its places are. */
export interface Sample<Value extends Json = Json> {
  readonly value: Value;
  readonly facts: readonly Fact[];
}

interface Walk {
  readonly root: Schema;
  /** Patterns of excluded fields. */
  readonly hidden: ReadonlyMap<string, Owner>;
  /** Names that lead here, `*` for keys and items. */
  readonly path: readonly string[];
  readonly marked: boolean;
  readonly inPart: boolean;
  /** Inside a set nothing may change the order of its members. */
  readonly inSet: boolean;
  /** How many definitions may still be followed: some refer to themselves. */
  readonly depth: number;
}

/** What becomes of a field, once its siblings are known; undefined when nothing is left of it. */
type Made = (holder: Obj) => Sample | undefined;

const key = fc.constantFrom("One", "T/wo", "Th~ree", "__proto__", "constructor", "5");
const text = fc.constantFrom("x", "y", "alpha/One", "lockstep:alpha/One", "*", "__proto__");
const free = fc.jsonValue({ maxDepth: 2 }).filter((value) => value !== null) as fc.Arbitrary<Json>;

/** Objects of a schema in canonical form. */
export function objects(root: Schema): fc.Arbitrary<Sample<Obj>> {
  const hidden = new Map(Object.entries(root["x-excluded"] ?? {}).map(([pattern, { owner }]) => [pattern, owner]));
  const walk = { root, hidden, path: [], marked: false, inPart: false, inSet: false, depth: 2 };
  return objectOf(walk, root).map((made) => {
    const { value, facts } = made({}) ?? { value: {}, facts: [] };
    return { value: isObj(value) ? value : {}, facts };
  });
}

function valueOf(above: Walk, schema: Schema): fc.Arbitrary<Made> {
  const name = schema.$ref?.replace("#/$defs/", "");
  if (name !== undefined && above.depth === 0) return fc.constant(() => undefined);
  const node: Schema = name === undefined ? schema : { ...above.root.$defs?.[name], ...schema };
  const notes = node["x-lockstep"] ?? {};
  const walk = {
    ...above,
    marked: above.marked || notes.phase === 2,
    inPart: above.inPart || notes.part === true,
    depth: name === undefined ? above.depth : above.depth - 1,
  };
  if (notes.opaque === true) return opaque(walk, notes);
  if (notes.ref !== undefined) return reference(walk, notes.ref);
  if (node.enum !== undefined) return fc.constantFrom(...node.enum).map(leaf);
  switch (node.type) {
    case "string":
      return text.map(leaf);
    case "integer":
      return fc.nat(3).map(leaf);
    case "boolean":
      return fc.boolean().map(leaf);
    case "array":
      return listOf(walk, node.items ?? {}, notes);
    default:
      return typeof node.additionalProperties === "object"
        ? mapOf(walk, node.additionalProperties, notes)
        : objectOf(walk, node).map((made) => (holder) => nonEmpty(made(holder)));
  }
}

const leaf =
  (value: Json): Made =>
  () => ({ value, facts: [] });

function nonEmpty(sample: Sample | undefined): Sample | undefined {
  return sample === undefined || Object.keys(sample.value ?? {}).length === 0 ? undefined : sample;
}

function fact({ marked, inPart }: Walk, is: Fact["is"], coordinate?: string): Fact {
  return { is, path: [], marked, inPart, ...(coordinate === undefined ? {} : { coordinate }) };
}

function under(facts: readonly Fact[], name: string | number): Fact[] {
  return facts.map((one) => ({ ...one, path: [name, ...one.path] }));
}

function reference(walk: Walk, ref: NonNullable<FieldNotes["ref"]>): fc.Arbitrary<Made> {
  const kinds = typeof ref === "string" ? [ref] : Object.values(ref);
  const one = fc.tuple(fc.constantFrom(...kinds), key).map(([kind, name]) => `${kind}/${name}`);
  return fc
    .oneof({ weight: 9, arbitrary: one }, fc.constant("*"))
    .map((value) => () => ({ value, facts: value === "*" ? [] : [fact(walk, "reference", value)] }));
}

function opaque(walk: Walk, { ids = [] }: FieldNotes): fc.Arbitrary<Made> {
  if (ids.length === 0) return fc.oneof(free, text).map(leaf);
  const embedded = fc.tuple(fc.constantFrom(...ids), key).map(([kind, name]) => `${kind}/${name}`);
  return fc.tuple(embedded, free).map(([coordinate, other]) => () => ({
    value: { at: [`lockstep:${coordinate}`], other },
    facts: under(under([fact(walk, "embedded", coordinate)], 0), "at"),
  }));
}

function listOf(walk: Walk, items: Schema, notes: FieldNotes): fc.Arbitrary<Made> {
  const maySort = notes.array === "set" || notes.sequenceWhen !== undefined;
  const inner = { ...walk, path: [...walk.path, "*"], inSet: walk.inSet || maySort };
  return fc.array(valueOf(inner, items), { minLength: 1, maxLength: 3 }).map((made) => (holder) => {
    const isSequence =
      notes.sequenceWhen === undefined ? notes.array !== "set" : holder[notes.sequenceWhen.sibling] === "SEQUENTIAL";
    const all = made.map((one) => one(holder)).filter((one) => one !== undefined);
    const members = isSequence ? all : sorted(all);
    if (members.length === 0) return undefined;
    return {
      value: members.map(({ value }) => value),
      facts: [fact(walk, isSequence ? "sequence" : "set"), ...members.flatMap(({ facts }, at) => under(facts, at))],
    };
  });
}

function sorted(members: readonly Sample[]): Sample[] {
  const byText = new Map(members.map((member) => [compactJson(member.value), member]));
  return [...byText].sort(([a], [b]) => byCodePoint(a, b)).map(([, member]) => member);
}

function mapOf(walk: Walk, item: Schema, { array }: FieldNotes): fc.Arbitrary<Made> {
  const inner = { ...walk, path: [...walk.path, "*"] };
  const keyed = typeof array === "object" ? array : undefined;
  const values = keyed === undefined ? valueOf(inner, item) : entryOf(inner, item);
  return fc
    .uniqueArray(fc.tuple(key, values), { maxLength: 2, selector: ([name]) => name })
    .map((entries) => (holder) => {
      const made = entries.map(([name, value]) => [name, value(holder)] as const);
      const kept = made.flatMap(([name, sample]) => (sample === undefined ? [] : [[name, sample] as const]));
      const refers = (name: string): Fact[] =>
        keyed?.ref === undefined ? [] : [fact(walkOf(inner, item), "key", `${keyed.ref}/${name}`)];
      return nonEmpty({
        value: Object.fromEntries(kept.map(([name, { value }]) => [name, value])),
        facts: kept.flatMap(([name, { facts }]) => under([...refers(name), ...facts], name)),
      });
    });
}

/** An entry of an identity list is there even if it is empty. */
function entryOf(walk: Walk, item: Schema): fc.Arbitrary<Made> {
  return objectOf(walkOf(walk, item), item);
}

function walkOf(walk: Walk, item: Schema): Walk {
  return { ...walk, marked: walk.marked || item["x-lockstep"]?.phase === 2 };
}

function objectOf(walk: Walk, node: Schema): fc.Arbitrary<Made> {
  const names = Object.keys(node.properties ?? {});
  const fields = names.map((name) => {
    const schema = node.properties?.[name] ?? {};
    const value = valueOf({ ...walk, path: [...walk.path, name] }, schema);
    if (node.required?.includes(name) === true) return value;
    return fc.option(value, { nil: undefined, freq: 3 });
  });
  const owner = walk.inSet ? undefined : walk.hidden.get(formatPointer([...walk.path, "hidden"]));
  const hidden = fc.option(fc.constantFrom<Json>("alpha/One", 0, [2, 1], { b: [2, 1], a: "x" }), { nil: undefined });
  return fc
    .tuple(fc.tuple(...fields), owner !== undefined ? hidden : fc.constant(undefined))
    .map(([made, secret]) => (): Sample => {
      const late = (name: string): boolean => node.properties?.[name]?.["x-lockstep"]?.sequenceWhen !== undefined;
      const finished = (which: boolean, holder: Obj): (readonly [string, Sample])[] =>
        names.flatMap((name, at) => {
          const sample = late(name) === which ? made[at]?.(holder) : undefined;
          return sample === undefined ? [] : [[name, sample] as const];
        });
      const first = finished(false, {});
      const holder = Object.fromEntries(first.map(([name, { value }]) => [name, value]));
      const all = [...first, ...finished(true, holder)];
      // Alone it would be all that keeps its holder from being empty.
      if (secret !== undefined && all.length > 0)
        all.push([
          "hidden",
          { value: secret, facts: [{ ...fact(walk, "excluded"), ...(owner === undefined ? {} : { owner }) }] },
        ]);
      return {
        value: Object.fromEntries(all.map(([name, { value }]) => [name, value])),
        facts: all.flatMap(([name, { facts }]) => under(facts, name)),
      };
    });
}
