import type { Answer, Steps } from "../model/api.ts";
import { LockstepError } from "../model/error.ts";
import { isObj, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";

/** Reads the parts of a listed entity, except those that are already known. */
export function* readParts(kind: Kind, entity: Obj, known: ReadonlySet<string> = new Set()): Steps<Obj> {
  const entries: [string, Json][] = [];
  for (const part of kind.read?.parts ?? []) {
    if (!known.has(part.at)) entries.push([part.at, yield* part.read(entity)]);
  }
  return { ...entity, ...Object.fromEntries(entries) };
}

/**
 * Reads one object by id, parts included except those that are known; undefined when it is not there (any more).
 * Soft-deleted objects count as gone (genesys-api §1.5).
 * @param parent id of the object that it lies in, for kinds whose paths name it
 */
export function* readObject(
  kind: Kind,
  id: string,
  known: ReadonlySet<string> = new Set(),
  parent?: string,
): Steps<Obj | undefined> {
  const { get } = readOf(kind);
  const above = pathOfParent(kind, parent);
  const answer: Answer = yield { op: get.op, path: { id, ...above }, query: { ...get.query }, expect: [404, 410] };
  if (!isObj(answer.body) || answer.status >= 400 || answer.body["state"] === "deleted") return undefined;
  return yield* readParts(kind, { ...answer.body, ...above }, known);
}

/** What the parent's id fills in the paths of a kind; empty where they do not name it. */
export function pathOfParent(
  kind: Pick<Kind, "parent">,
  parent: string | undefined,
): { readonly [name: string]: string } {
  const placeholder = kind.parent?.path;
  return placeholder === undefined || parent === undefined ? {} : { [placeholder]: parent };
}

/** How a kind is read. @throws LockstepError when it has no API of its own */
export function readOf(kind: Kind): NonNullable<Kind["read"]> {
  if (kind.read === undefined)
    throw new LockstepError("not-readable", `${kind.name} is derived from other kinds`, "Read those instead.");
  return kind.read;
}
