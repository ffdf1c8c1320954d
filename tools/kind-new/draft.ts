import { referenceOf, type Api, type Definition } from "./contract.ts";
import { targetOf, type KnownKinds, type Target } from "./references.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Node = { readonly [name: string]: Json };

/** Marks what the author has to look up before it may stay. */
export const CONFIRM = "CONFIRM";

/** What the official definition tells of a kind's fields. */
export interface Draft {
  readonly properties: { readonly [name: string]: Node };
  readonly required: readonly string[];
  /** Definitions that contain themselves. */
  readonly defs: { readonly [name: string]: Node };
  /** Names of shared sets of exclusions, see schemas/excluded-sets.json. */
  readonly sets: readonly string[];
  readonly excluded: { readonly [pointer: string]: Node };
  /** An answer with every property set. */
  readonly entity: Node;
  /** Coordinate → id of what the answer refers to. */
  readonly ids: { readonly [coordinate: string]: string };
}

interface Walk {
  readonly api: Api;
  readonly known: KnownKinds;
  readonly defs: { [name: string]: Node | undefined };
  readonly excluded: { [pointer: string]: Node };
  readonly ids: { [coordinate: string]: string };
}

interface Drafted {
  /** Undefined where the whole property is left out. */
  readonly node: Node | undefined;
  readonly value: Json;
}

const ENTITY = ["id", "selfUri"];
const DATES = ["dateCreated", "dateModified", "createdBy", "modifiedBy"];
const DOMAIN = [...DATES, "version", "createdByApp", "modifiedByApp"];
const SWITCH = /^(enabled|disabled|active|inService|intendedState)$/;

/** Drafts schema and fixture from the definitions of an answer and of the bodies that write it. */
export function draftOf(api: Api, known: KnownKinds): Draft {
  const walk: Walk = { api, known, defs: {}, excluded: {}, ids: {} };
  const { properties = {}, required = [] } = api.contract.definitions[api.answer] ?? {};
  const bodies = api.writes.map((name) => api.contract.definitions[name] ?? {});
  const writable = new Set(bodies.flatMap((body) => Object.keys(body.properties ?? {})));
  const sets = setsFor(properties);
  const shared = new Set(sets.flatMap((name) => SETS[name] ?? []));
  const kept: [string, Node][] = [];
  const entity: [string, Json][] = [];
  for (const [name, property] of Object.entries(properties)) {
    const left = shared.has(name) ? undefined : reasonToLeave(name, property, writable);
    if (left !== undefined) walk.excluded[`/${name}`] = left;
    if (left !== undefined || shared.has(name)) {
      entity.push([name, placeholder(name, property)]);
      continue;
    }
    const { node, value } = drafted(walk, [name], property, [api.answer]);
    entity.push([name, value]);
    if (node !== undefined) kept.push([name, node]);
  }
  for (const name of writable) if (!Object.hasOwn(properties, name)) walk.excluded[`/${name}`] = WRITTEN_ONLY;
  const needed = new Set([...required, ...bodies.flatMap((body) => body.required ?? [])]);
  return {
    properties: Object.fromEntries(kept),
    required: kept.map(([name]) => name).filter((name) => needed.has(name)),
    defs: Object.fromEntries(
      Object.entries(walk.defs).filter((entry): entry is [string, Node] => entry[1] !== undefined),
    ),
    sets,
    excluded: walk.excluded,
    entity: Object.fromEntries(entity),
    ids: walk.ids,
  };
}

const SETS: { readonly [name: string]: readonly string[] } = {
  entity: ENTITY,
  domain: DOMAIN,
  dates: DATES,
  "soft-deleted": ["state"],
};

function setsFor(properties: { readonly [name: string]: Definition }): string[] {
  const has = (names: readonly string[]): boolean => names.every((name) => Object.hasOwn(properties, name));
  return [
    ...(has(ENTITY) ? ["entity"] : []),
    ...(has(DOMAIN) ? ["domain"] : has(DATES) ? ["dates"] : []),
    ...(isSoftDeleted(properties) ? ["soft-deleted"] : []),
  ];
}

/** Does the state of an object say that it was deleted (genesys-api §1.5)? */
export function isSoftDeleted(properties: { readonly [name: string]: Definition }): boolean {
  return properties["state"]?.enum?.includes("deleted") === true;
}

function reasonToLeave(name: string, property: Definition, writable: ReadonlySet<string>): Node | undefined {
  const server = (why: string): Node => ({ owner: "server", why: `${CONFIRM}: ${why}` });
  if (referenceOf(property) === "Operation") return server("what is being done to the object right now");
  if (property.readOnly === true) return server("read-only in the official definition");
  if (!writable.has(name)) return server("in no body of a create or an update");
  if (name === "version") return server("genesys-api §1.4: sent back with a change");
  if (!SWITCH.test(name)) return undefined;
  return { owner: "operational", why: `${CONFIRM}: a switch of each organisation, or configuration`, create: false };
}

