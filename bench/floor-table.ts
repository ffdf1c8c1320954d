import { readFileSync } from "node:fs";

/** A request that every snapshot sends once. */
export interface Once {
  readonly request: string;
  readonly source: string;
}

/** Which objects of the organisation an entry of the table is about. */
export interface Selection {
  /** Only objects in which these properties are set. */
  readonly with?: readonly string[];
  /** Only objects in which these properties are missing, empty or false. */
  readonly without?: readonly string[];
  /** Objects with this path and these values are left out. */
  readonly unless?: { readonly path: string; readonly is: Readonly<Record<string, unknown>> };
}

/** A list that every snapshot reads, page by page. */
export interface ListEntry extends Once, Selection {
  readonly objects: string;
  readonly pageSize: number;
}

/** What lists leave out, read for each object. */
export interface DetailEntry extends Once, Selection {
  /** One request per object with this path … */
  readonly each: string;
  /** … or one per page of the parts that are stored under this name below it. */
  readonly parts?: string;
  readonly pageSize?: number;
  readonly atLeast?: number;
  /** Property of the listed object by which a change of the detail shows; without one the detail is read every time … */
  readonly revision?: string;
  /** … unless the audit log tells of its changes. */
  readonly audited?: true;
}

/** A request to the audit log, which only a snapshot that has an earlier one to start from sends. */
export interface AuditQuery extends Once {
  readonly times: number;
}

/** The whole table. */
export interface FloorTable {
  readonly identity: readonly Once[];
  readonly lists: readonly ListEntry[];
  readonly audit: readonly AuditQuery[];
  readonly details: readonly DetailEntry[];
  readonly writes: readonly WritePiece[];
}

/** A piece of an object that is written by requests of its own. */
export interface WritePiece {
  readonly kind: string;
  /** Pointer of the piece, in which `*` stands for one segment; "" for the whole object. */
  readonly piece: string;
  /** Only for operations of this sort. */
  readonly action?: string;
  readonly requests: number;
  /** Every value that goes takes a request of its own. */
  readonly eachRemoval?: true;
  /** Its requests write everything else of the object too. */
  readonly alone?: true;
  readonly source: string;
}

/** The hand-written table `floor.json`. */
export function floorTable(): FloorTable {
  return JSON.parse(readFileSync(new URL("floor.json", import.meta.url), "utf8")) as FloorTable;
}
