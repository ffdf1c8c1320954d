import { coordinateOf, splitCoordinate, splitKey, type Coordinate } from "../model/coordinate.ts";
import { textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { settleAll } from "../model/settle-all.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { isKept } from "../canonical/kept.ts";
import { aboutPeople } from "../canonical/normalise.ts";
import { readObject } from "../canonical/read-object.ts";
import { runSteps } from "../canonical/run-steps.ts";
import type { Narrowed } from "../pairing/narrowing.ts";
import { narrowKinds } from "./assert-grants.ts";
import { idLookUp } from "./id-look-up.ts";
import { identify, type Identified } from "./identify.ts";
import { listKinds, withFound } from "./list-kinds.ts";
import { mergeRead } from "./merge-read.ts";
import type { SweepOptions } from "./options.ts";
import { readDetails } from "./read-details.ts";
import { selectKinds } from "./sweep.ts";
import { readReferred } from "./unlisted.ts";

/** What a narrowed reading starts from. */
export type NarrowedOptions = Omit<SweepOptions, "previous"> & { readonly previous: Snapshot };

/**
 * Reads what was asked for, and takes everything else from an earlier snapshot. An object that is known there costs one request
 * and its parts; lists are read only of kinds that may hold more of it, and of kinds that it refers to by unknown ids.
 * @throws LockstepError as {@link sweep}
 */
export async function sweepNarrowed(options: NarrowedOptions, narrowed: Narrowed): Promise<Snapshot> {
  const { org, sink } = options;
  const kinds = selectKinds(options);
  sink({ event: "sweep-start", org: org.name, kinds: narrowed.unlisted([...options.previous.ids.keys()]).size });
  try {
    const snapshot = await readAndMerge(options, narrowed, kinds);
    sink({ event: "sweep-done", org: org.name, objects: snapshot.objects.size });
    return snapshot;
  } catch (error) {
    sink({ event: "sweep-failed", org: org.name });
    throw error;
  }
}

type Entities = Identified["kept"];

async function readAndMerge(options: NarrowedOptions, narrowed: Narrowed, kinds: readonly Kind[]): Promise<Snapshot> {
  const { previous } = options;
  const known = [...previous.ids.keys()];
  const open = narrowed.unlisted(known);
  const wanted = known.filter((at) => narrowed.selects(at) && !open.has(splitCoordinate(at).kind));
  const concerned = new Set([...open, ...wanted.map((at) => splitCoordinate(at).kind)]);
  await narrowKinds(
    options,
    kinds.filter(({ name }) => concerned.has(name)),
  );
  const single = await readSingly(options, wanted);
  const lists = new Set([...open, ...single.doubtful]);
  // What was asked for by an earlier name is still the same object.
  const asked = new Set(known.filter((at) => narrowed.selects(at)).map((at) => previous.ids.get(at)));
  const isAsked = (at: Coordinate, entity: Obj): boolean => narrowed.selects(at) || asked.has(textOf(entity["id"]));
  const found = new Map<string, readonly Obj[]>();
  const tried = new Set<string>();
  for (;;) {
    const listed = await listSome(options, kinds, lists, found);
    const fresh: Entities = new Map([
      ...[...single.entities].filter(([at]) => !lists.has(splitCoordinate(at).kind)),
      ...[...(listed?.kept ?? [])].filter(([at, { kind, entity }]) => lists.has(kind.name) && isAsked(at, entity)),
    ]);
    const merging = { options, narrowed, fresh, listed, lists };
    const { snapshot, unresolved, unnamed } = await merge(merging);
    // What is referred to and was not known before is looked up in the list of its kind, once.
    const more = [...unresolved].filter((name) => kinds.some((kind) => kind.name === name) && !lists.has(name));
    for (const name of more) lists.add(name);
    if (more.length > 0) continue;
    const unlisted = await readReferred(options, kinds, unnamed, tried);
    if (unlisted.size === 0) return snapshot;
    for (const [name, entities] of unlisted) found.set(name, [...(found.get(name) ?? []), ...entities]);
  }
}

/** Known objects, each read by its id. What is gone or has another name now is doubtful: the list of its kind tells. */
async function readSingly(
  { api, kinds, previous }: NarrowedOptions,
  wanted: readonly Coordinate[],
): Promise<{ readonly entities: Entities; readonly doubtful: ReadonlySet<string> }> {
  const doubtful = new Set<string>();
  const read = wanted.map(async (coordinate): Promise<[Coordinate, { kind: Kind; entity: Obj }][]> => {
    const { kind: name, key } = splitCoordinate(coordinate);
    const kind = kinds.get(name);
    if (kind?.read === undefined) return [];
    const parentKey = kind.parent === undefined ? undefined : splitKey(key)[0];
    const parent =
      parentKey === undefined ? undefined : previous.ids.get(coordinateOf(kind.parent?.kind ?? "", parentKey));
    const parts = new Set((kind.read.parts ?? []).map(({ at }) => at));
    const entity = await runSteps(api, name, readObject(kind, previous.ids.get(coordinate) ?? "", parts, parent));
    if (entity !== undefined && kind.key(entity, parentKey) === key && isKept(kind, entity))
      return [[coordinate, { kind, entity }]];
    doubtful.add(name);
    return [];
  });
  return { entities: new Map((await settleAll(read)).flat()), doubtful };
}

/** Lists kinds and those that their keys and lists depend on. @param found what lists left out, by kind */
async function listSome(
  options: NarrowedOptions,
  kinds: readonly Kind[],
  lists: ReadonlySet<string>,
  found: ReadonlyMap<string, readonly Obj[]>,
): Promise<Identified | undefined> {
  if (lists.size === 0) return undefined;
  const names = new Set(lists);
  for (const name of names) {
    const kind = options.kinds.get(name);
    if (kind?.parent !== undefined) names.add(kind.parent.kind);
    for (const { per } of kind?.read?.lists ?? []) if (per !== undefined) names.add(per.kind);
  }
  const listable = kinds.filter(({ name }) => names.has(name));
  return identify(withFound(await listKinds(options, listable, new Map()), found), listable);
}

interface Merging {
  readonly options: NarrowedOptions;
  readonly narrowed: Narrowed;
  readonly fresh: Entities;
  readonly listed: Identified | undefined;
  readonly lists: ReadonlySet<string>;
}

interface Merged extends Awaited<ReturnType<typeof mergeRead>> {
  /** Kinds of objects that are referred to and that nothing names. */
  readonly unresolved: ReadonlySet<string>;
}

/** The earlier snapshot with what was read in the place of what it had. */
async function merge({ options, narrowed, fresh, listed, lists }: Merging): Promise<Merged> {
  const { previous, kinds, members, placeholders } = options;
  const readIds = new Set([...fresh.values()].map(({ entity }) => textOf(entity["id"])));
  const isReplaced = (at: Coordinate): boolean =>
    fresh.has(at) ||
    (lists.has(splitCoordinate(at).kind) && narrowed.selects(at)) ||
    readIds.has(previous.ids.get(at) ?? "");
  const ids = new Map([
    ...[...previous.ids].filter(([at]) => !isReplaced(at)),
    ...[...fresh].map(([at, { entity }]) => [at, textOf(entity["id"])] as const),
    ...[...(listed?.ids ?? [])].filter(([at]) => !previous.ids.has(at) || narrowed.selects(at)),
  ]);
  const lookUp = idLookUp(ids, listed);
  const coordinateOfId = aboutPeople(lookUp.coordinateOfId, kinds, members);
  const details = await readDetails(options, { kept: fresh, ids });
  const findings = (listed?.findings ?? []).filter(({ coordinate }) => narrowed.selects(coordinate));
  const read = { kinds, kept: fresh, details, ids, coordinateOfId, placeholders, findings, isReplaced };
  return { ...(await mergeRead(previous, read)), unresolved: lookUp.unresolved };
}
