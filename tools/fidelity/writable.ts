import { findOperation, requestSchema, resolved, type Contract, type Located, type Schema } from "./contract.ts";
import { entitiesOf, isObject, type Exchange, type Value } from "./traffic.ts";

/** A field that a client may write and that no recorded answer carried. */
export interface Unseen {
  /** Address of the resource, without the id of a single object. */
  readonly base: string;
  /** Where the field is in the body; `*` is an item of a list or a key of a map. */
  readonly field: string;
}

type Path = readonly string[];

/** Every writable field of these operations that no answer for the same resource ever carried. */
export function unseenFields(
  contract: Contract,
  operations: readonly Located[],
  traffic: readonly Exchange[],
): Unseen[] {
  const bodies = answersByBase(contract, traffic);
  const unseen = operations.flatMap((located) => {
    const schema = requestSchema(located);
    const base = baseOf(located.template);
    const answers = bodies.get(base) ?? [];
    const paths = schema === undefined ? [] : writablePaths(contract, schema.items ?? schema, []);
    return paths.filter((path) => !answers.some((answer) => carries(answer, path))).map((path) => ({ base, path }));
  });
  const told = new Map(unseen.map(({ base, path }) => [`${base} /${path.join("/")}`, { base, path }]));
  const whole = ({ base, path }: { base: string; path: Path }): boolean =>
    path.every((_, length) => length === 0 || !told.has(`${base} /${path.slice(0, length).join("/")}`));
  return [...told.values()].filter(whole).map(({ base, path }) => ({ base, field: `/${path.join("/")}` }));
}

/** The address of the list to which an object belongs. */
function baseOf(template: string): string {
  return template.replace(/\/\{[^/]+\}$/, "").replaceAll(/\{[^/]+\}/g, "{}");
}

function answersByBase(contract: Contract, traffic: readonly Exchange[]): Map<string, Value[]> {
  const bodies = new Map<string, Value[]>();
  for (const { method, path, status, answer } of traffic) {
    const located = answer === undefined || status >= 400 ? undefined : findOperation(contract, method, path);
    if (located === undefined || answer === undefined) continue;
    const base = baseOf(located.template);
    bodies.set(base, [...(bodies.get(base) ?? []), ...entitiesOf(answer)]);
  }
  return bodies;
}

/** The fields of a body, down to what is a plain value, a free-form object or a reference. */
function writablePaths(contract: Contract, schema: Schema, above: readonly Schema[]): Path[] {
  const { items, properties, additionalProperties } = resolved(contract, schema);
  const known = resolved(contract, schema);
  if (above.includes(known)) return [];
  const below = (inner: Schema): Path[] => writablePaths(contract, inner, [...above, known]);
  if (items !== undefined) return below(items).map((path) => ["*", ...path]);
  if (typeof additionalProperties === "object") return below(additionalProperties).map((path) => ["*", ...path]);
  if (properties === undefined) return [[]];
  if (above.length > 0 && properties["id"] !== undefined && properties["selfUri"] !== undefined) return [["id"]];
  return Object.entries(properties)
    .filter(([, inner]) => inner.readOnly !== true)
    .flatMap(([name, inner]) => [
      [name],
      ...below(inner)
        .filter((path) => path.length > 0)
        .map((path) => [name, ...path]),
    ]);
}

function carries(value: Value | undefined, [first, ...rest]: Path): boolean {
  if (first === undefined) return value !== undefined;
  if (first === "*")
    return Array.isArray(value) || isObject(value) ? items(value).some((item) => carries(item, rest)) : false;
  return isObject(value) && Object.hasOwn(value, first) && carries(value[first], rest);
}

function items(value: readonly Value[] | { readonly [name: string]: Value }): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : Object.values(value);
}
