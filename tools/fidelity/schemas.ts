import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { Contract, Schema } from "./contract.ts";
import type { Value } from "./traffic.ts";

/** Whose body it is: what only the server sets is not required in a request. */
export type Side = "request" | "answer";

/** Says what is wrong with a value; nothing when it fits. */
export type Check = (schema: Schema, value: Value) => readonly string[];

const ROOT = "contract";

/** The formats that the definition uses; the platform's addresses are mostly without a host. */
const FORMATS = {
  ...fullFormats,
  uri: fullFormats["uri-reference"],
  url: fullFormats["uri-reference"],
  "local-date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/,
  interval: /^[^/]+\/[^/]+$/,
};

/**
 * Checks values against schemas of the definition as if it forbade what it does not name: the definition itself forbids
 * nothing, so that its bare schemas would prove nothing.
 */
export function createCheck(contract: Contract, side: Side): Check {
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, formats: FORMATS });
  const definitions = Object.entries(contract.definitions).map(([name, schema]) => [name, closed(schema, side)]);
  ajv.addSchema({ $id: ROOT, definitions: Object.fromEntries(definitions) as object });
  const compiled = new Map<string, ValidateFunction>();
  return (schema, value) => {
    const text = JSON.stringify(schema);
    const validate = compiled.get(text) ?? ajv.compile(closed(schema, side));
    compiled.set(text, validate);
    return validate(value) ? [] : (validate.errors ?? []).filter((error) => !isReference(error)).map(inWords);
  };
}

/** Where an object is only referred to, the definition names its whole schema and the platform sends these few fields. */
const REFERENCE: ReadonlySet<string> = new Set(["id", "name", "selfUri"]);

function isReference({ keyword, data, instancePath }: ErrorObject): boolean {
  if (keyword !== "required" || instancePath === "") return false;
  const names = Object.keys(data as object);
  return names.includes("id") && names.every((name) => REFERENCE.has(name));
}

/** A bare "object" is how the definition writes down that a value may be anything. */
function isAnything({ type, properties, additionalProperties }: Schema): boolean {
  return type === "object" && properties === undefined && additionalProperties === undefined;
}

function closed(schema: Schema, side: Side): object {
  const { $ref, items, properties, required, ...rest } = schema;
  if (isAnything(schema)) return {};
  if ($ref !== undefined) return { $ref: `${ROOT}${$ref}` };
  const own = Object.entries(properties ?? {});
  const needed = (required ?? []).filter((name) => side === "answer" || properties?.[name]?.readOnly !== true);
  return {
    ...rest,
    ...(items === undefined ? {} : { items: closed(items, side) }),
    ...(properties === undefined ? {} : { properties: Object.fromEntries(own.map(([n, s]) => [n, closed(s, side)])) }),
    ...(needed.length === 0 ? {} : { required: needed }),
    ...additional(schema, side),
  };
}

function additional({ properties, additionalProperties }: Schema, side: Side): object {
  if (typeof additionalProperties === "object") return { additionalProperties: closed(additionalProperties, side) };
  if (additionalProperties !== undefined) return { additionalProperties };
  return properties === undefined ? {} : { additionalProperties: false };
}

function inWords({ instancePath, keyword, message, params }: ErrorObject): string {
  const place = instancePath.replaceAll(/\/\d+(?=\/|$)/g, "/*");
  if (keyword === "additionalProperties") return `${place}/${String(params["additionalProperty"])}: not defined`;
  if (keyword === "enum") return `${place}: must be one of ${(params["allowedValues"] as string[]).join(", ")}`;
  return `${place}: ${message ?? keyword}`;
}
