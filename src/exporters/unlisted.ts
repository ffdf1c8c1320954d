import { coordinateOf, splitCoordinate } from "../model/coordinate.ts";
import { ApiError } from "../model/error.ts";
import { textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { settleAll } from "../model/settle-all.ts";
import type { Unnamed } from "../canonical/normalise.ts";
import { readBare } from "../canonical/read-object.ts";
import { parentReference } from "../canonical/references.ts";
import type { SweepOptions } from "./options.ts";

/** What looking for objects that their lists leave out takes. */
type Looking = Pick<SweepOptions, "api" | "known">;

/** An object that is to be there. */
interface Sought {
  readonly id: string;
  /** Id of the object that it is in, for kinds whose paths name it. */
  readonly parent?: string | undefined;
}

/**
 * Objects that an organisation is known to have had and that the list of their kind leaves out: a list may be behind what is
 * there (genesys-api §1.7), so each is asked for by its id before it counts as gone. That is asked once: what is gone is not
 * part of what is kept of this reading.
 * @param listed what the list gave
 * @param parentIds ids of the objects that those of this kind are in, as far as there is a list for each
 * @throws LockstepError where nothing tells whether an object is there
 */
export async function stillThere(
  { api, known = [] }: Looking,
  kind: Kind,
  listed: readonly Obj[],
  parentIds: readonly string[],
): Promise<Obj[]> {
  const ids = new Set(listed.map(({ id }) => textOf(id)));
  const parents = new Set(parentIds);
  const missing = new Map<string, Sought>();
  const ofParent = new Map(known);
  for (const [coordinate, id] of known) {
    const { kind: name, key } = splitCoordinate(coordinate);
    if (name !== kind.name || ids.has(id)) continue;
    const parent = kind.parent?.path === undefined ? undefined : ofParent.get(parentReference(kind, key) ?? "");
    // What was in an object that is gone is gone with it.
    if (kind.parent?.path !== undefined && !parents.has(parent ?? "")) continue;
    missing.set(id, { id, parent });
  }
  return readAll(api, kind, [...missing.values()]);
}

/**
 * Objects that others refer to and that no list has, by kind. Each is asked for once in a reading.
 * @param kinds those that are read
 * @param asked what was asked for before; what is asked for now is added
 * @throws LockstepError where nothing tells whether an object is there
 */
export async function readReferred(
  { api }: Looking,
  kinds: readonly Kind[],
  missing: readonly Unnamed[],
  asked: Set<string>,
): Promise<ReadonlyMap<string, readonly Obj[]>> {
  const sought = new Map<Kind, Sought[]>();
  for (const { kind: name, id } of missing) {
    const kind = kinds.find((one) => one.name === name);
    // A path that names a parent cannot be asked without it.
    if (kind?.read === undefined || kind.parent?.path !== undefined || asked.has(coordinateOf(name, id))) continue;
    asked.add(coordinateOf(name, id));
    sought.set(kind, [...(sought.get(kind) ?? []), { id }]);
  }
  const found = [...sought].map(async ([kind, ids]) => [kind.name, await readAll(api, kind, ids)] as const);
  return new Map((await settleAll(found)).filter(([, entities]) => entities.length > 0));
}

async function readAll(api: Looking["api"], kind: Kind, sought: readonly Sought[]): Promise<Obj[]> {
  const read = sought.map(({ id, parent }) => readBare(api, kind, id, parent).catch(goneWhereRefused));
  const entities = await settleAll(read);
  return entities.flatMap((entity) => (entity === undefined || kind.keep?.(entity) === "deleted" ? [] : [entity]));
}

/** What the organisation does not show by its id is not there for who asks; no answer at all says nothing. */
function goneWhereRefused(error: unknown): undefined {
  if (error instanceof ApiError && [400, 403].includes(error.status)) return undefined;
  throw error;
}
