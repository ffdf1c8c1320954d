import type { Entry } from "./world.ts";
import type { JsonObject } from "./json.ts";

/** How a reference is checked and shown. */
export interface ReferenceRule {
  /** The kind referred to, or a function of the reference (a member group says its own type). */
  readonly to: string | ((around: JsonObject) => string | undefined);
  /** Only entries that this accepts count as existing. */
  readonly accepts?: (entry: Entry) => boolean;
  readonly status?: number;
  readonly code?: string;
  /** What an answer adds to the id. */
  readonly shows: readonly Shown[];
  /** True where the property is the bare id instead of an object with an id. */
  readonly bare: boolean;
  /** An id that stands for something other than an object, such as `*`. */
  readonly also?: string;
}

export type Shown = "name" | "selfUri";

/**
 * The shape of a property: what is accepted on a write, what is checked and how it is answered. Properties that no shape
 * names are dropped on a write, as the services ignore what they do not know.
 */
export interface Shape {
  readonly is: "text" | "flag" | "whole" | "number" | "local-time" | "any" | "list" | "map" | "object" | "ref";
  readonly oneOf?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly of?: Shape;
  /** Properties of an object; of a reference, what it keeps beside the id. */
  readonly fields?: Fields;
  readonly ref?: ReferenceRule;
  /** A list whose order means nothing: answered in any order. */
  readonly unordered?: boolean;
  readonly required?: boolean;
  /** Written by the server only: ignored in a body. */
  readonly server?: boolean;
}

export type Fields = Readonly<Record<string, Shape>>;

export const text: Shape = { is: "text" };
/** A date and time without a zone, in milliseconds whatever a client sends (definition local-date-time). */
export const localTime: Shape = { is: "local-time" };
export const flag: Shape = { is: "flag" };
export const whole: Shape = { is: "whole" };
export const decimal: Shape = { is: "number" };
export const anything: Shape = { is: "any" };

/** Text out of a closed list. */
export function oneOf(...values: readonly string[]): Shape {
  return { is: "text", oneOf: values };
}

/** A whole number between two bounds. */
export function between(min: number, max: number): Shape {
  return { is: "whole", min, max };
}

/** A list whose order is kept. */
export function list(of: Shape): Shape {
  return { is: "list", of };
}

/** A list whose order means nothing. */
export function set(of: Shape): Shape {
  return { is: "list", of, unordered: true };
}

/** A map from names to values of one shape. */
export function map(of: Shape): Shape {
  return { is: "map", of };
}

/** An object with known properties. */
export function object(fields: Fields): Shape {
  return { is: "object", fields };
}

/** A reference `{ id, name, selfUri }` to another object. */
export function ref(to: ReferenceRule["to"], rule: Partial<ReferenceRule> = {}): Shape {
  return { is: "ref", ref: { to, shows: ["name", "selfUri"], bare: false, ...rule } };
}

/** A reference that keeps properties of its own beside the id; they may decide the kind. */
export function refWith(to: ReferenceRule["to"], fields: Fields, rule: Partial<ReferenceRule> = {}): Shape {
  return { ...ref(to, rule), fields };
}

/** A reference written as a bare id. */
export function idOf(to: ReferenceRule["to"], rule: Partial<ReferenceRule> = {}): Shape {
  return { is: "ref", ref: { to, shows: [], bare: true, ...rule } };
}

/** The same shape, refused when absent. */
export function required(shape: Shape): Shape {
  return { ...shape, required: true };
}

/** The same shape, ignored in a body. */
export function server(shape: Shape): Shape {
  return { ...shape, server: true };
}
