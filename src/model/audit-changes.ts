import type { Audited } from "./kind.ts";

/** One entry of the audit log, as far as it matters which object was changed. */
export interface AuditEntry {
  /** Type of the entity, in lower case. */
  readonly type: string;
  /** Ids of everything that the entry names. */
  readonly ids: readonly string[];
  /** Who did it: the name of a person, or which client; empty where the entry does not tell. */
  readonly by: string;
}

/** What the audit log tells of the time since an organisation was read. */
export interface AuditChanges {
  /** Start of the time that was asked about, ISO 8601. */
  readonly since: string;
  /** What the entries of a service tell; undefined where they cannot be relied on for such a piece. */
  entriesFor(audited: Audited): readonly AuditEntry[] | undefined;
  /** Who is named in entries about an object since then, in the order of the entries; empty where no entry is about it. */
  authorsOf(id: string): readonly string[];
}
