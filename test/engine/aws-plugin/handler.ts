import type { Place } from "./place.ts";
import type { Obj } from "./values.ts";

/** How the stand-in keeps one type of resource in moto. */
export interface Handler {
  /** Property that gets a made-up name when the program gives none. */
  readonly named?: string;
  /** What AWS takes for a name, where it is choosy; moto takes anything. */
  readonly names?: RegExp;
  /** Properties whose change means another resource. */
  readonly replaces?: readonly string[];
  /** Creates it; gives its id and what only AWS knows, such as an ARN. */
  create(inputs: Obj, place: Place): Promise<Created>;
  /** Its properties as moto tells them; undefined when it is gone. What moto drops is left out, and stays as it was. */
  read(id: string, state: Obj, place: Place): Promise<Obj | undefined>;
  /** Changes it to the inputs. Without one every change means another resource. */
  update?(id: string, inputs: Obj, state: Obj, place: Place): Promise<void>;
  remove(id: string, state: Obj, place: Place): Promise<void>;
}

/** A resource that has just been created. */
export interface Created {
  readonly id: string;
  readonly outputs?: Obj;
}

/** Gives undefined where the service says that there is no such thing. */
export async function unlessGone<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof Error && GONE.test(error.name)) return undefined;
    throw error;
  });
}

const GONE = /NotFound|NoSuch|DoesNotExist/i;

/** A property that holds text; empty when it holds something else. */
export function text(properties: Obj, name: string): string {
  const value = properties[name];
  return typeof value === "string" ? value : "";
}

/** A property that holds a list of objects. */
export function list(properties: Obj, name: string): Obj[] {
  const value = properties[name];
  return Array.isArray(value) ? (value as Obj[]) : [];
}

/** A property that holds an object. */
export function object(properties: Obj, name: string): Obj {
  const value = properties[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Obj) : {};
}

/** Properties with other names for the same values; what is undefined is left out. */
export function renamed(properties: Obj, names: { readonly [from: string]: string }): { [name: string]: never } {
  const entries = Object.entries(names).map(([from, to]): [string, unknown] => [to, properties[from]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as { [name: string]: never };
}

/** The same names the other way round. */
export function reversed(names: { readonly [from: string]: string }): { readonly [to: string]: string } {
  return Object.fromEntries(Object.entries(names).map(([from, to]) => [to, from]));
}

/** Property names with a capital, as the APIs have them: `{ metricName: "MetricName" }`. */
export function capitals(...names: readonly string[]): { readonly [name: string]: string } {
  return Object.fromEntries(names.map((name) => [name, name.charAt(0).toUpperCase() + name.slice(1)]));
}
