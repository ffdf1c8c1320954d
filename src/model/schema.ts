import type { Json } from "./json.ts";

/** Who owns a field that is not compared. */
export type Owner = "server" | "secret" | "operational" | "org";

/** Why a field of the API is not part of the compared configuration. */
export interface Excluded {
  readonly owner: Owner;
  /** Section of the reference that says so, such as `genesys-api §1.3`, or the reason. */
  readonly why: string;
  /** Operational or org-owned: the value a new object gets in the standby when `lockstep.yaml` says nothing. */
  readonly create?: Json;
}

/** How a field looks in the API, where that differs from the snapshot. */
export interface FieldNotes {
  /** The field is a reference: a coordinate in the snapshot, an id in the API: a kind, or the API's `type` → kind. */
  readonly ref?: string | { readonly [type: string]: string };
  /**
   * In the API: `{ id }` (`object`, default), the bare id (`id`), the bare name, which is then the key, although an answer may
   * have the id (`name`), or `{ id, type }` where `ref` names several kinds.
   */
  readonly form?: "object" | "id" | "name";
  /**
   * The reference may close a cycle and can be written in a second pass. What cannot be without it waits as well: an object
   * that requires it, and the whole of a list with it anywhere in its items. On an object or a list: all of it waits.
   */
  readonly phase?: 2;
  /** A reference of an object to itself is left out in the API (genesys-api §4.1). */
  readonly omitSelf?: true;
  /** `set`: order means nothing; `sequence`: order is meaning (default). An object here: a list of the API that is a map in
   *  the snapshot, keyed by a property, which may be a reference to a kind. */
  readonly array?: "set" | "sequence" | { readonly by: string; readonly ref?: string };
  /** A set when a sibling has another value than this one (a route's trunks are a sequence only when SEQUENTIAL). */
  readonly sequenceWhen?: { readonly sibling: string; readonly is: string };
  /** Free JSON: copied as it is, never pruned. */
  readonly opaque?: true;
  /** Free JSON in which a text may be the bare id of an object of these kinds: linked like a reference. */
  readonly ids?: readonly string[];
  /** What holds it means nothing without it, or is refused: where a missing reference takes it away, the holder goes too. */
  readonly essential?: true;
  /** Fixed at creation: another value needs a new object. */
  readonly immutable?: true;
  /** Named like a switch and configuration all the same: why. What is switched by hand or by the platform is operational. */
  readonly configuration?: string;
  /** Copied with the object and not compared: what a digest beside it stands for, such as audio. */
  readonly carried?: true;
  /** An empty text clears the field; that leaving it out does is not sure (genesys-api §1.3). */
  readonly emptyText?: true;
  /** A date and time without a zone, to the millisecond (definition, local-date-time): the forms of one instant are equal. */
  readonly localTime?: true;
  /** Held in a part, not in the body of a write. */
  readonly part?: true;
}

/** A JSON Schema 2020-12 of a kind, in the subset that lockstep's schemas use, with `x-lockstep` notes. */
export interface Schema {
  readonly $id?: string;
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly $ref?: string;
  readonly $defs?: { readonly [name: string]: Schema };
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly "x-lockstep"?: FieldNotes;
  /** On the root: fields of the API that are not compared; pointer pattern → why. */
  readonly "x-excluded"?: { readonly [pointer: string]: Excluded };
}
