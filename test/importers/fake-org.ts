import type { Answer, Api, Call } from "../../src/model/api.ts";
import { ApiError } from "../../src/model/error.ts";
import { isObj, listOf, textOf, type Json, type Obj } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { sweep } from "../../src/exporters/sweep.ts";
import { KINDS } from "./fake-kinds.ts";

/** What stands between a client and the organisation: may refuse, break off, or answer instead, before or after the request works. */
export type Interfere = (call: Call, when: "before" | "after") => Answer | void;

/** An organisation that holds the fake kinds, checks references and versions, and remembers every request. */
export interface FakeOrg {
  readonly id: string;
  readonly api: Api;
  readonly log: Call[];
  /** Collection → id → entity. */
  readonly stored: Map<string, Map<string, Obj>>;
  /** Adds an entity without a request; gives its id. */
  put(collection: string, entity: Obj): string;
  /** Changes an entity behind everybody's back. */
  change(collection: string, name: string, changes: Obj): void;
  interfere(how: Interfere | undefined): void;
  snapshot(members?: "emails" | "counts"): Promise<Snapshot>;
  /** Requests that change something. */
  writes(): string[];
}

/** The error of a refused request. */
export function refused(status: number, apiCode: string, message = apiCode): ApiError {
  const conflict = apiCode === "version-conflict" ? apiCode : "conflict";
  const code = status === 404 ? "not-found" : status === 409 ? conflict : "request-refused";
  return new ApiError({ status, apiCode, code }, message, "Look at it.");
}

