import { LockstepError } from "../../src/model/error.ts";
import type { Obj } from "../../src/model/json.ts";
import { textOf } from "../../src/model/json.ts";
import type { Content, Kind } from "../../src/model/kind.ts";
import type { FieldNotes, Schema } from "../../src/model/schema.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import type { PairingTarget } from "../../src/pairing/target.ts";

const text: Schema = { type: "string" };

function ref(kind: FieldNotes["ref"], more: Partial<FieldNotes> = {}): Schema {
  return { type: "string", "x-lockstep": { ...more, ...(kind === undefined ? {} : { ref: kind }) } };
}

function set(items: Schema): Schema {
  return { type: "array", items, "x-lockstep": { array: "set" } };
}

function kind(name: string, properties: { readonly [name: string]: Schema }, more: Partial<Kind> = {}): Kind {
  return {
    name,
    title: name,
    mode: "write",
    schema: {
      type: "object",
      additionalProperties: false,
      properties: { name: text, division: ref("division"), ...properties },
    },
    key: (entity) => textOf(entity["name"]),
    permissions: { read: [], write: [] },
    ...more,
  };
}

/** A toy language: one `kind: name` per line, and `name:` for the flow's own name. */
const content: Content = {
  at: "yaml",
  extension: "yaml",
  comparable: (source) => source,
  line: () => 1,
  references: (source) =>
    source.split("\n").flatMap((line, at) => {
      const [, word = "", name = ""] =
        /^(queue|user|division|flow|prompt|script|knowledge-base|tts-engine): (.*)$/.exec(line) ?? [];
      if (word === "" || word === "division") return [];
      return [{ kind: word, name, path: `/${String(at)}`, ...(word === "flow" ? ({ partial: true } as const) : {}) }];
    }),
  rename: (source, nameFor) => {
    const lines = source.split("\n").map((line) => {
      const [, word = "", name = ""] = /^(\w+): (.*)$/.exec(line) ?? [];
      const next = nameFor(word === "name" ? "flow" : word, name);
      return next === undefined ? line : `${word}: ${next}`;
    });
    const text = lines.join("\n");
    return { text, edits: text === source ? [] : [{ start: 0, end: source.length, text }] };
  },
  without: (source) => source,
  override: (source, pointer, value) => {
    const lines = source.split("\n");
    const at = lines.findIndex((line) => line.startsWith(`${pointer.slice(1)}: `));
    if (at < 0) throw new LockstepError("override-unmatched", `nothing at ${pointer}`, "look again", { path: pointer });
    return lines.with(at, `${pointer.slice(1)}: ${JSON.stringify(value)}`).join("\n");
  },
};

const queue = kind("queue", {
  description: text,
  flow: ref("flow", { phase: 2 }),
  prompt: ref("prompt"),
  skills: set(ref("skill")),
  groups: set(ref({ TEAM: "team", GROUP: "group" })),
  rings: {
    type: "array",
    items: {
      type: "object",
      required: ["queue"],
      properties: { queue: ref("queue"), group: ref("group"), waitSeconds: { type: "integer" } },
    },
  },
  members: {
    type: "object",
    additionalProperties: { type: "object", properties: { ring: { type: "integer" } } },
    "x-lockstep": { array: { by: "id", ref: "user" } },
  },
  manager: ref("user"),
  extra: { type: "object", "x-lockstep": { opaque: true } },
  linked: { type: "object", "x-lockstep": { opaque: true, ids: ["queue", "group"] } },
});

const ALL: readonly Kind[] = [
  kind("division", {}),
  kind("skill", {}),
  queue,
  kind(
    "flow",
    { type: text, yaml: text },
    { content, key: (entity) => `${textOf(entity["type"])}:${textOf(entity["name"])}` },
  ),
  kind("ivr", { dnis: set(text), openHoursFlow: ref("flow") }, { numbers: ["dnis"] }),
  kind(
    "did-pool",
    { startPhoneNumber: text, endPhoneNumber: text },
    { key: poolKey, numbers: ["startPhoneNumber", "endPhoneNumber"] },
  ),
  kind("data-table", {
    rows: {
      type: "object",
      additionalProperties: { type: "object", additionalProperties: { "x-lockstep": { opaque: true } } },
    },
  }),
  kind("site", {}),
  kind(
    "outbound-route",
    { trunks: { type: "array", items: ref("trunk") } },
    { parent: { kind: "site", id: (entity) => textOf(entity["site"]) } },
  ),
  {
    ...kind("trunk", { host: text }),
    schema: {
      type: "object",
      additionalProperties: false,
      properties: { name: text, host: text },
      "x-excluded": {
        "/enabled": { owner: "operational", why: "a test" },
        "/uri": { owner: "org", why: "a test" },
        "/password": { owner: "secret", why: "a test" },
        "/id": { owner: "server", why: "a test" },
      },
    },
  },
  kind("user", {}, { mode: "map" }),
  kind("team", {}, { mode: "map" }),
  kind("group", {}, { mode: "map" }),
  kind("prompt", {}, { mode: "map" }),
  {
    ...kind("header", { trunk: ref("trunk") }),
    mode: "derived",
    derive: (all) =>
      new Map(
        [...all("trunk")].map(([key, trunk]) => [`X-${key}`, { trunk: `trunk/${key}`, host: trunk["host"] ?? "" }]),
      ),
  },
];

/** Small kinds with every shape that pairing has to understand. */
export const KINDS: ReadonlyMap<string, Kind> = new Map(ALL.map((each) => [each.name, each]));

function poolKey(entity: Obj): string {
  return `${textOf(entity["startPhoneNumber"])}-${textOf(entity["endPhoneNumber"])}`;
}

/** A snapshot of these objects; everything has an id, also what is listed besides. */
export function snapshotOf(
  objects: { readonly [coordinate: string]: Obj },
  alsoKnown: readonly string[] = [],
): Snapshot {
  const coordinates = [...Object.keys(objects), ...alsoKnown];
  return {
    org: { id: "source-org", name: "Source", homeDivision: "Home" },
    region: "test",
    complete: true,
    counts: Object.fromEntries([...KINDS.keys()].map((name) => [name, { listed: 0, read: 0, kept: 0 }])),
    objects: new Map(Object.entries(objects)),
    ids: new Map(coordinates.map((coordinate) => [coordinate, `id of ${coordinate}`])),
    revisions: new Map(),
    state: new Map(),
    findings: [],
  };
}

/** A standby that has these objects. */
export function targetWith(...coordinates: readonly string[]): PairingTarget {
  return { coordinates: new Set(coordinates), homeDivision: "Home", unread: new Set(), namesakes: new Map() };
}
