import fc from "fast-check";
import { isList, type Obj } from "../../../src/model/json.ts";
import type { Kind } from "../../../src/model/kind.ts";
import { formatPointer, objectWith, valueAt } from "../../../src/model/pointer.ts";
import type { Schema } from "../../../src/model/schema.ts";
import { objects, type Fact, type Sample } from "./object.ts";
import { schemas } from "./schema.ts";

/** A kind and two of its objects. */
export interface Case {
  readonly kind: Kind;
  readonly one: Sample<Obj>;
  readonly other: Sample<Obj>;
}

const cases: fc.Arbitrary<Case> = schemas.chain((schema) =>
  fc.record({ kind: fc.constant(kindOf(schema)), one: objects(schema), other: objects(schema) }),
);

/** A kind with nothing but a schema. */
export function kindOf(schema: Schema): Kind {
  const permissions = { read: [], write: [] };
  return { name: "one", title: "One", mode: "write", schema, key: () => "", permissions };
}

/** Holds a law against objects of random schemas. */
export function law(holds: (kind: Kind, object: Obj, facts: readonly Fact[], other: Obj) => void): void {
  fc.assert(fc.property(cases, ({ kind, one, other }) => holds(kind, one.value, one.facts, other.value)));
}

/** The pointer of a fact. */
export function at({ path }: Pick<Fact, "path">): string {
  return formatPointer(path);
}

/** Does something refer there? */
export function refers({ is }: Fact): boolean {
  return is === "reference" || is === "key" || is === "embedded";
}

/** Does a way lead through no list? */
export function isOutside({ path }: Pick<Fact, "path">): boolean {
  return path.every((name) => typeof name === "string");
}

/** The object with its outer lists of a sort the other way round. */
export function reversed(object: Obj, facts: readonly Fact[], is: "set" | "sequence"): Obj {
  return facts.reduce((carry, fact) => {
    const list = valueAt(carry, at(fact));
    return fact.is === is && isOutside(fact) && isList(list) ? objectWith(carry, at(fact), list.toReversed()) : carry;
  }, object);
}
