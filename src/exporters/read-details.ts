import PQueue from "p-queue";
import type { Coordinate } from "../model/coordinate.ts";
import { ApiError, LockstepError } from "../model/error.ts";
import type { Json, Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { settleAll } from "../model/settle-all.ts";
import { readParts } from "../canonical/read-object.ts";
import { runSteps } from "../canonical/run-steps.ts";
import type { Identified } from "./identify.ts";
import { assertNoGaps, type Detail, type SweepOptions } from "./options.ts";
import { reuseFrom, type Reuse } from "./reuse.ts";

/**
 * Reads what lists leave out, of all kept objects at once. Parts with the revision that the previous snapshot holds
 * are taken from there.
 * @throws LockstepError `object-vanished` when an object was deleted after it was listed
 */
export async function readDetails(
  options: SweepOptions,
  identified: Pick<Identified, "kept" | "ids">,
): Promise<ReadonlyMap<Coordinate, Detail>> {
  const gaps: { kind: string; error: LockstepError }[] = [];
  const reuse = reuseFrom(options.previous, identified.ids);
  const queues = queuesByKind(identified);
  const pending = [...identified.kept].map(async ([coordinate, { kind, entity }]): Promise<[Coordinate, Detail][]> => {
    const read = (): Promise<Detail> => readDetail(options, { coordinate, kind, entity }, reuse);
    try {
      const detail = await (queues.get(kind.name)?.add(read) ?? read());
      if ((kind.read?.parts?.length ?? 0) > 0)
        options.sink({ event: "detail", org: options.org.name, kind: kind.name });
      return [[coordinate, detail]];
    } catch (error) {
      if (!(error instanceof LockstepError) || error.code === "interrupted") throw error;
      gaps.push({ kind: kind.name, error: aboutObject(error, coordinate) });
      return [];
    }
  });
  const details = new Map((await settleAll(pending)).flat());
  assertNoGaps(options, gaps);
  return details;
}

/** Kinds of which the organisation reads only so many at a time, such as flows by export jobs. */
function queuesByKind({ kept }: Pick<Identified, "kept">): ReadonlyMap<string, PQueue> {
  const limits = new Map([...kept.values()].map(({ kind }) => [kind.name, kind.read?.atOnce] as const));
  return new Map(
    [...limits].flatMap(([name, concurrency]) =>
      concurrency === undefined ? [] : [[name, new PQueue({ concurrency })] as const],
    ),
  );
}

async function readDetail(
  options: SweepOptions,
  { coordinate, kind, entity }: { readonly coordinate: Coordinate; readonly kind: Kind; readonly entity: Obj },
  reuse: Reuse,
): Promise<Detail> {
  const counted = (kind.read?.parts ?? []).flatMap((part) =>
    options.members === "counts" && part.personal !== undefined ? [{ at: part.at, count: part.personal.count }] : [],
  );
  const revisions: [string, string][] = [];
  const cached: [string, Json][] = [];
  for (const part of kind.read?.parts ?? []) {
    const revision = part.revision?.(entity);
    if (revision === undefined) continue;
    revisions.push([part.at, revision]);
    const before = reuse(kind, coordinate, part.at, revision);
    if (before !== undefined) cached.push([part.at, before]);
  }
  const known = new Set([...cached.map(([at]) => at), ...counted.map(({ at }) => at)]);
  return {
    entity: await runSteps(options.api, kind.name, readParts(kind, entity, known)),
    cached: Object.fromEntries(cached),
    revisions: Object.fromEntries(revisions),
    counts: Object.fromEntries(counted.map(({ at, count }) => [`/${at}`, count(entity)])),
  };
}

function aboutObject(error: LockstepError, coordinate: Coordinate): LockstepError {
  if (error instanceof ApiError && error.status === 404) {
    return new LockstepError(
      "object-vanished",
      `${coordinate} was deleted while the organisation was read`,
      "Run the command again when nobody is changing this organisation.",
      { coordinate },
    );
  }
  return error.reworded({ place: { coordinate } });
}
