import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { splitCoordinate } from "../../src/model/coordinate.ts";
import type { Obj } from "../../src/model/json.ts";
import type { CoordinateOfId } from "../../src/canonical/normalise.ts";

/** One object of a kind as the API answers it, with every property set. */
export interface Fixture {
  readonly contract: {
    /** File of the official definition. */
    readonly tag: string;
    /** Definition of the answer, and of the bodies that create and change it. */
    readonly answer: string;
    readonly writes: readonly string[];
    /** Property that a part holds → definition of its value, or of its items. */
    readonly parts?: { readonly [property: string]: string };
    /** Pointers at which the schema and the definition go different ways, with the reason. */
    readonly apart?: { readonly [pointer: string]: string };
  };
  readonly entity: Obj;
  /** Coordinate → id of everything that the entity refers to. */
  readonly ids: { readonly [coordinate: string]: string };
}

const FIXTURES = join(import.meta.dirname, "fixtures");
const CONTRACT = join(import.meta.dirname, "..", "..", "..", "shared", "contract");

/** Kinds that have a fixture. */
export function fixtureNames(): string[] {
  return readdirSync(FIXTURES).map((file) => file.replace(/\.json$/, ""));
}

export function fixtureOf(kind: string): Fixture {
  return JSON.parse(readFileSync(join(FIXTURES, `${kind}.json`), "utf8")) as Fixture;
}

/** Is the official definition here? It is test material outside the repository. */
export const hasContract = existsSync(CONTRACT);

/** The definitions of one file of the official definition. */
export function definitionsOf(tag: string): Definitions {
  const document = JSON.parse(readFileSync(join(CONTRACT, `${tag}.json`), "utf8")) as { definitions: Definitions };
  return document.definitions;
}

export interface Definitions {
  readonly [name: string]: Definition;
}

/** The subset of Swagger 2.0 that definitions use. */
export interface Definition {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly readOnly?: boolean;
  readonly items?: Definition;
  readonly properties?: { readonly [name: string]: Definition };
  readonly additionalProperties?: Definition;
}

/** The organisation of a fixture: its ids. */
export function lookupOf({ ids }: Fixture): {
  coordinateOfId: CoordinateOfId;
  resolve: (coordinate: string) => string;
} {
  const byId = new Map(
    Object.entries(ids).map(([coordinate, id]) => [`${splitCoordinate(coordinate).kind}/${id}`, coordinate]),
  );
  return {
    coordinateOfId: (kind, id) => byId.get(`${kind}/${id}`),
    resolve: (coordinate) => ids[coordinate] ?? `missing:${coordinate}`,
  };
}
