import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The subset of a Swagger 2.0 schema that the official definition uses. */
export interface Definition {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly readOnly?: boolean;
  readonly required?: readonly string[];
  readonly items?: Definition;
  readonly properties?: { readonly [name: string]: Definition };
  readonly additionalProperties?: Definition;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly enum?: readonly string[];
  readonly schema?: Definition;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly responses: { readonly [status: string]: { readonly schema?: Definition } };
  readonly "x-inin-requires-permissions"?: { readonly type?: string; readonly permissions?: readonly string[] };
}

/** One file of the official definition. */
export interface Contract {
  /** Name of the file without its ending. */
  readonly tag: string;
  readonly paths: { readonly [path: string]: { readonly [verb: string]: Operation } };
  readonly definitions: { readonly [name: string]: Definition };
}

/** The operations of a kind, and what they exchange. */
export interface Api {
  readonly contract: Contract;
  /** Address of the list, with the placeholders that the definition has. */
  readonly path: string;
  /** Operations in the form that descriptors have: the object's own placeholder is `{id}`. */
  readonly ops: {
    readonly list: string;
    readonly get?: string;
    readonly create?: string;
    readonly update?: string;
    readonly remove?: string;
  };
  readonly paging: "page" | "cursor" | "none";
  /** Name of the definition of an object. */
  readonly answer: string;
  /** Properties of an object that its list leaves out. */
  readonly notListed: readonly string[];
  /** Names of the definitions of the bodies that create and change it. */
  readonly writes: readonly string[];
  readonly permissions: { readonly read: readonly string[]; readonly write: readonly string[] };
  /** Type under which the API moves it between divisions, if its name tells. */
  readonly moveAs?: string;
}

/** The files of the official definition; none where the directory is not there. */
export function loadContract(directory: string): Contract[] {
  if (!existsSync(directory)) return [];
  const files = readdirSync(directory).filter((file) => file.endsWith(".json"));
  return files.sort().map((file) => {
    const { paths, definitions } = JSON.parse(readFileSync(join(directory, file), "utf8")) as Omit<Contract, "tag">;
    return { tag: file.replace(/\.json$/, ""), paths, definitions };
  });
}

/** Name of the definition that a schema refers to. */
export function referenceOf(schema: Definition | undefined): string | undefined {
  return schema?.$ref?.replace("#/definitions/", "");
}

/**
 * The operations of a kind.
 * @param path address of its list; without it, the one list whose last word is the plural of the kind's name
 * @throws Error when no list or more than one is found
 */
export function findApi(contracts: readonly Contract[], name: string, path: string | undefined): Api {
  const places = contracts.flatMap((contract) =>
    Object.keys(contract.paths).flatMap((at) => (listedBy(contract, at) === undefined ? [] : [{ contract, at }])),
  );
  const found = places.filter(({ at }) => (path === undefined ? isPluralOf(at, name) : at === path));
  const distinct = [...new Map(found.map((place) => [place.at, place])).values()];
  const whole = distinct.filter(({ contract, at }) => !at.includes("{") && ownPath(contract, at) !== undefined);
  const [first] = whole.length === 1 ? whole : distinct;
  if (first !== undefined && (distinct.length === 1 || whole.length === 1)) {
    const moveAs = contracts.flatMap(moveTypes).find((type) => isNamedAfter(type, name));
    return { ...apiAt(first.contract, first.at), ...optional("moveAs", moveAs) };
  }
  if (first === undefined) throw new Error(`The official definition has no list ${path ?? `named after ${name}`}`);
  throw new Error(
    `Several lists are named after ${name}: ${distinct.map(({ at }) => at).join(", ")}. Give one as --path`,
  );
}

function isPluralOf(path: string, name: string): boolean {
  const last = path.split("/").at(-1) ?? "";
  const bare = name.replaceAll("-", "");
  return [`${bare}s`, bare.replace(/y$/, "ies")].includes(last.toLowerCase());
}

