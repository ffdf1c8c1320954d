import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A schema of the official definition (Swagger 2.0). */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: { readonly [name: string]: Schema };
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly readOnly?: boolean;
  readonly uniqueItems?: boolean;
  readonly description?: string;
}

/** A parameter of an operation: for a body it has a schema, otherwise it is one. */
export interface Parameter extends Omit<Schema, "required"> {
  readonly name: string;
  readonly in: "query" | "path" | "body" | "header" | "formData";
  readonly required?: boolean;
  readonly schema?: Schema;
}

/** An operation of the official definition. */
export interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly responses: { readonly [status: string]: { readonly schema?: Schema } };
  /** `ANY`: one of the permissions is enough; `ALL`: each is needed. */
  readonly "x-inin-requires-permissions"?: { readonly type?: string; readonly permissions?: readonly string[] };
}

/** An operation with its place. */
export interface Located {
  readonly method: string;
  readonly template: string;
  readonly operation: Operation;
}

/** The official definition: what operations there are and what their bodies look like. */
export interface Contract {
  readonly operations: readonly Located[];
  readonly definitions: { readonly [name: string]: Schema };
}

interface Tag {
  readonly paths: { readonly [template: string]: { readonly [method: string]: Operation } };
  readonly definitions: { readonly [name: string]: Schema };
}

/** Reads the definition, which is stored by tag; equal names mean equal things in all of them. */
export function readContract(directory: string): Contract {
  const tags = readdirSync(directory)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(join(directory, file), "utf8")) as Tag);
  const operations = tags.flatMap(({ paths }) =>
    Object.entries(paths).flatMap(([template, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), template, operation })),
    ),
  );
  return {
    operations,
    definitions: Object.assign({}, ...tags.map(({ definitions }) => definitions)) as Tag["definitions"],
  };
}

/** Finds the operation that serves an address; a literal segment wins over a parameter. */
export function findOperation(contract: Contract, method: string, path: string): Located | undefined {
  const segments = path.split("/");
  const fits = contract.operations.filter(
    (located) => located.method === method && matches(located.template, segments),
  );
  return fits.sort((a, b) => parametersIn(a.template) - parametersIn(b.template))[0];
}

function matches(template: string, segments: readonly string[]): boolean {
  const wanted = template.split("/");
  return wanted.length === segments.length && wanted.every((part, at) => isParameter(part) || part === segments[at]);
}

const isParameter = (segment: string): boolean => segment.startsWith("{");
const parametersIn = (template: string): number => template.split("/").filter(isParameter).length;

/** The schema of the body that the operation takes. */
export function requestSchema({ operation }: Located): Schema | undefined {
  return operation.parameters?.find((parameter) => parameter.in === "body")?.schema;
}

/** The response that the operation declares for a status. */
export function responseFor({ operation }: Located, status: number): { readonly schema?: Schema } | undefined {
  return operation.responses[String(status)] ?? operation.responses["default"];
}

/** The schema that a reference stands for. */
export function resolved(contract: Contract, schema: Schema): Schema {
  const name = schema.$ref?.replace("#/definitions/", "");
  return name === undefined ? schema : (contract.definitions[name] ?? {});
}
