import { isList, isObj, type Json, type Obj } from "../../../src/model/json.ts";

type Rename = (kind: string, name: string) => string;

/**
 * What a rename has to do, repeated on plain data, with rules of its own: the product edits text by ranges and finds
 * names from the syntax tree; this rewrites values, and knows the paths by heart.
 */
export function renameIndependently(structure: Obj, rename: Rename): Obj {
  const rootKey = Object.keys(structure)[0] ?? "";
  const renamed = rewrite(structure[rootKey] ?? null, [], rename);
  if (!isObj(renamed)) throw new Error("no flow");
  const { name, division } = renamed;
  const flow = {
    ...renamed,
    ...(typeof name === "string" ? { name: rename("flow", name) } : {}),
    ...(typeof division === "string" ? { division: rename("division", division) } : {}),
  };
  return { [rootKey]: flow };
}

const KINDS = new Map(
  Object.entries({
    targetQueue: "queue",
    queue: "queue",
    queueVariable: "queue",
    emergencyGroup: "emergency-group",
    selectedSchedule: "schedule",
    scheduleGroup: "schedule-group",
    contactList: "contact-list",
    wrapupCode: "wrap-up-code",
    targetFlow: "flow",
    overrideInQueueFlow: "flow",
    worktype: "worktype",
  }),
);

/** Kinds that are also written without `lit`, or twice. */
const BARE = new Set(["targetFlow", "overrideInQueueFlow", "worktype", "emergencyGroup", "scheduleGroup", "schedule"]);

const KEYS = new Map(
  Object.entries({
    dataTable: "data-table",
    botFlow: "flow",
    digitalBotFlow: "flow",
    commonModule: "flow",
    screenPopScript: "script",
    callbackScript: "script",
    dataAction: "data-action",
    category: "data-action-category",
    textToSpeech: "tts-engine",
    settingsKnowledge: "knowledge-base",
  }),
);

const FUNCTIONS: Record<string, string> = {
  FindEmergencyGroup: "emergency-group",
  FindQueue: "queue",
  FindSkill: "skill",
};

function rewrite(value: Json, path: readonly string[], rename: Rename): Json {
  if (isList(value)) return value.map((item) => rewrite(item, path, rename));
  if (typeof value === "string") return rewriteText(value, path, rename);
  if (!isObj(value)) return value;
  const keyKind = keyKindAt(path);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const isName = keyKind !== undefined && isObj(item) && key !== "defaultEngine" && !("none" in value);
      return [isName ? rename(keyKind, key) : key, rewrite(item, [...path, key], rename)];
    }),
  );
}

function keyKindAt(path: readonly string[]): string | undefined {
  if (path.at(-2) === "lexBot") return "lex-bot";
  return KEYS.get(path.at(-1) ?? "");
}

function rewriteText(text: string, path: readonly string[], rename: Rename): string {
  const [key, up, upper, top] = [...path].reverse();
  if (key === "exp") return rewriteExpression(text, up, upper, rename);
  if (key === "lit" && up === "findName" && upper === "findQueue") return rename("queue", text);
  if (key === "prompt" && text.startsWith("Prompt.")) return `Prompt.${rename("prompt", text.slice(7))}`;
  if (key !== "name" || text.startsWith("PromptSystem.")) return text;
  const holder = up === "lit" ? (upper === "value" || upper === "initialValue" ? top : upper) : up;
  if (up !== "lit" && !BARE.has(up ?? "")) return text;
  const kind = KINDS.get(holder ?? "");
  return kind === undefined ? text : rename(kind, text);
}

function rewriteExpression(text: string, up: string | undefined, upper: string | undefined, rename: Rename): string {
  if (up === "findName" && upper === "findQueue" && /^"[^"]*"$/.test(text))
    return `"${rename("queue", text.slice(1, -1))}"`;
  return text
    .replace(/\b(Find\w+)\("([^"]*)"\)/g, (all, finder: string, name: string) => {
      const kind = FUNCTIONS[finder];
      return kind === undefined ? all : `${finder}("${rename(kind, name)}")`;
    })
    .replace(/(?<![\w."])Prompt\.(\w+)/g, (_all, name: string) => `Prompt.${rename("prompt", name)}`);
}
