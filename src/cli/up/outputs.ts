import type { OutputMap } from "@pulumi/pulumi/automation/index.js";
import type { Json } from "../../model/json.ts";
import { REDACTED } from "../../model/redactor.ts";
import { shortValue } from "../../report/values.ts";

/** Stands for a value that is kept encrypted. */

/** The outputs of a stack without secrets. */
export function shownOutputs(outputs: OutputMap): { [name: string]: Json } {
  const entries = Object.entries(outputs).map(([name, { value, secret }]): [string, Json] => [
    name,
    secret ? REDACTED : (value as Json),
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Outputs as rows of text, each on one line; `pulumi stack output` has them in full. */
export function outputRows(outputs: { readonly [name: string]: Json }): [string, string][] {
  return Object.entries(outputs)
    .filter(([, value]) => !isEmpty(value))
    .map(([name, value]) => [name, typeof value === "string" ? shortText(value) : shortValue(value)]);
}

function isEmpty(value: Json): boolean {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

function shortText(value: string): string {
  const [first = "", ...more] = value.split("\n");
  return more.length === 0 ? first : `${first} … (${more.length + 1} lines)`;
}
