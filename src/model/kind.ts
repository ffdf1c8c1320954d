import type { FindingCode } from "./catalogue/codes.ts";
import type { Op, Query, Steps } from "./api.ts";
import type { Coordinate } from "./coordinate.ts";
import type { Json, Obj } from "./json.ts";
import type { Schema } from "./schema.ts";
import type { Settled } from "./until-settled.ts";

/** A list operation and how it pages (genesys-api §1.2). */
export interface List {
  readonly op: Op;
  /** `page`: by number up to `total`, or until a page is empty; `cursor`: by `nextUri`; `none`: one call. */
  readonly paging: "page" | "cursor" | "none";
  /** Page size: the largest that the operation accepts. */
  readonly size?: number;
  readonly query?: Query;
  /** Property that an object never lacks where the query that expands it was heeded. */
  readonly expanded?: string;
  /** Properties without which an entity has no key: each is a text, or an object with an id or a name. */
  readonly keyedBy?: readonly string[];
  /** Property that tells its entities apart; `id` where nothing is said. */
  readonly identity?: "key" | "version";
  /**
   * The list exists once per object of another kind, whose id fills this placeholder of the path. Each entity gets the
   * id under the placeholder's name, because the answers do not say whose they are.
   */
  readonly per?: { readonly kind: string; readonly path: string };
}

/** A piece of an object that its list does not carry: members, rows, YAML, number plans. */
export interface Part {
  /** Property of the object that holds it. */
  readonly at: string;
  /** Reads it for one listed entity, in API form. @param known pointers of {@link Part.apart} that need not be read */
  readonly read: (entity: Obj, known?: ReadonlySet<string>) => Steps<Json>;
  /**
   * Pointers into the object of each piece that takes requests of its own to read, and that a write changes only where it means
   * to: the template of a data action. What no edit touches is not read to verify it, as long as the part's revision, a number,
   * says that there was one write only.
   */
  readonly apart?: readonly string[];
  /** Requests that reading it usually takes: 1 unless given, 0 where the list has it. */
  readonly requests?: number;
  /** Changes when, and only when, the piece changes; equal revisions save the read. */
  readonly revision?: (entity: Obj) => string | undefined;
  /** Where the audit log tells of a change of the piece, for pieces that have no revision of their own. */
  readonly audited?: Audited;
  /** The object is what the piece holds, and nothing of its list. */
  readonly isWhole?: true;
  /** The piece names people: where the configuration asks for counts only, it is not read and this number stands for it. */
  readonly personal?: { readonly count: (entity: Obj) => number };
  /** Writes what changed, after the object itself is there. */
  readonly write?: (change: PartChange) => Steps<void>;
  /** Has the piece to let go of something that the update of the object takes away? Then it is written before the object. */
  readonly first?: (wanted: Obj, current: Obj) => boolean;
}

/**
 * What the audit log calls an object and its pieces. The definition does not enumerate the names (genesys-api §14.2), so these are
 * unverified: they count only where the organisation's own list of audited services has them, whatever their case.
 */
export interface Audited {
  readonly service: string;
  /** Types of entities: a change of the piece is told under one of them. The service has to list them all. */
  readonly entities: readonly string[];
}

/** A change of one part, in snapshot form. */
export interface PartChange {
  readonly id: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** The id of a referenced object in the organisation that is written. @throws LockstepError `unresolved-reference` */
  readonly resolve: (coordinate: string) => string;
}

