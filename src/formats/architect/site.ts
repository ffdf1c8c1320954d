import type { Scalar } from "yaml";
import { scalarText } from "./data.ts";
import type { FlowPlace } from "./place.ts";

/** How a name is written: as a value, as a map key, inside an expression, as a prompt token, or as an id. */
export type ReferenceForm = "value" | "key" | "expression" | "prompt" | "guid";

/** One place where a flow names another object. */
export interface Site {
  readonly kind: string;
  readonly name: string;
  /** `own` is the name of the flow itself. */
  readonly form: ReferenceForm | "own";
  /** API type of the flow that is named, where the place tells. */
  readonly type?: string | undefined;
  /** Category of the data action that is named. */
  readonly category?: string;
  /** The name is computed when the flow runs; `name` is what computes it. */
  readonly dynamic?: true;
  /** Not a reference of its own: the second copy of a doubled name, or the category of a data action. */
  readonly companion?: true;
  readonly place: FlowPlace;
  /** The scalar that holds the name, and where in its decoded text the name stands. */
  readonly scalar: Scalar;
  readonly span: readonly [start: number, end: number];
  /** The name stands inside a string literal of an expression. */
  readonly quoted?: true;
}

/** A site whose scalar is the name, all of it. */
export function wholeScalar(
  scalar: Scalar,
  place: FlowPlace,
  about: Pick<Site, "kind" | "form" | "type" | "category" | "companion">,
): Site {
  const name = scalarText(scalar);
  return { ...about, name, place, scalar, span: [0, name.length] };
}
