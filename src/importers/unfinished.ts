import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Json, Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { objectWith, valueAt } from "../model/pointer.ts";
import type { Operation } from "../model/plan.ts";
import type { Files } from "../model/ports.ts";
import { statePath, type Workspace } from "../model/workspace.ts";
import { firstState } from "../canonical/denormalise.ts";
import type { Journal } from "./journal.ts";
import { openRecords, readRecords, type RecordForm } from "./records.ts";

/** A write of several requests. */
type Verb = "create" | "update";

/** Writes that were begun and not finished, by the object. */
export type UnfinishedWrites = ReadonlyMap<Coordinate, Verb>;

/**
 * Notes of writes that were begun and not finished, whatever plan they belonged to. Kept for kinds whose objects do not tell
 * it themselves: {@link Kind.write}, `noted`.
 */
export interface UnfinishedNotes {
  /** As they were when the notes were opened. */
  readonly left: UnfinishedWrites;
  /** As they are now: what this process began and did not end is one of them. */
  readonly open: UnfinishedWrites;
  begun(coordinate: Coordinate, verb: Verb): Promise<void>;
  /** Nothing is left to do; nothing is written where that is known already. */
  over(coordinate: Coordinate): Promise<void>;
}

/** Where the notes about an organisation are kept. */
export function unfinishedPath(workspace: Pick<Workspace, "directory">, orgId: string): string {
  return statePath(workspace, "unfinished", `${orgId}.jsonl`);
}

/** The writes that earlier runs did not finish. Damaged lines are left out. */
export function readUnfinished(files: Files, path: string): Promise<UnfinishedWrites> {
  return readRecords(files, path, FORM);
}

/** Opens the notes for more of them. */
export async function openUnfinished(files: Files, path: string): Promise<UnfinishedNotes> {
  const records = await openRecords(files, path, FORM);
  return {
    left: new Map(records.entries),
    open: records.entries,
    begun: (coordinate, verb) => records.put(coordinate, verb),
    over: async (coordinate) => {
      if (records.entries.has(coordinate)) await records.put(coordinate, undefined);
    },
  };
}

const FORM: RecordForm<Verb> = {
  key: "coordinate",
  gone: { write: "over" },
  read: ({ write }) => (write === "create" || write === "update" ? write : undefined),
  write: (verb) => ({ write: verb }),
};

/** The operations of a plan; creates that an earlier run did not finish give their objects the state of new ones too. */
export function operationsToFinish(
  operations: readonly Operation[],
  kinds: ReadonlyMap<string, Kind>,
  journal: Pick<Journal, "entries">,
): Operation[] {
  return operations.map((operation) => {
    const kind = kinds.get(splitCoordinate(operation.coordinate).kind);
    const isBegun = operation.action === "create" && journal.entries.get(operation.id)?.state === "started";
    return isBegun && kind !== undefined ? withFirstState(kind, operation) : operation;
  });
}

/** What a create that was begun still has to write: where it takes several requests, the state of a new object too. */
export function withFirstState<Created extends Pick<Operation, "after" | "edits">>(
  kind: Kind,
  created: Created,
): Created {
  const { after, edits } = created;
  if (kind.write?.noted !== "create" || after === undefined) return created;
  const missing = firstState(kind).filter(({ path }) => valueAt(after, path) === undefined);
  const whole = missing.reduce((object, { path, value }) => objectWith(object, path, value), after);
  return { ...created, after: whole, edits: [...edits, ...missing.map(({ path, value }) => ({ path, after: value }))] };
}

/**
 * The state that an unfinished create still has to give its object: that of a new one, where the configuration asks for no
 * other.
 */
export function stateToGive(
  kinds: ReadonlyMap<string, Kind>,
  unfinished: UnfinishedWrites,
  wanted: ReadonlyMap<Coordinate, Obj>,
): (coordinate: Coordinate) => readonly { readonly path: string; readonly value: Json }[] {
  return (coordinate) => {
    const kind = kinds.get(splitCoordinate(coordinate).kind);
    if (kind === undefined || unfinished.get(coordinate) !== "create") return [];
    const object = wanted.get(coordinate) ?? {};
    return firstState(kind).filter(({ path }) => valueAt(object, path) === undefined);
  };
}
