import type { Json, JsonObject } from "../json.ts";
import { isObject, objectAt } from "../json.ts";
import { literalLookups, promptTokens } from "./expression.ts";
import { keyedKindOf, kindOfFindAction, kindOfKeys, namedKeys } from "./vocabulary.ts";

/** One object that a flow names, and where. */
export interface NamedObject {
  /** The kind, "unknown" where the place does not tell. */
  readonly kind: string;
  readonly name: string;
  /** For flows: the type that the place demands. For data actions: the category. */
  readonly qualifier?: string;
  readonly path: string;
}

/** Parts of a flow that hold names of its own or copies of other definitions (architect-yaml §2, §3). */
const ownParts: ReadonlySet<string> = new Set([
  "referencedObjects",
  "settingsNaturalLanguageUnderstanding",
  "intentSettings",
]);

const wrappers: ReadonlySet<string> = new Set(["none", "noValue", "exp", "lit"]);

interface Place {
  readonly keys: readonly string[];
  readonly path: string;
}

function below(place: Place, key: string): Place {
  return { keys: [...place.keys, key], path: `${place.path}/${key}` };
}

function nameOf(value: Json | undefined): string | undefined {
  const name = objectAt(value).name;
  return typeof name === "string" || typeof name === "number" ? String(name) : undefined;
}

/** A name in value form, `{ lit: { name } }` or `{ name }`; system prompts are left to the platform. */
function named(name: string, place: Place): NamedObject[] {
  if (name.startsWith("PromptSystem.")) return [];
  if (name.startsWith("Prompt.")) return [{ kind: "prompt", name: name.slice("Prompt.".length), path: place.path }];
  const { kind, qualifier } = kindOfKeys(place.keys);
  return [{ kind, name, path: place.path, ...(qualifier === undefined ? {} : { qualifier }) }];
}

function literals(value: JsonObject, place: Place): NamedObject[] {
  const found: NamedObject[] = [];
  const { lit } = value;
  const candidates = Array.isArray(lit) ? lit : [lit];
  for (const candidate of candidates) {
    const name = nameOf(candidate);
    if (name !== undefined) found.push(...named(name, place));
  }
  // Exports write some names twice, side by side (architect-yaml §4.5): both have to exist.
  if (lit !== undefined && typeof value.name === "string") found.push(...named(value.name, below(place, "name")));
  return found;
}

/** Names in key form: the children of `dataAction`, `dataTable`, `commonModule` and the like (architect-yaml §4.2, §4.3). */
function keyed(value: JsonObject, place: Place): NamedObject[] {
  const [parent = "", key = ""] = place.keys.slice(-2);
  const rule = keyedKindOf(key);
  if (!rule || (rule.under !== undefined && rule.under !== parent)) return [];
  const names = Object.keys(value).filter((name) => !wrappers.has(name));
  return names.map((name) => ({
    kind: rule.kind,
    name,
    path: `${place.path}/${name}`,
    ...(rule.qualifier === undefined ? {} : { qualifier: rule.qualifier }),
  }));
}

function dataActions(value: JsonObject, place: Place): NamedObject[] {
  return Object.entries(value).flatMap(([category, content]) =>
    Object.keys(objectAt(objectAt(content).dataAction)).map((name) => ({
      kind: "data-action",
      name,
      qualifier: category,
      path: `${place.path}/${category}/dataAction/${name}`,
    })),
  );
}

function found(value: JsonObject, place: Place): NamedObject[] {
  const key = place.keys.at(-1) ?? "";
  const parent = place.keys.at(-2) ?? "";
  const result = [...literals(value, place), ...keyed(value, place)];
  if (key === "category") result.push(...dataActions(value, place));
  const bare = value.lit === undefined && namedKeys.has(key) ? nameOf(value) : undefined;
  if (bare !== undefined) result.push(...named(bare, place));
  const finds = key === "findName" ? kindOfFindAction(parent) : undefined;
  if (finds !== undefined && typeof value.lit === "string")
    result.push({ kind: finds, name: value.lit, path: place.path });
  return result;
}

function scalar(value: string, place: Place): NamedObject[] {
  const key = place.keys.at(-1);
  if (key === "exp") {
    const prompts = promptTokens(value).map((name) => ({ kind: "prompt", name, path: place.path }));
    return [...prompts, ...literalLookups(value).map((lookup) => ({ ...lookup, path: place.path }))];
  }
  const prompt = /^Prompt\.(\w+)$/.exec(value)?.[1];
  return prompt !== undefined && key === "prompt" ? [{ kind: "prompt", name: prompt, path: place.path }] : [];
}

function walk(value: Json, place: Place, into: NamedObject[]): void {
  if (typeof value === "string") into.push(...scalar(value, place));
  else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) walk(item, { ...place, path: `${place.path}/${at}` }, into);
  } else if (isObject(value)) {
    into.push(...found(value, place));
    for (const [key, item] of Object.entries(value)) if (!ownParts.has(key)) walk(item, below(place, key), into);
  }
}

/** Every other object that a flow's content names, in document order; the flow's own parts are left out. */
export function namesIn(root: string, content: JsonObject): NamedObject[] {
  const into: NamedObject[] = [];
  walk(content, { keys: [root], path: `/${root}` }, into);
  return into;
}
