import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { textOf, type Json } from "../model/json.ts";
import { formatPointer, parsePointer } from "../model/pointer.ts";
import type { Schema } from "../model/schema.ts";
import { schema as manifestSchema } from "./generated/manifest.ts";
import { shown, type Problem } from "./problem.ts";
import { FILE } from "./snapshot-layout.ts";

/** Tells what is wrong with the shape of a file's value. */
export type ShapeCheck = (file: string, value: Json) => Problem[];

/**
 * A check by a schema. Compiling costs more than checking: make one per schema. The schemas are our own and tested, so
 * they are not checked themselves, which would cost more than everything else.
 */
export function shapeCheck(schema: Schema): ShapeCheck {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    meta: false,
    validateSchema: false,
    validateFormats: false,
  });
  const validate = ajv.compile(schema);
  return (file, value) => problemsOf(validate, file, value);
}

function problemsOf(validate: ValidateFunction, file: string, value: Json): Problem[] {
  return validate(value) ? [] : (validate.errors ?? []).map((error) => problemOf(error, file));
}

function problemOf(error: ErrorObject, file: string): Problem {
  const params = error.params as { readonly [name: string]: Json };
  const place = parsePointer(error.instancePath);
  if (error.keyword === "additionalProperties") {
    const name = textOf(params["additionalProperty"]);
    const path = formatPointer([...place, name]);
    return { code: "unknown-field", file, path, expected: "only fields of the schema", found: `the field ${name}` };
  }
  const missing = error.keyword === "required";
  return {
    code: missing ? "missing-field" : "wrong-value",
    file,
    path: missing ? formatPointer([...place, textOf(params["missingProperty"])]) : error.instancePath,
    expected: missing ? "a value" : expectation(error, params),
    found: missing ? "nothing" : shown(error.data as Json),
  };
}

function expectation(error: ErrorObject, params: { readonly [name: string]: Json }): string {
  if (error.keyword === "type") return `a value of type ${shown(params["type"])}`;
  if (error.keyword === "enum") return `one of ${JSON.stringify(params["allowedValues"])}`;
  return (error.message ?? error.keyword).replace(/^must (?:be )?/, "");
}

function metadataCheck(part: string): ShapeCheck {
  const { $defs } = manifestSchema;
  return shapeCheck({ ...$defs?.[part], ...($defs && { $defs }) });
}

/** Checks for the files that every snapshot has, by path. */
export const METADATA_CHECKS: ReadonlyMap<string, ShapeCheck> = new Map([
  [FILE.manifest, shapeCheck(manifestSchema)],
  [FILE.ids, metadataCheck("ids")],
  [FILE.revisions, metadataCheck("revisions")],
  [FILE.state, metadataCheck("state")],
  [FILE.findings, metadataCheck("findings")],
]);
