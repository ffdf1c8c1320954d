import type { App } from "../model/app.ts";
import type { OrgIdentity } from "../model/ports.ts";
import { assertComparable } from "../importers/comparable.ts";
import { assertTwoOrganisations } from "../importers/standby-target.ts";
import type { Narrowing } from "../model/narrowing.ts";
import { seenFiles } from "../snapshot/stored-files.ts";
import { narrowSides } from "./narrow-sides.ts";
import { lastKnown, readDirectory, readPrimary, readSide, type LoadedSide, type ReadOptions } from "./read-side.ts";

/** Where both sides are read from, absolute paths of snapshots or the organisations themselves, and how those are read. */
export interface SidePaths extends Pick<ReadOptions, "fresh"> {
  /** Everything unless given. */
  readonly narrowing?: Narrowing | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The primary, or the snapshot that is used in its place, and the standby. */
export interface BothSides {
  readonly source: LoadedSide;
  readonly target: LoadedSide;
}

/**
 * Reads the primary and the standby at the same time: each organisation has a rate limit of its own, so the slower one alone
 * says how long it takes. When one of them fails, the other is stopped before this ends. What would stop the work is looked for
 * first, in the directories and by both logins: until it is known that these are two organisations, nothing of them is read.
 * @param judge throws where a saved source cannot be used
 * @throws GuardError `same-org`; LockstepError of the side that failed first, as {@link readPrimary} and {@link readSide}
 */
export async function readSides(
  app: App,
  { from, to, fresh, narrowing }: SidePaths,
  judge?: (source: LoadedSide) => void,
): Promise<BothSides> {
  assertTwoOrganisations(app.workspace.config);
  const narrowed = narrowing === undefined ? undefined : await narrowedSides(app, narrowing, from);
  const stop = new AbortController();
  const { signal } = stop;
  const [ofPrimary, ofStandby] = [identity(), identity()];
  const known = (own: Identity) => async (org: Known) => {
    own.tell(org);
    assertComparable(await ofPrimary.told, await ofStandby.told);
  };
  const seen = seenFiles();
  const primary = readPrimary(app, from, {
    fresh,
    seen,
    signal,
    judge,
    narrowed: narrowed?.primary,
    known: known(ofPrimary),
  });
  const standby = readSide(app, "standby", to, {
    fresh,
    seen,
    signal,
    narrowed: narrowed?.standby,
    known: known(ofStandby),
  });
  try {
    const [source, target] = await Promise.all([primary, standby]);
    return { source, target };
  } catch (error) {
    stop.abort(error);
    for (const { fail } of [ofPrimary, ofStandby]) fail(error);
    await Promise.allSettled([primary, standby]);
    throw error;
  }
}

type Known = Pick<OrgIdentity, "id" | "name">;

/** Which organisation a side is, once somebody tells. */
interface Identity {
  readonly told: Promise<Known>;
  readonly tell: (org: Known) => void;
  readonly fail: (error: unknown) => void;
}

function identity(): Identity {
  const ends: Pick<Identity, "tell" | "fail">[] = [];
  const told = new Promise<Known>((tell, fail) => ends.push({ tell, fail }));
  // Nobody may be waiting for it when the other side fails.
  told.catch(() => undefined);
  return { told, tell: (org) => ends[0]?.tell(org), fail: (error) => ends[0]?.fail(error) };
}

/** What is asked for on each side, by the names that the primary is known to have. */
async function narrowedSides(
  app: App,
  narrowing: Narrowing,
  from: string | undefined,
): Promise<ReturnType<typeof narrowSides>> {
  const known = from === undefined ? await lastKnown(app, "primary") : await readDirectory(app, from);
  return narrowSides(app, narrowing, known?.snapshot);
}
