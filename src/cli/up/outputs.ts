import type { OutputMap } from "@pulumi/pulumi/automation/index.js";
import { isObj, objectsOf, type Json, type Obj } from "../../model/json.ts";
import { REDACTED } from "../../model/redactor.ts";
import { shortValue } from "../../report/values.ts";

/** The outputs of a stack as the engine's events tell them: in place of a secret stands a mark. */
export function withoutSecrets(outputs: OutputMap): { [name: string]: unknown } {
  const entries = Object.entries(outputs);
  return Object.fromEntries(entries.map(([name, { value, secret }]) => [name, secret ? REDACTED : (value as Json)]));
}

/** Outputs by name. */
export function sortedOutputs(outputs: { readonly [name: string]: unknown }): { [name: string]: Json } {
  const entries = Object.entries(outputs as { readonly [name: string]: Json });
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

/** What an update leaves as it is although the source has it otherwise. */
export interface NotWritten {
  readonly blocked: readonly Obj[];
  /** Values that the platform keeps whatever is written. */
  readonly kept: number;
}

/** What the outputs of an organisation's stack say of that. */
export function notWrittenIn(outputs: { readonly [name: string]: unknown }): NotWritten {
  const { blocked, findings } = outputs as { readonly [name: string]: Json | undefined };
  const kept = isObj(findings) ? findings["platform-keeps-value"] : undefined;
  return { blocked: objectsOf(blocked), kept: typeof kept === "number" ? kept : 0 };
}

/** As after an apply: is something not in step that another run would not bring in step either? */
export function isHeldBack({ blocked, kept }: NotWritten): boolean {
  return blocked.length > 0 || kept > 0;
}