export function fakeOrg(id: string): FakeOrg {
  const stored = new Map<string, Map<string, Obj>>();
  const log: Call[] = [];
  const counter = { next: 1 };
  const meddler: { now: Interfere | undefined } = { now: undefined };
  const collection = (name: string): Map<string, Obj> => {
    const found = stored.get(name) ?? new Map<string, Obj>();
    stored.set(name, found);
    return found;
  };
  const put = (name: string, entity: Obj): string => {
    const own = `${id}-${name}-${counter.next++}`;
    collection(name).set(own, { ...entity, id: own, selfUri: `/${name}/${own}`, version: 1, ...revisionOf(name, 1) });
    return own;
  };
  const answer = (call: Call): Answer => {
    const [verb = "", template = ""] = call.op.split(" ");
    const parts = template.split("/").slice(3);
    const last = parts.at(-1) ?? "";
    if (last === "text" || last === "people" || last === "restore") return special(last, verb, call);
    const name = (last.startsWith("{") ? parts.at(-2) : last) ?? "";
    if (!last.startsWith("{")) return verb === "GET" ? list(name, call) : create(name, call);
    return one(name, verb, call);
  };
  const list = (name: string, { query }: Call): Answer => {
    const all = [...collection(name).values()].map(shown).reverse();
    const size = Number(query?.["pageSize"]);
    const at = (Number(query?.["pageNumber"]) - 1) * size;
    return { status: 200, body: { entities: all.slice(at, at + size), total: all.length } };
  };
  const create = (name: string, { body, path }: Call): Answer => {
    const entity = isObj(body) ? body : {};
    check(entity);
    const inside = path?.["item"] === undefined ? {} : { item: path["item"] };
    if (
      [...collection(name).values()].some((other) => other["name"] === entity["name"] && other["item"] === inside.item)
    )
      throw refused(409, "already-exists");
    const own = put(name, { ...entity, ...inside });
    return { status: 200, body: { id: own } };
  };
  const one = (name: string, verb: string, { path, body, expect }: Call): Answer => {
    const own = path?.["id"] ?? "";
    const entity = collection(name).get(own);
    if (entity === undefined || (path?.["item"] !== undefined && entity["item"] !== path["item"])) {
      if (expect?.includes(404) === true) return { status: 404 };
      throw refused(404, "not-found");
    }
    if (verb === "GET") return { status: 200, body: shown(entity) };
    if (verb === "DELETE") {
      const users = [...stored.values()].flatMap((all) => [...all.values()]).filter((other) => other !== entity);
      if (users.some((other) => idsIn(other).includes(own))) throw refused(409, "in-use");
      collection(name).delete(own);
      return { status: 204 };
    }
    const wanted = isObj(body) ? body : {};
    check(wanted);
    if (wanted["version"] !== undefined && wanted["version"] !== entity["version"])
      throw refused(409, "version-conflict");
    const { id: _, selfUri, revision, text, members, item } = entity;
    const kept = name === "items" || name === "slots" || name === "teams" ? { text, members, item } : entity;
    const version = Number(entity["version"]) + 1;
    const next = { ...kept, ...wanted, id: own, selfUri: selfUri ?? "", version, revision };
    collection(name).set(own, defined(next));
    return { status: 200, body: { id: own } };
  };
  const special = (what: string, verb: string, { path, body }: Call): Answer => {
    const name = what === "people" ? "teams" : "docs";
    const entity = collection(name).get(path?.["id"] ?? "");
    if (entity === undefined) throw refused(404, "not-found");
    if (verb === "GET")
      return {
        status: 200,
        body: what === "people" ? { members: entity["members"] ?? [] } : { text: entity["text"] ?? "" },
      };
    const sent = isObj(body) ? body : {};
    check(sent);
    if (what === "people") collection(name).set(textOf(entity["id"]), { ...entity, members: sent["members"] ?? [] });
    else {
      const texts = isObj(entity["texts"]) ? entity["texts"] : {};
      const past = textOf(sent["revision"]);
      const text = what === "restore" ? (texts[past] ?? "") : (sent["text"] ?? "");
      const number = Number(textOf(entity["revision"]).slice(1)) + 1;
      const revision = what === "restore" ? past : `r${number}`;
      const history = { ...texts, [textOf(entity["revision"])]: entity["text"] ?? "", [revision]: text };
      collection(name).set(textOf(entity["id"]), { ...entity, text, revision, texts: history });
    }
    return { status: 200, body: {} };
  };
  const check = (body: Obj): void => {
    const there = new Set([...stored.values()].flatMap((all) => [...all.keys()]));
    const missing = idsIn(body).find((own) => !there.has(own));
    if (missing !== undefined) throw refused(400, "unknown-id", `there is no ${missing}`);
  };
  const api: Api = {
    async send(request) {
      if ("pauseMs" in request) return { status: 0 };
      if (!("op" in request)) throw new Error("the fake kinds send calls only");
      log.push(request);
      if (request.op.endsWith("subjects/me")) throw refused(404, "not-found");
      const before = meddler.now?.(request, "before");
      if (before !== undefined) return before;
      const result = answer(request);
      return structuredClone(meddler.now?.(request, "after") ?? result);
    },
  };
  return {
    id,
    api,
    log,
    stored,
    put,
    change(name, called, changes) {
      for (const [own, entity] of collection(name))
        if (entity["name"] === called)
          collection(name).set(own, defined({ ...entity, ...changes, version: Number(entity["version"]) + 1 }));
    },
    interfere: (how) => void (meddler.now = how),
    snapshot: (members = "emails") =>
      sweep({
        api,
        org: { id, name: `The ${id}` },
        region: "test",
        kinds: KINDS,
        members,
        allowIncomplete: false,
        sink: () => undefined,
      }),
    writes: () => log.flatMap(({ op }) => (op.startsWith("GET") ? [] : [op])),
  };
}

function revisionOf(collection: string, number: number): Obj {
  return collection === "docs" ? { revision: `r${number}` } : {};
}

/** What an answer carries: parts have requests of their own. */
function shown({ text: _, texts: __, members: ___, ...entity }: Obj): Obj {
  return entity;
}

function defined(entity: { readonly [name: string]: Json | undefined }): Obj {
  return Object.fromEntries(
    Object.entries(entity).filter((entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== null),
  );
}

/** The ids of what an entity refers to, at any depth. */
function idsIn(entity: Obj): string[] {
  const inside = (value: Json): string[] =>
    isObj(value)
      ? [...(typeof value["id"] === "string" ? [value["id"]] : []), ...idsIn(value)]
      : listOf(value).flatMap(inside);
  return Object.values(entity).flatMap(inside);
}
