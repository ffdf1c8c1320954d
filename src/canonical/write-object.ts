import { defined } from "../model/defined.ts";
import type { Op, Steps } from "../model/api.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { textOf, type Json, type Obj } from "../model/json.ts";
import type { Change, Kind, Part, Writer } from "../model/kind.ts";
import { answeredWrites, createdId } from "../model/unclear-write.ts";
import { untilSettled } from "../model/until-settled.ts";
import { createBody, fullBody, requestBody, withSecrets, type Resolve } from "./denormalise.ts";
import { withEmptied } from "./emptied.ts";
import { pathOfParent, readOf } from "./read-object.ts";
import { parentReference } from "./references.ts";

/** One write: what the object should be, and what it is. */
export interface WriteJob {
  readonly kind: Kind;
  readonly coordinate: Coordinate;
  readonly verb: "create" | "update" | "delete";
  /** Id in the organisation that is written; empty for a create. */
  readonly id: string;
  readonly wanted: Obj;
  readonly current?: Obj;
  /** The object as the organisation answered, parts included; needed for an update. */
  readonly entity?: Obj;
  /** Top-level properties that differ. */
  readonly touched: ReadonlySet<string>;
  readonly resolve: Resolve;
  readonly secrets: ReadonlyMap<string, string>;
  /** An earlier run of ours began to write the object and did not finish. */
  readonly begun?: boolean;
}

/**
 * The requests that write one object: the object itself unless only parts differ, then its parts.
 * @returns its id
 * @throws LockstepError `outcome-unknown` when an answer does not tell what became of a write
 */
export function writeObject(job: WriteJob): Steps<string> {
  return answeredWrites(writeWhole(job));
}

function* writeWhole(job: WriteJob): Steps<string> {
  if (job.verb === "delete") {
    yield* send(job.kind.write?.remove, job, {});
    return job.id;
  }
  const parts = (job.kind.read?.parts ?? []).filter((part) => part.write !== undefined);
  const inParts = new Set(parts.map((part) => part.at));
  const moves = job.verb === "update" && job.kind.write?.moveAs !== undefined && job.touched.has("division");
  const written = parts.filter((part) => job.touched.has(part.at));
  const early = written.filter((part) => job.verb === "update" && part.first?.(job.wanted, job.current ?? {}) === true);
  for (const part of early) yield* writePart(job, part, job.id);
  const id = yield* writeItself(job, inParts, moves);
  if (moves) yield* moveToDivision(job);
  for (const part of written) if (!early.includes(part)) yield* writePart(job, part, id);
  return id;
}

/** The object without its parts; nothing is sent where only those differ. */
function* writeItself(job: WriteJob, inParts: ReadonlySet<string>, moves: boolean): Steps<string> {
  const { create, update } = job.kind.write ?? {};
  if (job.verb === "create") return yield* settled(job, yield* send(create, job, bodyOf(job, inParts)));
  const isApart = (property: string): boolean => inParts.has(property) || (moves && property === "division");
  if ([...job.touched].every(isApart)) return job.id;
  return yield* settled(job, yield* send(update, job, bodyOf(job, inParts)));
}

function* writePart({ wanted, current, resolve }: WriteJob, part: Part, id: string): Steps<void> {
  const [before, after] = [current?.[part.at], wanted[part.at]];
  if (part.write === undefined || (before === undefined && after === undefined)) return;
  yield* part.write({ id, before, after, resolve });
}

/** Most objects change division by a call of its own; their update leaves it as it is (genesys-api §4.2). */
function* moveToDivision({ kind, id, wanted, resolve }: WriteJob): Steps<void> {
  const division = textOf(wanted["division"]);
  if (division === "") return;
  yield {
    op: "POST /api/v2/authorization/divisions/{id}/objects/{type}",
    path: { id: resolve(division), type: kind.write?.moveAs ?? "" },
    body: [id],
  };
}

function* send(operation: Op | Writer | undefined, job: WriteJob, body: Obj): Steps<string> {
  if (operation === undefined) throw new Error(`${job.kind.name} has no operation to ${job.verb}`);
  if (typeof operation === "function") return yield* operation(changeOf(job, body));
  const path = pathOf(job, job.id);
  if (job.verb === "create") return yield* createdId({ op: operation, path, body });
  yield { op: operation, path, ...(job.verb === "delete" ? { expect: [404, 410] } : { body }) };
  return job.id;
}

/** Waits for what the organisation only accepted so far. */
function* settled(job: WriteJob, id: string): Steps<string> {
  const isSettled = job.kind.write?.settled;
  if (isSettled === undefined) return id;
  const { op, query = {} } = readOf(job.kind).get;
  yield* untilSettled({ op, path: pathOf(job, id), query }, isSettled);
  return id;
}

function pathOf(job: WriteJob, id: string): { readonly [name: string]: string } {
  return { id, ...pathOfParent(job.kind, parentId(job)) };
}

function parentId({ kind, coordinate, resolve }: WriteJob): string | undefined {
  if (kind.parent?.path === undefined) return undefined;
  const parent = parentReference(kind, splitCoordinate(coordinate).key);
  return parent === undefined ? undefined : resolve(parent);
}

function changeOf(job: WriteJob, body: Obj): Change {
  const { coordinate, verb, id, wanted, current, entity, touched, resolve, secrets, begun } = job;
  return {
    coordinate,
    verb,
    id,
    body,
    wanted,
    touched,
    resolve,
    secrets,
    ...defined({ current, entity, begun }),
  };
}

function bodyOf(job: WriteJob, inParts: ReadonlySet<string>): Obj {
  const { kind, entity, current = {} } = job;
  const object = job.verb === "update" ? withEmptied(kind, job.wanted, current) : job.wanted;
  const wanted = requestBody(kind, job.coordinate, object, job.resolve);
  const bare = job.verb === "create" ? createBody(kind, wanted) : updateBody(job, wanted, inParts);
  const plain = withSecrets(kind, bare, job.secrets);
  const body = kind.read?.denormalise?.(plain) ?? plain;
  const version = entity?.["version"];
  return kind.write?.version === "body" && version !== undefined ? { ...body, version } : body;
}

/** A full update carries everything; a patch what differs, with null for what is gone. */
function updateBody(job: WriteJob, wanted: Obj, inParts: ReadonlySet<string>): Obj {
  if (job.kind.write?.style === "full")
    return job.entity === undefined ? wanted : fullBody(job.kind, wanted, job.entity);
  const own = [...job.touched].filter((property) => !inParts.has(property));
  return Object.fromEntries(own.map((property): [string, Json] => [property, wanted[property] ?? null]));
}
