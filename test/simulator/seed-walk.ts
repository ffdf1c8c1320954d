import { parse } from "yaml";
import type { SeedStep } from "../../src/simulator/centre/index.ts";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** An object that a flow names. */
export interface Mention {
  readonly kind: string;
  readonly name: string;
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Maps whose keys are names of objects (architect-yaml §4). */
const keyed: Readonly<Record<string, string>> = {
  dataTable: "data-table",
  botFlow: "flow:bot",
  digitalBotFlow: "flow:digitalbot",
  commonModule: "flow:commonmodule",
  screenPopScript: "script",
  callbackScript: "script",
};

/** Properties whose value names an object of that kind. */
const valued: Readonly<Record<string, string>> = {
  targetQueue: "queue",
  queue: "queue",
  acdSkill: "skill",
  languageSkill: "language",
  defaultLanguageSkill: "language",
  wrapupCode: "wrap-up-code",
  scheduleGroup: "schedule-group",
  emergencyGroup: "emergency-group",
  milestone: "milestone",
  flowOutcome: "outcome",
  targetFlow: "flow:*",
  overrideInQueueFlow: "flow:inqueuecall",
};

const found: Readonly<Record<string, string>> = { FindQueue: "queue", FindEmergencyGroup: "emergency-group" };

function inText(text: string): readonly Mention[] {
  const prompts = [...text.matchAll(/\bPrompt\.(\w+)/g)].map(([, name = ""]) => ({ kind: "prompt", name }));
  const calls = [...text.matchAll(/\b(Find\w+)\("([^"]+)"\)/g)].map(([, call = "", name = ""]) => ({
    kind: found[call] ?? call,
    name,
  }));
  return [...prompts, ...calls];
}

function named(key: string, value: { [key: string]: Json }): readonly Mention[] {
  const kind = valued[key] ?? (key === "initialValue" || key === "value" ? "queue" : undefined);
  const holder = isObject(value["lit"]) ? value["lit"] : kind?.startsWith("flow:") === true ? value : {};
  const name = holder["name"];
  if (typeof name !== "string" || name.startsWith("Prompt")) return [];
  return [{ kind: kind ?? `unknown key ${key}`, name }];
}

function mentions(key: string, value: Json): readonly Mention[] {
  if (typeof value === "string") return inText(value);
  if (Array.isArray(value)) return value.flatMap((entry) => mentions(key, entry));
  if (!isObject(value)) return [];
  const kind = keyed[key];
  const own = kind === undefined ? named(key, value) : Object.keys(value).map((name) => ({ kind, name }));
  const actions = key === "category" ? dataActions(value) : [];
  const queue = key === "findName" && typeof value["lit"] === "string" ? [{ kind: "queue", name: value["lit"] }] : [];
  return [...own, ...actions, ...queue, ...Object.entries(value).flatMap(([child, entry]) => mentions(child, entry))];
}

function dataActions(value: { [key: string]: Json }): readonly Mention[] {
  return Object.entries(value).flatMap(([category, entry]) => {
    const actions = isObject(entry) && isObject(entry["dataAction"]) ? Object.keys(entry["dataAction"]) : [];
    return actions.map((name) => ({ kind: "data-action", name: `${category}/${name}` }));
  });
}

/** Everything that a flow names, found by a walk of the test's own. The root key is the flow's type, not a reference. */
export function mentionsIn(yaml: string): readonly Mention[] {
  const flow = parse(yaml) as Json;
  return isObject(flow) ? Object.values(flow).flatMap((body) => mentions("", body)) : [];
}

/** Natural keys of everything that the steps create, `kind/name`. */
export function createdBy(steps: readonly SeedStep[]): ReadonlySet<string> {
  return new Set(
    steps.flatMap(({ kind, name, body }) => {
      if (kind === "flow")
        return [`flow/${name}`, `flow:${name.replace(":", "/")}`, `flow:*/${name.slice(name.indexOf(":") + 1)}`];
      const category =
        typeof body === "object" && body !== null && "category" in body
          ? JSON.stringify(body["category"]).slice(1, -1)
          : "";
      return kind === "data-action" ? [`data-action/${name}`, `data-action/${category}/${name}`] : [`${kind}/${name}`];
    }),
  );
}
