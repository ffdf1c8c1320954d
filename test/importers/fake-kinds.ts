import type { Answer, Steps } from "../../src/model/api.ts";
import { joinKey } from "../../src/model/coordinate.ts";
import { LockstepError } from "../../src/model/error.ts";
import { isList, isObj, type Json, type Obj, textOf } from "../../src/model/json.ts";
import type { Change, Content, ContentReference, Kind, Part } from "../../src/model/kind.ts";
import type { FieldNotes, Schema } from "../../src/model/schema.ts";

const text: Schema = { type: "string" };

function ref(kind: string, notes: Partial<FieldNotes> = {}): Schema {
  return { type: "string", "x-lockstep": { ref: kind, ...notes } };
}

function setOf(items: Schema): Schema {
  return { type: "array", items, "x-lockstep": { array: "set" } };
}

/** What the services answer besides configuration. */
const SERVER_OWNED = {
  "/id": { owner: "server", why: "a test" },
  "/version": { owner: "server", why: "a test" },
  "/selfUri": { owner: "server", why: "a test" },
  "/revision": { owner: "server", why: "a test" },
  "/enabled": { owner: "operational", why: "a test" },
} as const;

function schemaOf(properties: { readonly [name: string]: Schema }): Schema {
  return {
    type: "object",
    additionalProperties: false,
    properties: { name: text, ...properties },
    "x-excluded": SERVER_OWNED,
  };
}

const PERMISSIONS = { read: [], write: [] };

/**
 * Refers to others of its kind: `needs` must be there first, `next` and all of `calls` can be written in a second pass. The
 * latter has the shape of an emergency group's call flows.
 */
