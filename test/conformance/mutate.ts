import { isList, isObj, type Json } from "../../src/model/json.ts";
import type { Schema } from "../../src/model/schema.ts";

/** Another object of the same sort as the one with this id; undefined when the id is not known or there is no other. */
export type Another = (id: string) => string | undefined;

/**
 * Another valid value in the place of a value.
 * @param schema says which values are allowed, as far as it restricts them
 * @returns undefined when there is none
 */
export function mutated(value: Json, { enum: choices, maximum }: Schema, another: Another): Json | undefined {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return maximum !== undefined && value + 1 > maximum ? value / 2 : value + 1;
  if (isList(value)) return value.slice(0, -1);
  if (isObj(value)) {
    const { name: _name, selfUri: _selfUri, ...reference } = value;
    const id = typeof value["id"] === "string" ? another(value["id"]) : undefined;
    return id === undefined ? undefined : { ...reference, id };
  }
  if (value === null) return undefined;
  const choice = choices?.find((candidate) => candidate !== value);
  return choices === undefined ? (another(value) ?? otherText(value)) : choice;
}

/** A text of the same form: a number stays a number, a time a time, an address an address. */
function otherText(text: string): string {
  if (/^\+?\d{3,}$/.test(text)) return text.slice(0, -1) + String((Number(text.at(-1)) + 1) % 10);
  if (/^\d{4}-\d\d-\d\dT/.test(text))
    return text.replace(
      /^(\d{3})(\d)/,
      (_all, start: string, digit: string) => start + String((Number(digit) + 1) % 10),
    );
  return `${text} changed`;
}
