import PQueue from "p-queue";
import { coordinateOf } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import { groupBy } from "../model/group-by.ts";
import { textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { isKept } from "../canonical/kept.ts";
import { readParts } from "../canonical/read-object.ts";
import { runSteps } from "../canonical/run-steps.ts";
import type { SweepOptions } from "./options.ts";

/**
 * Objects that take jobs to read, such as flows. Those that have to be read whatever the other lists say are begun as soon as they
 * are listed, so that the jobs run while the rest is read.
 */
export interface EarlyReads {
  /** Begins with objects of a kind that was just listed. */
  readonly begin: (kind: Kind, entities: readonly Obj[]) => void;
  /** An object with its parts that was begun early. */
  readonly taken: (kind: Kind, entity: Obj) => Promise<Obj> | undefined;
  /** Waits its turn where only so many objects of the kind are read at a time. */
  readonly inTurn: <Value>(kind: Kind, read: () => Promise<Value>) => Promise<Value>;
  /** Nothing of it is needed: sends nothing more. */
  readonly stop: () => void;
}

type Options = Pick<SweepOptions, "api" | "jobsAtOnce" | "previous">;

/** Creates the reads of one sweep. */
export function createEarlyReads({ api, jobsAtOnce, previous }: Options): EarlyReads {
  const queues = new Map<string, PQueue>();
  const reads = new Map<string, Promise<Obj>>();
  const stopping = new AbortController();

  function queueOf({ name, read }: Kind): PQueue | undefined {
    if (read?.atOnce === undefined) return undefined;
    const queue = queues.get(name) ?? new PQueue({ concurrency: jobsAtOnce ?? read.atOnce });
    queues.set(name, queue);
    return queue;
  }

  const inTurn: EarlyReads["inTurn"] = (kind, read) => queueOf(kind)?.add(read) ?? read();

  /** Sends until it is stopped. */
  const whileWanted: Pick<typeof api, "send"> = {
    send: async (request, kind) => {
      stopping.signal.throwIfAborted();
      const answer = await api.send(request, kind);
      stopping.signal.throwIfAborted();
      return answer;
    },
  };

  /** Does nothing that is kept have the revisions that its parts have now? */
  function isNew(kind: Kind, entity: Obj): boolean {
    const before = previous?.revisions.get(coordinateOf(kind.name, kind.key(entity)));
    return (kind.read?.parts ?? []).every(({ at, revision, personal }) => {
      const now = revision?.(entity);
      return personal === undefined && now !== undefined && before?.[at] !== now;
    });
  }

  function begin(kind: Kind, entities: readonly Obj[]): void {
    if (kind.read?.atOnce === undefined || kind.parent !== undefined) return;
    const byKey = groupBy(
      entities.filter((entity) => isKept(kind, entity)),
      (entity) => kind.key(entity),
    );
    for (const [entity, another] of byKey.values()) {
      // Namesakes are set aside.
      if (entity === undefined || another !== undefined || !isNew(kind, entity)) continue;
      const read = inTurn(kind, () => runSteps(whileWanted, kind.name, readParts(kind, entity)));
      // Whoever takes it is told; nobody may.
      read.catch(() => undefined);
      reads.set(placeOf(kind, entity), read);
    }
  }

  return {
    begin,
    taken: (kind, entity) => reads.get(placeOf(kind, entity)),
    inTurn,
    stop: () => {
      for (const queue of queues.values()) queue.clear();
      stopping.abort(new LockstepError("interrupted", "What was begun early is not needed", ""));
    },
  };
}

function placeOf({ name }: Kind, { id }: Obj): string {
  return coordinateOf(name, textOf(id));
}