/** A field that no answer has cannot be compared. */
const WRITTEN_ONLY: Node = { owner: "server", why: `${CONFIRM}: in a body of a create or an update, in no answer` };

/** A value of a property that is not compared. */
function placeholder(name: string, property: Definition): Json {
  if (property.items !== undefined) return [placeholder(name, property.items)];
  return property.$ref === undefined && property.type !== "object"
    ? scalar(name, property).value
    : { id: "Text of id" };
}

function drafted(walk: Walk, path: readonly string[], property: Definition, above: readonly string[]): Drafted {
  const name = [...path].reverse().find((segment) => segment !== "*") ?? "";
  const target = targetOf(walk.api.contract, walk.known, name, property);
  if (target !== undefined) return reference(walk, path, name, target);
  const definition = referenceOf(property);
  if (definition !== undefined && above.includes(definition)) {
    walk.defs[definition] = undefined;
    return { node: { $ref: `#/$defs/${definition}` }, value: {} };
  }
  const own = definition === undefined ? property : (walk.api.contract.definitions[definition] ?? {});
  const around = definition === undefined ? above : [...above, definition];
  if (own.items !== undefined) return array(walk, path, own.items, around);
  if (own.properties !== undefined) return object(walk, path, own, around);
  if (own.additionalProperties !== undefined) {
    const { node = {}, value } = drafted(walk, [...path, "*"], own.additionalProperties, around);
    return { node: { type: "object", additionalProperties: node }, value: { key: value } };
  }
  if (own.type === "object" || own.type === undefined) return opaque("free JSON");
  const { node, value } = scalar(name, own);
  return path.length === 1 && name === "description" ? { node: { ...node, ...CLEARED }, value } : { node, value };
}

/** A description can be cleared by an empty text. */
const CLEARED: Node = { "x-lockstep": { emptyText: true } };

function opaque(why: string): Drafted {
  return { node: { $comment: `${CONFIRM}: ${why}`, "x-lockstep": { opaque: true } }, value: { text: "Text" } };
}

function reference(walk: Walk, path: readonly string[], name: string, { kind, form }: NonNullable<Target>): Drafted {
  const id = guidOf(path.join("/"));
  const label = kind === "division" ? "Claims" : `Some ${name}`;
  const value = form === "id" ? id : { id, name: label, selfUri: `/api/v2/x/${id}` };
  if (kind === "?") {
    const why = `${CONFIRM}: refers to an object of a kind that lockstep does not know`;
    walk.excluded[`/${path.join("/")}`] = { owner: "org", why };
    return { node: undefined, value };
  }
  walk.ids[`${kind}/${label}`] = id;
  const notes = form === "id" ? { ref: kind, form } : { ref: kind };
  return { node: { type: "string", "x-lockstep": notes }, value };
}

function array(walk: Walk, path: readonly string[], items: Definition, above: readonly string[]): Drafted {
  const { node, value } = drafted(walk, [...path, "*"], items, above);
  if (node === undefined) return { node: undefined, value: [value] };
  const type = node["type"] === "object" ? "sequence" : "set";
  const $comment = `${CONFIRM}: a set or a sequence`;
  return { node: { type: "array", $comment, items: node, "x-lockstep": { array: type } }, value: [value] };
}

function object(walk: Walk, path: readonly string[], definition: Definition, above: readonly string[]): Drafted {
  const properties: [string, Node][] = [];
  const values: [string, Json][] = [];
  for (const [name, property] of Object.entries(definition.properties ?? {})) {
    const { node, value } = drafted(walk, [...path, name], property, above);
    values.push([name, value]);
    if (property.readOnly === true || ENTITY.includes(name)) {
      const why = ENTITY.includes(name) ? "genesys-api §1.3" : `${CONFIRM}: read-only in the official definition`;
      walk.excluded[`/${[...path, name].join("/")}`] = { owner: "server", why };
    } else if (node !== undefined) properties.push([name, node]);
  }
  const node: Node = { type: "object", additionalProperties: false, properties: Object.fromEntries(properties) };
  const value = Object.fromEntries(values);
  const [innermost = ""] = above.slice(-1);
  if (!Object.hasOwn(walk.defs, innermost)) return { node, value };
  walk.defs[innermost] = node;
  return { node: { $ref: `#/$defs/${innermost}` }, value };
}

function scalar(name: string, { type = "string", enum: choices }: Definition): Drafted {
  const node: Node = choices === undefined ? { type } : { type, enum: choices };
  const values: { readonly [type: string]: Json } = { boolean: true, integer: 3, number: 3 };
  return { node, value: choices?.[0] ?? values[type] ?? `Text of ${name}` };
}

/** An id that is the same in every run. */
function guidOf(text: string): string {
  let hash = 0x811c9dc5;
  let digits = "";
  for (let round = 0; digits.length < 32; round += 1) {
    for (const character of `${text}${String(round)}`) {
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    }
    digits += hash.toString(16).padStart(8, "0");
  }
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
}
