import { isList, isObj, type Json, type Obj, textOf } from "../../model/json.ts";
import type { Remark } from "../../model/kind.ts";
import { formatPointer } from "../../model/pointer.ts";

/**
 * Settings of a trunk that do not fit its type. Answers describe each property as the template of the type does: with
 * type, choices and pattern (genesys-api §5.2). A property without a description is one that the type does not have: it is
 * stored under a name that has no effect, such as one of the older spelling.
 */
export function inspectTrunk(entity: Obj): Remark[] {
  const properties = Object.entries(isObj(entity["properties"]) ? entity["properties"] : {});
  if (!properties.some(([, property]) => isDescribed(property))) return [];
  return properties.flatMap(([name, property]): Remark[] => {
    const path = formatPointer(["properties", name]);
    if (!isDescribed(property)) {
      return [{ code: "trunk-setting-unknown", path, message: "Is not a setting of this type of trunk" }];
    }
    const problem = problemOf(property);
    return problem === undefined ? [] : [{ code: "trunk-setting-invalid", path, message: problem }];
  });
}

function isDescribed(property: Json): property is Obj {
  return isObj(property) && typeof property["type"] === "string";
}

function problemOf(property: Obj): string | undefined {
  const { type, enum: choices, pattern, required } = property;
  const value = isObj(property["value"]) ? (property["value"]["instance"] ?? property["value"]["default"]) : undefined;
  if (value === undefined || value === null) return required === true ? "Is required and has no value" : undefined;
  if (!fits(textOf(type), value)) return `Is not of type ${textOf(type)}`;
  if (isList(choices) && !listed(value).every((item) => choices.includes(item))) {
    return `Is none of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`;
  }
  return typeof pattern === "string" && typeof value === "string" && !matches(pattern, value)
    ? `Does not match ${pattern}`
    : undefined;
}

function listed(value: Json): readonly Json[] {
  return isList(value) ? value : [value];
}

function fits(type: string, value: Json): boolean {
  switch (type) {
    case "string":
    case "boolean":
    case "number":
      return typeof value === type;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return isList(value);
    default:
      return true;
  }
}

/** A pattern that this machine cannot read is not held against the value. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, "u").test(value);
  } catch {
    return true;
  }
}