/** What a write needs to know about one object. */
export interface Change {
  readonly coordinate: Coordinate;
  readonly verb: "create" | "update" | "delete";
  /** Id in the organisation that is written; empty for a create. */
  readonly id: string;
  /** The request body in API form: wanted values, and on update what the organisation itself owns. */
  readonly body: Obj;
  /** Wanted and current state in snapshot form. */
  readonly wanted: Obj;
  readonly current?: Obj;
  /** The entity as the organisation answered just before the write. */
  readonly entity?: Obj;
  /** Top-level properties that change (all of them on create). */
  readonly touched: ReadonlySet<string>;
  /** An earlier run of ours began to write the object and did not finish. */
  readonly begun?: boolean;
  readonly resolve: (coordinate: string) => string;
  /** Secrets given for this object in `lockstep.yaml`: pointer → value. They exist only while the request is built. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** Writes one object; returns its id. */
export type Writer = (change: Change) => Steps<string>;

/** Text content with a language of its own (a flow's YAML), understood by pure functions. */
export interface Content {
  /** Property that holds the text; it is a part. */
  readonly at: string;
  /** Extension of its file in a snapshot, without a dot. */
  readonly extension: string;
  /** The text as data in which only meaning is left, for comparing. @throws LockstepError on unreadable text */
  comparable(text: string): Json;
  /** The line (from 1) of a place of the comparable data, or of the nearest place around it. @throws LockstepError on unreadable text */
  line(text: string, pointer: string): number;
  /** Objects that the text names. */
  references(text: string): readonly ContentReference[];
  /** The text with other names; every other byte stays. */
  rename(text: string, nameFor: (kind: string, name: string) => string | undefined): RenamedContent;
  /** The text without the parts that refer to certain objects: what can be written while those do not exist yet. */
  without(text: string, drops: (reference: ContentReference) => boolean): string;
  /** The text with another value at a pointer into it. @throws LockstepError `override-unmatched` */
  override(text: string, pointer: string, value: Json): string;
}

/** A change of a text: the characters from `start` up to `end` become `text`. */
export type TextEdit = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
};

/** A text with other names. */
export interface RenamedContent {
  readonly text: string;
  /** What changed in the text before, in order; none overlaps another. */
  readonly edits: readonly TextEdit[];
  /** Objects that the new text names, where they are known without reading it. */
  readonly references?: readonly ContentReference[];
}

/** An object that a text names. */
export type ContentReference = {
  readonly kind: string;
  /** Its natural key, or the end of it where the text cannot tell more. */
  readonly name: string;
  readonly partial?: true;
  readonly path: string;
};

/** A type of configuration object. Everything that lockstep does with it follows from this and its schema. */
export interface Kind {
  readonly name: string;
  readonly title: string;
  /**
   * `write`: kept in step; `map`: known and referred to, never written; `derived`: computed from other kinds; `report`: lies
   * outside the organisations, compared by `lockstep diff` and never written.
   */
  readonly mode: "write" | "map" | "derived" | "report";
  /** The kind whose key is the first part of this kind's key. */
  readonly parent?: {
    readonly kind: string;
    readonly id: (entity: Obj) => string;
    /** Placeholder of the parent's id in this kind's paths; entities that are read alone get the id under this name. */
    readonly path?: string;
  };
  readonly schema: Schema;
  /** Natural key, equal in both organisations. */
  key(entity: Obj, parentKey?: string): string;
  /** True, or the reason why the entity is not part of a snapshot. */
  keep?(entity: Obj): true | string;
  readonly read?: Read;
  derive?(all: (kind: string) => ReadonlyMap<string, Obj>): ReadonlyMap<string, Obj>;
  readonly content?: Content;
  readonly write?: Write;
  /**
   * How callers meet its objects: `enter`, customers come in through it (an entry point: a DNIS, an e-mail route); `pass`, it
   * leads those who are in, such as a flow. An organisation that holds one is in use.
   */
  readonly callers?: "enter" | "pass";
  /** Top-level properties that hold phone numbers (genesys-api §3, "org-specific"): the `numbers` of `lockstep.yaml` change them. */
  readonly numbers?: readonly string[];
  /** Values that only one object may hold at a time: whoever lets go of one is written before whoever takes it. */
  readonly unique?: readonly UniqueValue[];
  /** Values that have to be in a range that an object of another kind holds as a unique value. */
  readonly within?: readonly { readonly at: string; readonly kind: string }[];
  /** Its objects are people: where the configuration asks for counts only, they are neither listed nor named by others. */
  readonly personal?: true;
  /**
   * Ids of the objects that every organisation has from the start.
   * @param organization as `GET /organizations/me` answers it
   * @param listed what the organisation has of a kind
   */
  given?(organization: Obj, listed: (kind: string) => readonly Obj[]): readonly string[];
  readonly permissions: { readonly read: readonly string[]; readonly write: readonly string[] };
}