/** Name of the definition of what a path lists. */
function listedBy({ paths, definitions }: Contract, path: string): string | undefined {
  const listing = definitions[referenceOf(paths[path]?.["get"]?.responses["200"]?.schema) ?? ""];
  return referenceOf(listing?.properties?.["entities"]?.items);
}

/** Address of one object of a list. */
function ownPath({ paths }: Contract, path: string): string | undefined {
  return Object.keys(paths).find(
    (at) => at.startsWith(`${path}/{`) && at.split("/").length === path.split("/").length + 1,
  );
}

function apiAt(contract: Contract, path: string): Api {
  const own = ownPath(contract, path);
  const at = (verb: string, where: string | undefined): Operation | undefined =>
    where === undefined ? undefined : contract.paths[where]?.[verb];
  const change = at("put", own) === undefined ? "patch" : "put";
  const op = (verb: string, where: string | undefined): string | undefined => {
    if (where === undefined || at(verb, where) === undefined) return undefined;
    return `${verb.toUpperCase()} ${where === own ? where.replace(/\{[^}]*\}$/, "{id}") : where}`;
  };
  const listed = listedBy(contract, path) ?? "";
  const answer = referenceOf(at("get", own)?.responses["200"]?.schema) ?? listed;
  const properties = (name: string): object => contract.definitions[name]?.properties ?? {};
  const bodies = [at("post", path), at(change, own)].map((operation) =>
    referenceOf(operation?.parameters?.find((parameter) => parameter.in === "body")?.schema),
  );
  const reading = [at("get", path), at("get", own)];
  const writing = [at("post", path), at(change, own), at("delete", own)];
  return {
    contract,
    path,
    ops: {
      list: `GET ${path}`,
      ...optional("get", op("get", own)),
      ...optional("create", op("post", path)),
      ...optional("update", op(change, own)),
      ...optional("remove", op("delete", own)),
    },
    paging: pagingOf(contract, path),
    answer,
    notListed: Object.keys(properties(answer)).filter((name) => !Object.hasOwn(properties(listed), name)),
    writes: [...new Set(bodies.filter((body) => body !== undefined))],
    permissions: { read: permissionsOf(reading), write: permissionsOf(writing) },
  };
}

function optional<Name extends string>(name: Name, value: string | undefined): { readonly [key in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in Name]?: string });
}

/** One of several is enough where the definition says `ANY`. */
function permissionsOf(operations: readonly (Operation | undefined)[]): string[] {
  const needed = operations.flatMap((operation) => {
    const { type, permissions = [] } = operation?.["x-inin-requires-permissions"] ?? {};
    return type === "ALL" ? permissions : permissions.slice(0, 1);
  });
  return [...new Set(needed)];
}

function pagingOf({ paths, definitions }: Contract, path: string): Api["paging"] {
  const operation = paths[path]?.["get"];
  const takes = new Set((operation?.parameters ?? []).map((parameter) => parameter.name));
  const listing = definitions[referenceOf(operation?.responses["200"]?.schema) ?? ""]?.properties ?? {};
  if (takes.has("pageNumber")) return "page";
  return takes.has("after") && Object.hasOwn(listing, "nextUri") ? "cursor" : "none";
}

const MOVE = /\/divisions\/\{[^}]*\}\/objects\/\{[^}]*\}$/;

function moveTypes(contract: Contract): readonly string[] {
  const path = Object.keys(contract.paths).find((at) => MOVE.test(at));
  const parameters = path === undefined ? [] : (contract.paths[path]?.["post"]?.parameters ?? []);
  return parameters.find(({ enum: types }) => types !== undefined)?.enum ?? [];
}

/** By the whole name or its last words: a response-library moves as LIBRARY. */
function isNamedAfter(type: string, name: string): boolean {
  const words = name.toUpperCase().split("-");
  const ends = words.map((_, at) => words.slice(at).join(""));
  return ends.some((end) => [end, `${end}S`, `FLOW${end}`].includes(type));
}
