import type { Json, JsonObject } from "../json.ts";
import { inWords, ownOf, textAt } from "../json.ts";
import type { Change } from "./watch.ts";

/** One message before it is written: what happened to which entity. */
export interface Told {
  readonly service: string;
  readonly entityType: string;
  readonly action: string;
  readonly entity: JsonObject;
  readonly propertyChanges: JsonObject[];
  readonly context?: JsonObject;
  /** Told by the platform itself: no user, no client. */
  readonly system?: boolean;
}

/** Longer values are cut off, so that the log stays small. */
const longest = 1000;

function values(value: Json | undefined): string[] {
  const items = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  return items.map((item) => inWords(item).slice(0, longest));
}

/** One changed property (definition PropertyChange); nothing stands for an empty list of values. */
export function property(name: string, before: Json | undefined, after: Json | undefined): JsonObject {
  return { property: name, oldValues: values(before), newValues: values(after) };
}

/** The properties in which both differ, each with its values. */
export function differences(before: JsonObject = {}, after: JsonObject = {}): JsonObject[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name !== "id");
  return names
    .map((name) => ({ name, was: ownOf(before, name), is: ownOf(after, name) }))
    .filter(({ was, is }) => JSON.stringify(was) !== JSON.stringify(is))
    .map(({ name, was, is }) => property(name, was, is));
}

function isGone(data: JsonObject | undefined): boolean {
  return data === undefined || data.state === "deleted" || data.deleted === true;
}

/** What happened to a thing, whether its deletion leaves it readable or not. */
export function verb({ before, after }: Change): "Create" | "Update" | "Delete" {
  if (isGone(before) && !isGone(after)) return "Create";
  return isGone(after) ? "Delete" : "Update";
}

/** True when what no answer carries is different: a secret, or the audio of a prompt. */
export function isHiddenChange({ before, after, hidden: [was, is] }: Change): boolean {
  return before !== undefined && after !== undefined && JSON.stringify(was) !== JSON.stringify(is);
}

/** The entity of a message; what has no name, or whose name the service does not tell, has only an id. */
export function entityNamed(id: string, data: JsonObject | undefined): JsonObject {
  const name = textAt(data?.name);
  return name === "" ? { id } : { id, name };
}