const item: Kind = {
  name: "item",
  title: "Item",
  mode: "write",
  schema: schemaOf({
    description: text,
    colour: { type: "string", "x-lockstep": { immutable: true } },
    tags: setOf(text),
    needs: setOf(ref("item")),
    next: ref("item", { phase: 2 }),
    calls: {
      type: "array",
      items: { type: "object", properties: { to: ref("item", { phase: 2 }), from: setOf(ref("item")) } },
    },
    home: ref("place"),
    peer: ref("item", { omitSelf: true }),
    steps: { type: "array", items: text },
  }),
  key: (entity) => textOf(entity["name"]),
  keep: (entity) => (entity["managed"] === true ? "managed" : true),
  read: {
    lists: [{ op: "GET /api/v2/items", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/items/{id}" },
  },
  write: {
    create: "POST /api/v2/items",
    update: "PUT /api/v2/items/{id}",
    remove: "DELETE /api/v2/items/{id}",
    style: "full",
    version: "body",
    rename: "update",
  },
  permissions: PERMISSIONS,
};

/** A child of an item; its paths name that item. */
const leaf: Kind = {
  name: "leaf",
  title: "Leaf",
  mode: "write",
  parent: { kind: "item", id: (entity) => textOf(entity["item"]), path: "item" },
  schema: {
    ...schemaOf({ size: { type: "integer" } }),
    "x-excluded": { ...SERVER_OWNED, "/item": { owner: "server", why: "a test" } },
  },
  key: (entity, parent) => joinKey(parent ?? textOf(entity["item"]), textOf(entity["name"])),
  read: {
    lists: [{ op: "GET /api/v2/leaves", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/items/{item}/leaves/{id}" },
  },
  write: {
    create: "POST /api/v2/items/{item}/leaves",
    update: "PUT /api/v2/items/{item}/leaves/{id}",
    remove: "DELETE /api/v2/items/{item}/leaves/{id}",
    style: "patch",
    rename: "recreate",
    protect: true,
  },
  permissions: PERMISSIONS,
};

/** A toy language: one `word: value` per line. */
const content: Content = {
  at: "yaml",
  extension: "yaml",
  comparable: (source) => {
    if (source.includes("!")) throw new LockstepError("flow-yaml", "This is no text", "Write another one.");
    return Object.fromEntries(source.split("\n").map((line) => line.split(": ") as [string, Json]));
  },
  references: (source) => source.split("\n").flatMap(referencesOf),
  rename: (source) => ({ text: source, edits: [] }),
  without: (source, drops) =>
    source
      .split("\n")
      .filter((line) => !referencesOf(line).some(drops))
      .join("\n"),
  line: () => 1,
  override: (source, pointer, value) => {
    const word = `${pointer.slice(1)}: `;
    const lines = source.split("\n");
    const at = lines.findIndex((line) => line.startsWith(word));
    if (at < 0) throw new LockstepError("override-unmatched", `nothing at ${pointer}`, "look again");
    if (value === "defect") throw new TypeError("a defect");
    return lines.with(at, word + textOf(value)).join("\n");
  },
};

function referencesOf(line: string): ContentReference[] {
  const [word = "", name = ""] = line.split(": ");
  return ["item", "doc"].includes(word) ? [{ kind: word, name, path: `/${word}` }] : [];
}

const docText: Part = {
  at: "yaml",
  revision: (entity) => (typeof entity["revision"] === "string" ? entity["revision"] : undefined),
  *read(entity) {
    const answer: Answer = yield { op: "GET /api/v2/docs/{id}/text", path: { id: textOf(entity["id"]) } };
    return isObj(answer.body) ? (answer.body["text"] ?? "") : "";
  },
  *write({ id, after }) {
    yield { op: "PUT /api/v2/docs/{id}/text", path: { id }, body: { text: after ?? "" } };
  },
};

/** Has text content with revisions that can be restored. */
const doc: Kind = {
  name: "doc",
  title: "Document",
  mode: "write",
  schema: schemaOf({ description: text, yaml: { type: "string", "x-lockstep": { part: true } } }),
  key: (entity) => textOf(entity["name"]),
  content,
  read: {
    lists: [{ op: "GET /api/v2/docs", paging: "page", size: 2 }],
    get: { op: "GET /api/v2/docs/{id}" },
    parts: [docText],
  },
  write: {
    create: "POST /api/v2/docs",
    update: "PUT /api/v2/docs/{id}",
    remove: "DELETE /api/v2/docs/{id}",
    style: "patch",
    rename: "recreate",
    *restore(id, revision) {
      yield { op: "POST /api/v2/docs/{id}/restore", path: { id }, body: { revision } };
    },
  },
  permissions: PERMISSIONS,
};

/** Has members, which are people, and a secret; written by steps of its own. */
const team: Kind = {
  name: "team",
  title: "Team",
  mode: "write",
  schema: {
    ...schemaOf({
      lead: ref("person"),
      members: { ...setOf(ref("person")), "x-lockstep": { array: "set", part: true } },
    }),
    "x-excluded": { ...SERVER_OWNED, "/pin": { owner: "secret", why: "a test" } },
  },
  key: (entity) => textOf(entity["name"]),
  read: {
    lists: [{ op: "GET /api/v2/teams", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/teams/{id}" },
    parts: [
      {
        at: "members",
        personal: { count: () => 0 },
        *read(entity) {
          const answer: Answer = yield { op: "GET /api/v2/teams/{id}/people", path: { id: textOf(entity["id"]) } };
          return isObj(answer.body) ? (answer.body["members"] ?? []) : [];
        },
        *write({ id, after, resolve }) {
          const people = (isList(after) ? after : []).map((person) => ({ id: resolve(textOf(person)) }));
          yield { op: "PUT /api/v2/teams/{id}/people", path: { id }, body: { members: people } };
        },
      },
    ],
  },
  write: {
    create: createTeam,
    update: "PUT /api/v2/teams/{id}",
    style: "full",
    rename: "recreate",
    needsSecrets: (verb, wanted) => (verb === "create" || wanted["lead"] !== undefined ? ["/pin", "/codes/*"] : []),
  },
  permissions: PERMISSIONS,
};

function* createTeam({ body }: Change): Steps<string> {
  const answer: Answer = yield { op: "POST /api/v2/teams", body };
  return isObj(answer.body) ? textOf(answer.body["id"]) : "";
}

/** Two slots exchange a number: whoever gives it up goes first. */
const slot: Kind = {
  name: "slot",
  title: "Slot",
  mode: "write",
  schema: schemaOf({ number: text }),
  key: (entity) => textOf(entity["name"]),
  read: { lists: [{ op: "GET /api/v2/slots", paging: "page" }], get: { op: "GET /api/v2/slots/{id}" } },
  write: {
    create: "POST /api/v2/slots",
    update: "PUT /api/v2/slots/{id}",
    style: "full",
    rename: "recreate",
    before: (first, then) => {
      const given = first.before?.["number"];
      return given !== undefined && given !== first.after?.["number"] && given === then.after?.["number"];
    },
  },
  permissions: PERMISSIONS,
};

function known(name: string, collection: string): Kind {
  return {
    name,
    title: name,
    mode: "map",
    schema: schemaOf({}),
    key: (entity) => textOf(entity["name"]),
    read: {
      lists: [{ op: `GET /api/v2/${collection}`, paging: "page" }],
      get: { op: `GET /api/v2/${collection}/{id}` },
    },
    permissions: PERMISSIONS,
  };
}

/** Computed from items. */
const shadow: Kind = {
  name: "shadow",
  title: "Shadow",
  mode: "derived",
  schema: schemaOf({ of: text }),
  key: (entity) => textOf(entity["name"]),
  derive: (all) => new Map([...all("item")].map(([key, object]): [string, Obj] => [key, { of: object["name"] ?? "" }])),
  permissions: PERMISSIONS,
};

const ALL: readonly Kind[] = [
  item,
  leaf,
  doc,
  team,
  slot,
  known("person", "persons"),
  known("place", "places"),
  shadow,
];

/** Small kinds with every shape that plans and writes have to understand. */
export const KINDS: ReadonlyMap<string, Kind> = new Map(ALL.map((kind) => [kind.name, kind]));
