import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Any JSON value. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** One recorded exchange of the simulator; see record-traffic.mjs. Bodies are there when they are JSON. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  /** The simulator's own pattern of the path. */
  readonly pattern: string;
  readonly status: number;
  readonly query?: { readonly [name: string]: readonly string[] };
  readonly request?: Value;
  readonly answer?: Value;
  /** Whether the answer had no body at all. */
  readonly empty: boolean;
}

/** What a test run recorded, each different exchange once. Throws when there is no recording. */
export function readTraffic(directory: string): Exchange[] {
  const lines = readdirSync(directory)
    .filter((file) => file.endsWith(".jsonl"))
    .flatMap((file) => readFileSync(join(directory, file), "utf8").split("\n"))
    .filter((line) => line !== "");
  return [...new Set(lines)].map((line) => JSON.parse(line) as Exchange);
}

/** True for an object, not for a list. */
export function isObject(value: Value | undefined): value is { readonly [name: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects that an answer holds: those of its list, or itself. */
export function entitiesOf(answer: Value): readonly Value[] {
  if (Array.isArray(answer)) return answer as readonly Value[];
  if (!isObject(answer)) return [];
  return Array.isArray(answer["entities"]) ? (answer["entities"] as readonly Value[]) : [answer];
}

/** Whether the answer tells anything: a list without objects does not. */
export function tellsSomething({ answer, empty }: Exchange): boolean {
  if (answer === undefined) return !empty;
  return !isObject(answer) && !Array.isArray(answer)
    ? true
    : entitiesOf(answer).some((entity) => !isObject(entity) || Object.keys(entity).length > 0);
}
