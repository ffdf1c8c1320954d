import { LockstepError } from "../../src/model/error.ts";
import type { Obj } from "../../src/model/json.ts";
import type { Kind } from "../../src/model/kind.ts";
import type { Schema } from "../../src/model/schema.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";

const schemaOf = (properties: { readonly [name: string]: Schema }): Schema => ({
  type: "object",
  additionalProperties: false,
  required: ["name"],
  properties: { name: { type: "string" }, ...properties },
});

function fakeKind(name: string, properties: { readonly [name: string]: Schema }, more: Partial<Kind> = {}): Kind {
  return {
    name,
    title: name,
    mode: "write",
    schema: schemaOf(properties),
    key: () => "",
    permissions: { read: [], write: [] },
    ...more,
  };
}

function readable(text: string): string {
  if (text.startsWith("!")) throw new LockstepError("flow-yaml", "No flow", "", { path: "line 1, column 1" });
  return text;
}

/** Kinds that are enough to see every part of a snapshot: references, map keys, content, a parent, a kind without files. */
export const FAKE_KINDS: ReadonlyMap<string, Kind> = new Map(
  [
    fakeKind("queue", {
      size: { type: "integer" },
      flow: { type: "string", "x-lockstep": { ref: "flow", phase: 2 } },
      members: {
        type: "object",
        additionalProperties: { type: "object" },
        "x-lockstep": { array: { by: "user", ref: "user" } },
      },
    }),
    fakeKind(
      "flow",
      { yaml: { type: "string", "x-lockstep": { part: true } } },
      {
        content: {
          at: "yaml",
          extension: "yaml",
          comparable: readable,
          line: () => 1,
          references: (text) => [{ kind: "queue", name: readable(text).replace(/^to: |\r?\n$/g, ""), path: "/to" }],
          rename: (text) => ({ text, edits: [] }),
          without: (text) => text,
          override: (text) => text,
        },
      },
    ),
    fakeKind("route", {}, { parent: { kind: "queue", id: () => "" } }),
    fakeKind("user", {}, { mode: "map" }),
  ].map((kind) => [kind.name, kind]),
);

const protoQueue = JSON.parse('{"name":"__proto__","members":{"ann@example.com":{"__proto__":{"x":1}}}}') as Obj;

/** A sound snapshot with awkward names. */
export const FAKE_SNAPSHOT: Snapshot = {
  org: { id: "o-1", name: "Primary", homeDivision: "Home" },
  region: "eu-west-1",
  complete: true,
  counts: {
    queue: { listed: 4, read: 4, kept: 3, skipped: { "managed object": 1 } },
    flow: { listed: 1, read: 1, kept: 1 },
    route: { listed: 1, read: 1, kept: 1 },
    user: { listed: 1, read: 1, kept: 1 },
  },
  objects: new Map<string, Obj>([
    ["queue/Billing", { name: "Billing", size: 3, flow: "flow/inqueue:Wait" }],
    ["queue/billing", { name: "billing" }],
    ["queue/__proto__", protoQueue],
    ["flow/inqueue:Wait", { name: "Wait", yaml: "to: Billing\r\n" }],
    ["route/Billing/North", { name: "North" }],
  ]),
  ids: new Map([
    ["queue/Billing", "q-1"],
    ["user/ann@example.com", "u-1"],
  ]),
  revisions: new Map([["flow/inqueue:Wait", { yaml: "7.0" }]]),
  state: new Map([["queue/Billing", { "/enabled": false }]]),
  findings: [
    { code: "unknown-field", coordinate: "queue/Billing", message: "new", path: "/new" },
    { code: "ambiguous-name", coordinate: "queue/Billing", message: "m" },
  ],
};
