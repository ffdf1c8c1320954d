import { saw, touches } from "./audit/watch.ts";
import { guidFrom } from "./ids.ts";
import type { JsonObject } from "./json.ts";
import type { Entry, Org, OrgState } from "./world.ts";

/** A state without any object. */
export function emptyState(): OrgState {
  return { collections: new Map(), pending: [], sequence: 0, audits: [], audited: 0 };
}

/** The name of a collection; parts of one object live in a collection of their own. */
function nameOf(kind: string, parentId?: string): string {
  return parentId === undefined ? kind : `${kind}@${parentId}`;
}

/** All entries of a kind (of one parent, for a part of an object), in order of creation. */
export function entriesOf(org: Org, kind: string, parentId?: string): Entry[] {
  const name = nameOf(kind, parentId);
  const entries = [...(org.state.collections.get(name)?.values() ?? [])];
  saw(org, name, entries);
  return entries;
}

/** The entry with that id, or undefined. */
export function entryOf(org: Org, kind: string, id: string, parentId?: string): Entry | undefined {
  return entryIn(org, nameOf(kind, parentId), id);
}

function entryIn(org: Org, name: string, id: string): Entry | undefined {
  const entry = org.state.collections.get(name)?.get(id);
  if (entry) saw(org, name, [entry]);
  return entry;
}

/** The entry with that id, whichever object it is a part of. */
export function entryAnywhere(org: Org, kind: string, id: string): Entry | undefined {
  const own = entryOf(org, kind, id);
  if (own) return own;
  for (const name of org.state.collections.keys()) {
    const entry = name.startsWith(`${kind}@`) ? entryIn(org, name, id) : undefined;
    if (entry) return entry;
  }
  return undefined;
}

/** Stores an entry, replacing one of the same id. */
export function putEntry(org: Org, kind: string, entry: Entry, parentId?: string): Entry {
  const name = nameOf(kind, parentId);
  const collection = org.state.collections.get(name) ?? new Map<string, Entry>();
  org.state.collections.set(name, collection);
  touches(org, name, entry);
  collection.set(entry.id, entry);
  return entry;
}

/** Removes an entry for good. */
export function dropEntry(org: Org, kind: string, id: string, parentId?: string): void {
  const name = nameOf(kind, parentId);
  const entry = org.state.collections.get(name)?.get(id);
  if (!entry) return;
  touches(org, name, entry);
  org.state.collections.get(name)?.delete(id);
}

/** Removes every part of that kind that one object has. */
export function dropParts(org: Org, kind: string, parentId: string): void {
  const name = nameOf(kind, parentId);
  for (const entry of org.state.collections.get(name)?.values() ?? []) touches(org, name, entry);
  org.state.collections.delete(name);
}

/** The next number of the organisation's sequence; part of the saved state, so restoring repeats it. */
export function nextNumber(org: Org): number {
  org.state.sequence += 1;
  return org.state.sequence;
}

/** A new id, unique in the organisation and different in every organisation. */
export function newId(org: Org): string {
  return guidFrom(`${org.id}/${nextNumber(org)}`);
}

/** Stores a new entry under a new id. */
export function addEntry(org: Org, kind: string, data: JsonObject, hidden: JsonObject = {}, parentId?: string): Entry {
  const id = newId(org);
  return putEntry(org, kind, { id, data: { id, ...data }, hidden }, parentId);
}

/** True for an object that was soft-deleted (genesys-api §1.5). */
export function isDeleted(entry: Entry): boolean {
  return entry.data.state === "deleted" || entry.hidden.deleted === true;
}

/** Makes something happen once the clock has reached the due time. */
export function later(org: Org, due: number, task: string, args: JsonObject): void {
  org.state.pending.push({ due, task, args });
}
