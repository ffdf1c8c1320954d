import { defined } from "../model/defined.ts";
import { LockstepError } from "../model/error.ts";
import { textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { settleAll } from "../model/settle-all.ts";
import { listAll } from "../canonical/list-entities.ts";
import { runSteps } from "../canonical/run-steps.ts";
import type { EarlyReads } from "./early-reads.ts";
import { assertNoGaps, type SweepOptions } from "./options.ts";
import { stillThere } from "./unlisted.ts";

/** Everything that the lists of one kind gave. */
export interface Listing {
  readonly entities: readonly Obj[];
  /** Why nothing could be listed; absent when the list is complete. */
  readonly incomplete?: string;
}

/**
 * Lists all kinds at once; the client keeps to its limits. Kinds whose objects take jobs to read come first.
 * @param narrow kinds of which the client sees only some divisions, with the reason
 * @param begin told what a kind has as soon as that is known
 */
export async function listKinds(
  options: SweepOptions,
  kinds: readonly Kind[],
  narrow: ReadonlyMap<string, string>,
  begin: EarlyReads["begin"] = () => undefined,
): Promise<Map<string, Listing>> {
  const pending = new Map<string, Promise<Listing>>();
  const gaps: { kind: string; error: LockstepError }[] = [];
  const listed = (name: string): Promise<Listing> => pending.get(name) ?? Promise.resolve({ entities: [] });
  const jobsFirst = [...kinds].sort((a, b) => Number(takesJobs(b)) - Number(takesJobs(a)));
  for (const kind of parentsFirst(jobsFirst)) {
    if (kind.read === undefined) continue;
    const listing = listKind(options, kind, listed, gaps);
    pending.set(
      kind.name,
      listing.then((found) => (begin(kind, found.entities), found)),
    );
  }
  const complete = await settleAll(
    [...pending].map(async ([name, listing]): Promise<[string, Listing]> => {
      const listed = await listing;
      return [name, defined({ ...listed, incomplete: narrow.get(name) ?? listed.incomplete })];
    }),
  );
  assertNoGaps(options, gaps);
  return new Map(complete);
}

function takesJobs({ read }: Kind): boolean {
  return read?.atOnce !== undefined;
}

async function listKind(
  options: SweepOptions,
  kind: Kind,
  listing: (name: string) => Promise<Listing>,
  gaps: { kind: string; error: LockstepError }[],
): Promise<Listing> {
  try {
    const parents = await Promise.all(parentLists(kind).map(listing));
    const ids = parents.flatMap(({ entities }) => entities.map(({ id }) => textOf(id)));
    const listed = await runSteps(
      options.api,
      kind.name,
      listAll(kind, () => ids),
    );
    const entities = [...listed, ...(await stillThere(options, kind, listed, ids))];
    const details = (kind.read?.parts ?? []).reduce((sum, { requests = 1 }) => sum + requests, 0);
    options.sink({ event: "listed", org: options.org.name, kind: kind.name, objects: entities.length, details });
    return { entities };
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code === "interrupted") throw error;
    gaps.push({ kind: kind.name, error });
    return { entities: [], incomplete: error.message };
  }
}

/** The lists with what was found besides, by kind. */
export function withFound(
  listings: ReadonlyMap<string, Listing>,
  found: ReadonlyMap<string, Listing["entities"]>,
): ReadonlyMap<string, Listing> {
  return new Map(
    [...listings].map(([name, listing]) => {
      const entities = [...listing.entities, ...(found.get(name) ?? [])];
      return [name, { ...listing, entities }] as const;
    }),
  );
}

function parentLists(kind: Kind): string[] {
  return (kind.read?.lists ?? []).flatMap((list) => (list.per === undefined ? [] : [list.per.kind]));
}

/** Kinds with each parent before its children. */
export function parentsFirst(kinds: readonly Kind[]): Kind[] {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const depth = (kind: Kind): number => {
    const above = [...parentLists(kind), ...(kind.parent === undefined ? [] : [kind.parent.kind])];
    return Math.max(
      0,
      ...above.map((name) => {
        const parent = byName.get(name);
        return parent === undefined || parent === kind ? 0 : depth(parent) + 1;
      }),
    );
  };
  return [...kinds].sort((a, b) => depth(a) - depth(b));
}
