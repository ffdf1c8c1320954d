import { isList } from "../model/json.ts";
import type { ErrorObject } from "ajv";
import { formatPointer, parsePointer } from "../model/pointer.ts";
import { didYouMean } from "../model/suggest.ts";
import type { ConfigProblem } from "./config-error.ts";
import type { LineOf } from "./config-lines.ts";

/** Places below which a value may be a secret that was put there by mistake. */
const NEVER_SHOWN: ReadonlySet<string> = new Set(["orgs", "secrets", "notify"]);

const LONGEST_SHOWN = 60;

/** What the shapes of texts are, in words. */
const SHAPES: { readonly [title: string]: string } = {
  SecretRef: "a reference to a secret, `env:NAME` or `file:PATH`",
  Pointer: "a pointer such as /acwSettings/timeoutMs",
  CalendarDate: "a day such as 2027-01-31",
  HostName: "a host name such as chat.example.com, without scheme, port or dot at the end",
};

/** Errors that only repeat what another one says better. */
const ECHOES: ReadonlySet<string> = new Set(["if", "discriminator"]);

/** The problems behind the answers of the schema validator. */
export function schemaProblems(errors: readonly ErrorObject[], data: unknown, lineOf: LineOf): ConfigProblem[] {
  return errors.filter(({ keyword }) => !ECHOES.has(keyword)).map((error) => problemOf(error, data, lineOf));
}

function problemOf(error: ErrorObject, data: unknown, lineOf: LineOf): ConfigProblem {
  const segments = parsePointer(error.instancePath);
  const params = error.params as { [name: string]: unknown };
  if (error.keyword === "additionalProperties") {
    return unknownKey([...segments, String(params["additionalProperty"])], knownKeys(error), lineOf);
  }
  const found =
    error.keyword === "required" ? `no key ${String(params["missingProperty"])}` : shown(segments, error.data);
  return {
    code: "config-invalid",
    path: error.instancePath,
    line: lineOf(segments),
    expected: expectation(error, params),
    found: data === null ? "an empty file" : found,
    hint: hintFor(error, params),
  };
}

function hintFor(error: ErrorObject, params: { readonly [name: string]: unknown }): string {
  if (error.data === null && error.instancePath !== "") return "Leave the key out where there is nothing to say.";
  return typeof error.data === "number" && params["type"] === "string" ? "Put it in quotes." : "";
}

/** YAML 1.1 copied the keys of another map in this way; YAML 1.2, which is read here, does not. */
const NO_MERGE = "YAML 1.2 has no merge keys: write the keys out; an alias (*name) can stand for a whole value.";

function unknownKey(segments: readonly string[], known: readonly string[], lineOf: LineOf): ConfigProblem {
  const key = segments.at(-1) ?? "";
  return {
    code: "config-unknown-key",
    path: formatPointer(segments),
    line: lineOf(segments),
    expected: `one of ${known.join(", ")}`,
    found: `the unknown key ${JSON.stringify(key)}`,
    hint: key === "<<" ? NO_MERGE : didYouMean(key, known),
  };
}

function knownKeys(error: ErrorObject): string[] {
  const properties = error.parentSchema?.["properties"] as object | undefined;
  return Object.keys(properties ?? {});
}

/** What belongs in a place whose schema has two forms of which one is to be chosen, by the key that is missing or too much. */
const EITHER: { readonly [key: string]: string } = {
  region: "a region or a baseUrl",
  create: "the id of a zone, or create: true",
};

type Params = { readonly [name: string]: unknown };

function expectation(error: ErrorObject, params: Params): string {
  return EXPECTATIONS.get(error.keyword)?.(error, params) ?? `a value that ${error.message ?? "fits"}`;
}

/** What belongs in a place, by the keyword of the schema that says so. */
const EXPECTATIONS: ReadonlyMap<string, (error: ErrorObject, params: Params) => string> = new Map(
  Object.entries({
    required: (_error: ErrorObject, { missingProperty: key }: Params) =>
      EITHER[String(key)] ?? `the key ${String(key)}`,
    type: (error: ErrorObject, { type }: Params) => shapeOf(error) ?? typeNames(type),
    enum: (_error: ErrorObject, { allowedValues: values }: Params) =>
      `one of ${(values as readonly unknown[]).map(String).join(", ")}`,
    "false schema": ({ instancePath }: ErrorObject) =>
      `either ${EITHER[parsePointer(instancePath).at(-1) ?? ""] ?? "one or the other"}, not both`,
    const: (_error: ErrorObject, { allowedValue }: Params) => String(allowedValue),
    minLength: () => "a text that is not empty",
    pattern: (error: ErrorObject, { pattern }: Params) => shapeOf(error) ?? `a text like ${String(pattern)}`,
    format: (error: ErrorObject, { format }: Params) => shapeOf(error) ?? `a text like ${String(format)}`,
  }),
);

function shapeOf(error: ErrorObject): string | undefined {
  return SHAPES[String(error.parentSchema?.["title"])];
}

function typeNames(type: unknown): string {
  const names: { readonly [type: string]: string } = { object: "keys and values", array: "a list", string: "a text" };
  return names[String(type)] ?? `a value of type ${String(type)}`;
}

function shown(segments: readonly string[], value: unknown): string {
  if (value === null) return "nothing";
  if (isList(value)) return "a list";
  if (typeof value === "object") return "keys and values";
  if (segments.length === 0 || NEVER_SHOWN.has(segments[0] ?? "")) return `a ${typeof value} that does not fit`;
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
