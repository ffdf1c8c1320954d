import { KINDS } from "../../src/kinds/index.ts";
import { isObj, type Json } from "../../src/model/json.ts";
import type { Kind, Read, Write } from "../../src/model/kind.ts";
import { fixtureOf } from "../kinds/fixture.ts";
import type { Admin, Body } from "./office.ts";

/** How an administrator changes objects of a kind, or a piece of them, by hand. */
export interface Editor {
  readonly kind: string;
  /** Path of the piece in a dump of the organisation; its first group is the id of the object that it belongs to. */
  readonly path: RegExp;
  /** What the address of the piece needs besides its path. */
  readonly more?: string;
  /** Where the object holds the piece; `$2` is the second group of the path. */
  readonly at?: string;
  /** Properties of which the natural key is made, and what repeats it. */
  readonly key: readonly string[];
  /** Writes the piece back after one top-level property changed. */
  readonly write: (admin: Admin, path: string, body: Body, changed: string) => Promise<unknown>;
  /** Does a write take the whole object, as it was answered? */
  readonly whole?: boolean;
}

function dumped(path: string): RegExp {
  return new RegExp(`^${path.replaceAll("{}", "([^/]+)")}$`);
}

/** Addresses of the objects of a kind in a dump of the organisation; the group is the id. */
export function addressesOf({ get: { op } }: Pick<Read, "get">): RegExp {
  // Some are read by a version of theirs, which has an address below their own.
  const path = op.replace(/^\w+ /, "").replace(/\{id\}.*$/, "{}");
  return dumped(path.replaceAll(/\{\w+\}/g, "(?:[^/]+)"));
}

/** Moves an object to another division, where an update does not (genesys-api §4.2). */
function moving(type: string, write: Editor["write"]): Editor["write"] {
  return async (admin, path, body, changed) => {
    if (changed !== "division") return write(admin, path, body, changed);
    const division = (body["division"] as { readonly id: string }).id;
    const id = path.split("/").at(-1);
    return admin("POST", `/api/v2/authorization/divisions/${division}/objects/${type}`, [id]);
  };
}

const put: Editor["write"] = (admin, path, body) => admin("PUT", path, body);

/** Sends back what changed, with the version that some kinds ask for. */
const patch: Editor["write"] = (admin, path, body, changed) =>
  admin("PATCH", path, {
    [changed]: body[changed],
    ...(body["version"] === undefined ? {} : { version: body["version"] }),
  });

/** A location's change repeats its name and names the contact by id alone (definition LocationUpdateDefinition). */
const changeLocation: Editor["write"] = (admin, path, body, changed) => {
  const { name, version, contactUser } = body;
  const value = changed === "contactUser" ? (contactUser as { readonly id: string }).id : body[changed];
  return admin("PATCH", path, { name, version, [changed]: value });
};

/** A contract changes in a draft, everything else in place (genesys-api §4.4). */
const changeAction: Editor["write"] = async (admin, path, body, changed) => {
  if (changed !== "contract") return patch(admin, path, body, changed);
  const draft = await admin("POST", `${path}/draft`);
  const { contract } = body;
  const edited = await admin("PATCH", `${path}/draft`, { contract, version: draft["version"] });
  return admin("POST", `${path}/draft/publish`, { version: edited["version"] });
};

/** What is edited is the draft, and what counts is published (genesys-api §4.5). */
const changeConfiguration: Editor["write"] = async (admin, path, body) => {
  await admin("PUT", `${path}/versions/draft`, body);
  return admin("POST", `${path}/versions/draft/publish`);
};

/** Kinds whose update is more than an operation that takes the object back. */
const BY_HAND: ReadonlyMap<string, Partial<Editor>> = new Map([
  ["flow", { write: moving("FLOW", put), whole: false }],
  ["integration", { write: patch, whole: false }],
  ["location", { write: changeLocation }],
  ["data-action", { write: changeAction, whole: false }],
  ["web-configuration", { more: "/versions/draft", write: changeConfiguration }],
]);

/** Pieces that have an address of their own. */
const PIECES: readonly Editor[] = [
  {
    kind: "data-table",
    path: dumped("/api/v2/flows/datatables/{}/rows/{}"),
    more: "?showbrief=false",
    at: "/rows/$2",
    key: ["key"],
    write: put,
  },
  {
    kind: "site",
    path: dumped("/api/v2/telephony/providers/edges/sites/{}"),
    more: "/numberplans",
    at: "/numberPlans",
    key: [],
    write: (admin, path, body) => admin("PUT", `${path}/numberplans`, body),
  },
  {
    kind: "integration",
    path: dumped("/api/v2/integrations/{}/config/current"),
    at: "/configuration",
    key: ["name"],
    write: put,
  },
];

/** Everything that an administrator can reach with an update, kind by kind. Languages cannot be changed at all. */
export const EDITORS: readonly Editor[] = [...[...KINDS.values()].flatMap(editorOf), ...PIECES];

function editorOf(kind: Kind): Editor[] {
  const { name, read, write } = kind;
  if (kind.mode !== "write" || read === undefined || write?.update === undefined) return [];
  const query = Object.entries(read.get.query ?? {}).map(([parameter, value]) => `${parameter}=${String(value)}`);
  return [
    {
      kind: name,
      path: addressesOf(read),
      ...(query.length === 0 ? {} : { more: `?${query.join("&")}` }),
      key: keyProperties(kind),
      ...updateBy(write),
      ...BY_HAND.get(name),
    },
  ];
}

/** What the kind's update says: the whole object, or what changed; and the move to another division. */
function updateBy({ update, style, moveAs }: Write): Pick<Editor, "write" | "whole"> {
  const whole = typeof update === "string" ? update.startsWith("PUT") : style === "full";
  const write = whole ? put : patch;
  return { whole, write: moveAs === undefined ? write : moving(moveAs, write) };
}

/** The properties of an answer that give the object another key when they change. */
export function keyProperties(kind: Kind): string[] {
  const { entity } = fixtureOf(kind.name);
  const key = kind.key(entity);
  return Object.keys(entity).filter((name) => kind.key({ ...entity, [name]: other(entity[name]) }) !== key);
}

function other(value: Json | undefined): Json {
  return isObj(value)
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, other(inner)]))
    : `another than ${JSON.stringify(value)}`;
}
