import type { Coordinate } from "../model/coordinate.ts";
import { ApiError, LockstepError } from "../model/error.ts";
import type { Json, Obj } from "../model/json.ts";
import type { Kind, Part } from "../model/kind.ts";
import { settleAll } from "../model/settle-all.ts";
import { readParts } from "../canonical/read-object.ts";
import { runSteps } from "../canonical/run-steps.ts";
import { createEarlyReads, type EarlyReads } from "./early-reads.ts";
import type { Identified } from "./identify.ts";
import { assertNoGaps, type Detail, type SweepOptions } from "./options.ts";
import { reuseFrom, type Reuse } from "./reuse.ts";
import type { ReuseUntouched } from "./reuse-untouched.ts";

/**
 * Reads what lists leave out, of all kept objects at once. Parts with the revision that the previous snapshot holds
 * are taken from there, and so are those that the audit log clears.
 * @param known what the audit log clears, where it was asked; what was begun early
 * @throws LockstepError `object-vanished` when an object was deleted after it was listed
 */
export async function readDetails(
  options: SweepOptions,
  identified: Pick<Identified, "kept" | "ids">,
  { untouched, early = createEarlyReads(options) }: Partial<Pick<Reuses, "untouched" | "early">> = {},
): Promise<ReadonlyMap<Coordinate, Detail>> {
  const gaps: { kind: string; error: LockstepError }[] = [];
  const reuses = { reuse: reuseFrom(options.previous, identified.ids), untouched, early };
  const pending = [...identified.kept].map(async ([coordinate, { kind, entity }]): Promise<[Coordinate, Detail][]> => {
    const read = (): Promise<Detail> => readDetail(options, { coordinate, kind, entity }, reuses);
    try {
      const detail = await (early.taken(kind, entity) === undefined ? early.inTurn(kind, read) : read());
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

/** A listed entity. */
interface Listed {
  readonly coordinate: Coordinate;
  readonly kind: Kind;
  readonly entity: Obj;
}

/** What saves requests: the revisions of the previous snapshot, the audit log where it was asked, and what was begun early. */
interface Reuses {
  readonly reuse: Reuse;
  readonly untouched: ReuseUntouched | undefined;
  readonly early: EarlyReads;
}

async function readDetail(
  options: SweepOptions,
  { coordinate, kind, entity }: Listed,
  reuses: Reuses,
): Promise<Detail> {
  const counted = (kind.read?.parts ?? []).flatMap((part) =>
    options.members === "counts" && part.personal !== undefined ? [{ at: part.at, count: part.personal.count }] : [],
  );
  const withheld = new Set(counted.map(({ at }) => at));
  const parts = (kind.read?.parts ?? []).filter(({ at }) => !withheld.has(at));
  const { cached, revisions } = byRevision(parts, { coordinate, kind, entity }, reuses);
  const untouched = parts.flatMap((part) => {
    const before = reuses.untouched?.(kind, coordinate, part, entity);
    return before === undefined ? [] : [{ ...before, at: part.at }];
  });
  const known = new Set([...cached.map(([at]) => at), ...untouched.map(({ at }) => at), ...withheld]);
  return {
    entity: await (reuses.early.taken(kind, entity) ??
      runSteps(options.api, kind.name, readParts(kind, without(entity, untouched), known))),
    cached: Object.fromEntries([
      ...cached,
      ...untouched.flatMap(({ at, value }) => (value === undefined ? [] : [[at, value] as const])),
    ]),
    revisions,
    whole: untouched.find(({ whole }) => whole !== undefined)?.whole,
    state: Object.assign({}, ...untouched.map(({ state }) => state)) as Detail["state"],
    counts: Object.fromEntries(counted.map(({ at, count }) => [`/${at}`, count(entity)])),
  };
}

/** Revisions of the parts as they are now, and the parts that had the same one before. */
function byRevision(
  parts: readonly Part[],
  { coordinate, kind, entity }: Listed,
  { reuse }: Reuses,
): { readonly cached: [string, Json][]; readonly revisions: { readonly [part: string]: string } } {
  const revisions: [string, string][] = [];
  const cached: [string, Json][] = [];
  for (const part of parts) {
    const revision = part.revision?.(entity);
    if (revision === undefined) continue;
    revisions.push([part.at, revision]);
    const before = reuse(kind, coordinate, part.at, revision);
    if (before !== undefined) cached.push([part.at, before]);
  }
  return { cached, revisions: Object.fromEntries(revisions) };
}

/** What the list says of a piece that is known does not stand for it. */
function without(entity: Obj, pieces: readonly { readonly at: string }[]): Obj {
  const names = new Set(pieces.map(({ at }) => at));
  return Object.fromEntries(Object.entries(entity).filter(([name]) => !names.has(name)));
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