/** A property whose value, or each of whose values, has one holder. */
interface UniqueValue {
  readonly at: string;
  /** Property with the end of a range of numbers that starts at `at`. */
  readonly to?: string;
  /** Who competes: all objects of the kind, or those that are in one object. */
  readonly per: "organisation" | "parent";
}

/** How a kind is read. */
export interface Read {
  readonly lists: readonly List[];
  /** Properties that the key of a listed entity is made of: `name` where nothing is said. */
  readonly keyedBy?: readonly string[];
  /** Reads one entity by id, as the list has it. */
  readonly get: { readonly op: Op; readonly query?: Query };
  readonly parts?: readonly Part[];
  /** How many objects may be read at a time, where that takes jobs of which the organisation runs only a few. */
  readonly atOnce?: number;
  /** API form → plain form, before references are linked: for shapes that a schema cannot describe. */
  normalise?(entity: Obj): Obj;
  /** The opposite of `normalise`. */
  denormalise?(object: Obj): Obj;
  /** What a person should know about an entity though it is no difference. Paths are pointers into the snapshot object. */
  inspect?(entity: Obj): readonly Remark[];
}

/** A finding about one object. */
export interface Remark {
  readonly code: FindingCode;
  readonly path: string;
  readonly message: string;
}

/** How a kind is written. Operations send the body of the change; a writer does what an operation cannot. */
export interface Write {
  readonly create?: Op | Writer;
  readonly update?: Op | Writer;
  readonly remove?: Op | Writer;
  /** `full`: an update replaces the object, so what the organisation owns is sent back; `patch`: only what changed is sent. */
  readonly style: "full" | "patch";
  /** `body`: an update carries the current `version` (genesys-api §1.4). */
  readonly version?: "body";
  /** Type under which the API moves the object to another division, where an update does not do that (genesys-api §4.2). */
  readonly moveAs?: string;
  /** Can the natural key change in place? */
  readonly rename: "update" | "recreate";
  /**
   * The write of several requests that has to be noted before it begins, because the object does not tell afterwards that it
   * was not finished: a state that a new object gets last, a draft that is not published.
   */
  readonly noted?: "create" | "update";
  /** The organisation takes a second object of the same name (genesys-api §3): a create that may have worked is not repeated. */
  readonly twins?: true;
  /** Never deleted without being named by `--allow protected`: carries entry points. */
  readonly protect?: true;
  /**
   * What the organisation counts in an object, also what lockstep does not know: type → number. It refuses to delete the object
   * while anything is left in it.
   */
  readonly contents?: (id: string) => Steps<ReadonlyMap<string, number>>;
  /** Pointers of secrets that such a write needs and no organisation tells; `*` stands for any field. Without them it would fail. */
  needsSecrets?(verb: "create" | "update", wanted: Obj): readonly string[];
  /**
   * Has the organisation finished what it accepted? Asked after a create and an update until it has, for operations that
   * answer before they are done (genesys-api §1.7).
   */
  readonly settled?: (entity: Obj) => Settled;
  /**
   * An update also writes the objects that refer to this one, such as the deployments that a newly published configuration
   * is rolled out to. Their own writes come after it, because two writes of one object at a time lose one of them.
   */
  readonly writesReferrers?: true;
  /** Must `first` be written before `second`, though nothing refers to the other? */
  before?(first: OperationView, second: OperationView): boolean;
  /**
   * What an update from `current` to `wanted` cannot take away, because the API has no way to: pointers into `current`, and
   * `wanted` with these values kept. Without it everything can be taken away.
   */
  readonly permanent?: (current: Obj, wanted: Obj) => { readonly wanted: Obj; readonly left: readonly string[] };
  /** Writes the state that was there before, where that is not an ordinary update (a flow's older version). */
  readonly restore?: (id: string, revision: string) => Steps<void>;
}

/** What ordering rules see of an operation. */
export interface OperationView {
  readonly coordinate: string;
  readonly before?: Obj;
  readonly after?: Obj;
}
