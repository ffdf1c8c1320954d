import { asEntity, ask, type Shaped } from "../model/answer.ts";
import type { Answer, Api, Steps } from "../model/api.ts";
import { LockstepError } from "../model/error.ts";
import type { Json, Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { runSteps } from "./run-steps.ts";

/** Reads the parts of a listed entity, except those that are already known. @param known their names, and pointers (`Part.apart`) */
export function* readParts(kind: Kind, entity: Obj, known: ReadonlySet<string> = new Set()): Steps<Obj> {
  const entries: [string, Json][] = [];
  for (const part of kind.read?.parts ?? []) {
    if (!known.has(part.at)) entries.push([part.at, yield* part.read(entity, known)]);
  }
  return { ...entity, ...Object.fromEntries(entries) };
}

/**
 * Reads one object by id, parts included except those that are known; undefined when it is not there (any more).
 * Soft-deleted objects count as gone (genesys-api §1.5); an answer that is not the object does not.
 * @param parent id of the object that it is in, for kinds whose paths name it
 * @throws LockstepError `unusable-answer`
 */
export function* readObject(
  kind: Kind,
  id: string,
  known: ReadonlySet<string> = new Set(),
  parent?: string,
): Steps<Obj | undefined> {
  const { get, lists } = readOf(kind);
  const expanded = lists.flatMap((list) => list.expanded ?? []);
  const above = pathOfParent(kind, parent);
  const call = { op: get.op, path: { id, ...above }, query: { ...get.query }, expect: [404, 410] };
  const entity: Obj | undefined = yield* ask(call, (answer) => entityOrGone(answer, id, expanded));
  return entity === undefined ? undefined : yield* readParts(kind, { ...entity, ...above }, known);
}

/** Reads an entity without its parts; undefined when it is gone. Errors as of {@link readObject}. */
export function readBare(api: Api, kind: Kind, id: string, parent: string | undefined): Promise<Obj | undefined> {
  return runSteps(api, kind.name, readObject({ ...kind, read: { ...readOf(kind), parts: [] } }, id, new Set(), parent));
}

function entityOrGone(answer: Answer, id: string, expanded: readonly string[]): Shaped<Obj | undefined> {
  if (answer.status >= 400) return { value: undefined };
  const shaped = asEntity(answer, id);
  if ("fault" in shaped) return shaped;
  if (shaped.value["state"] === "deleted") return { value: undefined };
  const missing = expanded.find((property) => (shaped.value[property] ?? null) === null);
  return missing === undefined ? shaped : { fault: `an object without ${missing}, which was asked for` };
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

/** The revisions of the pieces of an object, as the object itself tells them: name of the piece → revision. */
export function revisionsOf(kind: Kind, entity: Obj): { readonly [part: string]: string } {
  const entries = (kind.read?.parts ?? []).flatMap((part) => {
    const revision = part.revision?.(entity);
    return revision === undefined ? [] : [[part.at, revision] as const];
  });
  return Object.fromEntries(entries);
}
