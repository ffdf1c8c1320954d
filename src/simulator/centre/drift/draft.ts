import type { Random } from "../random.ts";
import type { SeedObject, SeedStep, SeedValue } from "../types.ts";
import { isSeedObject, targetOf } from "../types.ts";

/** A way in which the standby no longer is what it was. */
export interface Drift {
  readonly n: number;
  readonly kind: string;
  /** Name of the object in the standby, or in the primary when the standby lacks it. */
  readonly name: string;
  readonly what: string;
  /** Name before the drift, where that is what changed. */
  readonly was?: string;
}

/** The steps so far, and which objects have drifted already: each object drifts in one way only. */
export interface Draft {
  readonly steps: readonly SeedStep[];
  readonly drifts: readonly Drift[];
  readonly random: Random;
}

/** What one rule did. */
export interface Outcome {
  readonly steps: readonly SeedStep[];
  readonly name: string;
  readonly what: string;
  readonly was?: string;
}

/** One sort of drift; undefined when no object suits it. */
export interface DriftRule {
  readonly kind: string;
  readonly apply: (draft: Draft) => Outcome | undefined;
}

/** Kinds of steps that write a part of the object whose name they carry, and the kind of that object. */
const wholeOf: ReadonlyMap<string, string> = new Map([
  ["queue-wrap-up-codes", "queue"],
  ["queue-members", "queue"],
  ["integration-config", "integration"],
  ["integration-state", "integration"],
  ["number-plans", "site"],
  ["data-table-row", "data-table"],
  ["group-settings", "group"],
  ["group-members", "group"],
  ["emergency-group-flows", "emergency-group"],
  ["prompt-resource", "prompt"],
  ["prompt-audio", "prompt"],
  ["message-recipient-flow", "message-recipient"],
  ["web-configuration-version", "web-configuration"],
]);

/** Parts whose name is that of their object, a slash and one of their own. */
const namedWithin: ReadonlySet<string> = new Set(["data-table-row", "prompt-resource", "prompt-audio"]);

/** The object that a step belongs to, so that a part and its object do not both drift. */
function ownerOf(step: SeedStep): string {
  const kind = wholeOf.get(step.kind) ?? step.kind;
  const name = namedWithin.has(step.kind) ? step.name.slice(0, step.name.lastIndexOf("/")) : step.name;
  return `${kind}/${name}`;
}

/** The objects that a drift touched; that of a row or of a recording is its table's or prompt's. */
const ownersOf = ({ kind, name, was = name }: Drift): readonly string[] => [
  `${kind}/${name}`,
  `${kind}/${was}`,
  `${kind}/${name.slice(0, Math.max(0, name.lastIndexOf("/")))}`,
];

/** An untouched step of a kind that suits, picked at random. */
export function pickStep(
  draft: Draft,
  kind: string,
  suits: (step: SeedStep) => boolean = () => true,
): SeedStep | undefined {
  const touched = new Set(draft.drifts.flatMap(ownersOf));
  const found = draft.steps.filter((step) => step.kind === kind && !touched.has(ownerOf(step)));
  return draft.random.shuffled(found).find(suits);
}

/** The draft's steps with one step replaced. */
export const replaced = (draft: Draft, step: SeedStep, by: SeedStep): readonly SeedStep[] =>
  draft.steps.map((other) => (other === step ? by : other));

/** The draft's steps without an object and its parts. */
export function removed(draft: Draft, step: SeedStep): readonly SeedStep[] {
  const owner = ownerOf(step);
  return draft.steps.filter((other) => ownerOf(other) !== owner);
}

/** The draft's steps with one more directly after another one. */
export const added = (draft: Draft, after: SeedStep, step: SeedStep): readonly SeedStep[] =>
  draft.steps.flatMap((other) => (other === after ? [other, step] : [other]));

/** A step's body as an object, an empty one when it has none. */
export const bodyOf = (step: SeedStep): SeedObject => (isSeedObject(step.body) ? step.body : {});

/** The value as text, "" when it is anything else. */
export const textOf = (value: SeedValue | undefined): string => (typeof value === "string" ? value : "");

/** A step's body as a list, an empty one when it is none. */
export const listOf = (value: SeedValue | undefined): readonly SeedValue[] =>
  Array.isArray(value) ? (value as readonly SeedValue[]) : [];

/** The value at a path of property names and positions. */
export function valueAt(value: SeedValue | undefined, path: readonly (string | number)[]): SeedValue | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  if (typeof head === "number") return valueAt(listOf(value)[head], rest);
  return isSeedObject(value) ? valueAt(value[head], rest) : undefined;
}

/** The value with another value at a path; undefined removes the property or element. */
export function withValue(
  value: SeedValue,
  path: readonly (string | number)[],
  next: SeedValue | undefined,
): SeedValue {
  const [head, ...rest] = path;
  if (head === undefined) return next ?? null;
  if (typeof head === "number") {
    const list = listOf(value);
    if (rest.length === 0 && next === undefined) return list.filter((_, index) => index !== head);
    return list.map((entry, index) => (index === head ? withValue(entry, rest, next) : entry));
  }
  const object = isSeedObject(value) ? value : {};
  if (rest.length === 0 && next === undefined)
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== head));
  return { ...object, [head]: withValue(object[head] ?? {}, rest, next) };
}

/** True when a value holds a reference to the target anywhere. */
function refersTo(value: SeedValue | undefined, kind: string, name: string): boolean {
  const target = targetOf(value);
  if (target) return target[0] === kind && target[1] === name;
  if (Array.isArray(value)) return (value as readonly SeedValue[]).some((entry) => refersTo(entry, kind, name));
  return isSeedObject(value) && Object.values(value).some((entry) => refersTo(entry, kind, name));
}

/** True when something of that name has drifted already. */
export const isTouched = (draft: Pick<Draft, "drifts">, kind: string, name: string): boolean =>
  draft.drifts.some((drift) => drift.kind === kind && drift.name === name);

/** True when nothing else names the object: not a body, not a path, not a flow, not a condition by name. */
export function isUnused(draft: Draft, step: SeedStep): boolean {
  const plain = step.kind === "flow" ? step.name.slice(step.name.indexOf(":") + 1) : step.name;
  const owner = ownerOf(step);
  return draft.steps.every((other) => {
    if (ownerOf(other) === owner) return true;
    if (other.at?.some(([kind, name]) => kind === step.kind && name === step.name) ?? false) return false;
    if (other.yaml !== undefined) return !other.yaml.includes(plain);
    if (other.kind === "skill-group") return !JSON.stringify(other.body).includes(JSON.stringify(plain));
    return !refersTo(other.body, step.kind, step.name);
  });
}
