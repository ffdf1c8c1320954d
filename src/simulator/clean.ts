import { badRequest, invalidProperty } from "./errors.ts";
import type { Json, JsonObject } from "./json.ts";
import { inWords, isObject, ownOf } from "./json.ts";
import type { Fields, Shape } from "./shape.ts";

function cleanText(value: Json, shape: Shape, path: string): Json {
  if (typeof value !== "string") throw invalidProperty(path, "must be a string");
  if (shape.oneOf && !shape.oneOf.includes(value)) {
    throw invalidProperty(path, `"${value}" is not one of ${shape.oneOf.join(", ")}`);
  }
  return value;
}

const localTimes = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?$/;

/** The Go client sends six digits after the second, the Python client none; answers have three (definition local-date-time). */
function cleanLocalTime(value: Json, _shape: Shape, path: string): Json {
  const [, minute, second = "00", fraction = ""] = localTimes.exec(inWords(value)) ?? [];
  if (minute === undefined) throw invalidProperty(path, "must be a local date-time without a zone");
  return `${minute}:${second}.${fraction.slice(0, 3).padEnd(3, "0")}`;
}

function cleanNumber(value: Json, shape: Shape, path: string): Json {
  const wrong = typeof value !== "number" || (shape.is === "whole" && !Number.isInteger(value));
  if (wrong) throw invalidProperty(path, `must be ${shape.is === "whole" ? "an integer" : "a number"}`);
  if (shape.min !== undefined && value < shape.min) throw invalidProperty(path, `must be at least ${shape.min}`);
  if (shape.max !== undefined && value > shape.max) throw invalidProperty(path, `must be at most ${shape.max}`);
  return value;
}

function cleanMap(value: Json, shape: Shape, path: string): JsonObject {
  const of = shape.of ?? { is: "any" };
  if (!isObject(value)) throw invalidProperty(path, "must be an object");
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(kept.map(([name, item]) => [name, cleanValue(item, of, `${path}.${name}`)]));
}

function cleanReference(value: Json, shape: Shape, path: string): Json {
  if (shape.ref?.bare) return cleanText(value, { is: "text" }, path);
  if (!isObject(value)) throw invalidProperty(path, "must be an object with an id");
  if (value.id === undefined || value.id === null || value.id === "") return null;
  return {
    ...cleanObject(value, shape.fields ?? {}, `${path}.`),
    id: cleanText(value.id, { is: "text" }, `${path}.id`),
  };
}

function cleanFlag(value: Json, _shape: Shape, path: string): Json {
  if (typeof value !== "boolean") throw invalidProperty(path, "must be a boolean");
  return value;
}

function cleanList(value: Json, shape: Shape, path: string): Json {
  if (!Array.isArray(value)) throw invalidProperty(path, "must be an array");
  const of = shape.of ?? { is: "any" };
  return value.map((item, at) => cleanValue(item, of, `${path}[${at}]`)).filter((item) => item !== null);
}

const cleaners: Readonly<Record<Shape["is"], (value: Json, shape: Shape, path: string) => Json>> = {
  any: (value) => value,
  text: cleanText,
  flag: cleanFlag,
  whole: cleanNumber,
  number: cleanNumber,
  "local-time": cleanLocalTime,
  list: cleanList,
  map: cleanMap,
  object: (value, shape, path) => {
    if (!isObject(value)) throw invalidProperty(path, "must be an object");
    return cleanObject(value, shape.fields ?? {}, `${path}.`);
  },
  ref: cleanReference,
};

function cleanValue(value: Json, shape: Shape, path: string): Json {
  return cleaners[shape.is](value, shape, path);
}

/**
 * The part of a body that the service takes: known properties of the right type, nulls removed, server-owned properties
 * and unknown ones ignored. Throws a 400 that names the property otherwise.
 */
export function cleanObject(body: JsonObject, fields: Fields, prefix = ""): JsonObject {
  const result: JsonObject = {};
  for (const [name, shape] of Object.entries(fields)) {
    const value = ownOf(body, name);
    if (shape.server || value === undefined || value === null) continue;
    const cleaned = cleanValue(value, shape, `${prefix}${name}`);
    if (cleaned !== null) result[name] = cleaned;
  }
  return result;
}

/** Throws a 400 naming the first property that is required and missing. */
export function demand(body: JsonObject, fields: Fields): void {
  for (const [name, shape] of Object.entries(fields)) {
    const value = ownOf(body, name);
    if (shape.required && (value === undefined || value === "")) {
      throw badRequest(`The ${name} field is required and cannot be empty`, "constraint.validation", {
        params: { field: name },
        details: [{ errorCode: "constraint.validation", fieldName: name }],
      });
    }
  }
}
