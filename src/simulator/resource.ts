import type { JsonObject } from "./json.ts";
import type { Fields } from "./shape.ts";
import type { Entry, Org, Reply, World } from "./world.ts";

/** The permissions of an operation, as the official definition lists them. */
export type Needs = { readonly any: readonly string[] } | { readonly all: readonly string[] };

/** One of these permissions is enough. */
export function anyOf(...permissions: readonly string[]): Needs {
  return { any: permissions };
}

/** Each of these permissions is needed. */
export function allOf(...permissions: readonly string[]): Needs {
  return { all: permissions };
}

/** One authenticated request on its way through a resource's code. */
export interface Call {
  readonly world: World;
  readonly registry: Registry;
  readonly org: Org;
  readonly clientId: string;
  readonly tokenText: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: string | Uint8Array | undefined;
  readonly host: string;
  readonly now: number;
  readonly needs: Needs;
  /** A fault makes the job that this call registers fail later on. */
  readonly failJob: boolean;
}

/** One operation outside the regular ones that the engine derives from a resource. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly needs: Needs;
  handle(call: Call): Reply;
}

/** Decides whether an entry passes a query parameter. */
export type Filter = (entry: Entry, values: readonly string[]) => boolean;

/** How a list operation answers (genesys-api §1.2). */
export interface Listing {
  readonly paging: "page" | "cursor" | "all";
  readonly maxSize?: number;
  readonly defaultSize?: number;
  readonly filters?: Readonly<Record<string, Filter>>;
  /** Values of query parameters that are not given. */
  readonly assumed?: Readonly<Record<string, string>>;
  readonly sortable?: readonly string[];
  /** Properties that the list leaves out (genesys-api §3 "List full?"). */
  readonly omit?: readonly string[];
  /** For "all": answer a bare array instead of `{ entities, total }`. */
  readonly bare?: boolean;
}

/** A rule that two objects may not share the values of these properties. */
export interface Unique {
  readonly by: readonly string[];
  readonly status: 400 | 409;
  readonly code: string;
}

/** Which references to an object forbid its deletion. */
export interface InUse {
  readonly by: readonly string[];
  readonly status: 400 | 409;
  readonly code: string;
  /** A query parameter that deletes all the same. */
  readonly unless?: string;
}

/** What a resource needs to put the objects of a new organisation in place. */
export interface Setup {
  readonly org: Org;
  readonly homeName: string;
  readonly access: "read" | "write";
  readonly now: number;
}

/** Everything the engine needs to serve one kind of object. */
export interface Resource {
  readonly kind: string;
  /** Address of the list; with the parent's id as `{parentId}`. */
  readonly path: string;
  /** The kind of the object that this one is a part of. */
  readonly parent?: string;
  readonly fields: Fields;
  /** The fields of a create body where they differ. */
  readonly createFields?: Fields;
  readonly needs: {
    readonly list?: Needs;
    readonly view?: Needs;
    readonly add?: Needs;
    readonly edit?: Needs;
    readonly remove?: Needs;
  };
  readonly listing?: Listing;
  readonly update?: "PUT" | "PATCH";
  /** Which server-owned properties are kept (genesys-api §1.3). */
  readonly stamps?: "domain" | "dates" | "version" | "none";
  /** The code of the 404 where the definition names one of its own. */
  readonly missingCode?: string;
  /** A PUT without a version is taken all the same (genesys-api §1.4). */
  readonly versionOptional?: boolean;
  /** The answer to a stale version (genesys-api §1.4): 409, or 400 "does not match the current version". */
  readonly staleStatus?: 409 | 400;
  /** Deleted objects stay readable with `state: deleted` (genesys-api §1.5). */
  readonly softDelete?: boolean;
  /** Lists show deleted objects too. */
  readonly listsDeleted?: boolean;
  readonly unique?: readonly Unique[];
  readonly inUse?: readonly InUse[];
  /** Objects belong to a division: Home unless given, and lists show only the divisions granted. */
  readonly divided?: boolean;
  /** A move between divisions is a property of the update body instead of a call of its own. */
  readonly movesByUpdate?: boolean;
  readonly selfUri?: boolean;
  readonly createStatus?: number;
  /** What an update answers where the service takes it for later (202). */
  readonly updateStatus?: number;
  /** What a DELETE answers where the official definition does not say 204. */
  readonly deleteStatus?: number;
  /** The id of a new object where the body decides it. */
  identify?(draft: JsonObject): string;
  /** Server-filled defaults of a new or fully replaced object. */
  defaults?(body: JsonObject, call: Call): JsonObject;
  /** Refuses a body; `previous` is absent on a create. */
  check?(draft: JsonObject, call: Call, previous: Entry | undefined): void;
  /** Changes the entry just before it is stored, for instance moves secrets out of sight. */
  beforeStore?(entry: Entry, call: Call, previous: Entry | undefined): void;
  /** Side effects of a write. */
  afterCreate?(entry: Entry, call: Call): void;
  /** Refuses a deletion, whatever refers to the object. */
  mayDelete?(entry: Entry, call: Call): void;
  beforeDelete?(entry: Entry, call: Call): void;
  /** Last change of an answer. */
  show?(shown: JsonObject, entry: Entry, call: Call, place: "list" | "one"): JsonObject;
  /** What the control interface shows of the entry besides its data; secrets only as digests. */
  dump?(entry: Entry): JsonObject;
  /** The objects of this kind that every new organisation has. */
  provision?(setup: Setup): void;
  /** Operations outside the regular ones; they win over those of the same path. */
  readonly routes?: readonly Route[];
  /** What happens when a pending task of that name is due. */
  readonly tasks?: Readonly<Record<string, (org: Org, args: JsonObject, world: World) => void>>;
}

/** All kinds that the simulator serves, and where their objects are found. */
export interface Registry {
  readonly resources: ReadonlyMap<string, Resource>;
  address(kind: string, id: string, parentId?: string): string | undefined;
}

/** The address of an object of that kind. */
export function addressOf(resource: Resource, id: string, parentId?: string): string {
  const base =
    parentId === undefined ? resource.path : resource.path.replace("{parentId}", encodeURIComponent(parentId));
  return `${base}/${encodeURIComponent(id)}`;
}

/** The registry over a list of resources. */
export function registryOf(resources: readonly Resource[]): Registry {
  const byKind = new Map(resources.map((resource) => [resource.kind, resource]));
  return {
    resources: byKind,
    address(kind, id, parentId) {
      const resource = byKind.get(kind);
      return resource && resource.selfUri !== false ? addressOf(resource, id, parentId) : undefined;
    },
  };
}
