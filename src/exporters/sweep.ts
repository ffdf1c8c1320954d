import { defined } from "../model/defined.ts";
import type { Coordinate } from "../model/coordinate.ts";
import { countByKind } from "../model/count-by-kind.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Finding, Snapshot } from "../model/snapshot.ts";
import { withheldKinds } from "../model/withheld-kinds.ts";
import { aboutPeople } from "../canonical/normalise.ts";
import { derivedObjects } from "../canonical/derive.ts";
import { secretFindings } from "../canonical/secret-findings.ts";
import { narrowKinds } from "./assert-grants.ts";
import { canonicalRead, type CanonicalRead } from "./canonical-read.ts";
import { createEarlyReads, type EarlyReads } from "./early-reads.ts";
import { identify, type Identified } from "./identify.ts";
import { listKinds, withFound, type Listing } from "./list-kinds.ts";
import type { Detail, SweepOptions } from "./options.ts";
import { readDetails } from "./read-details.ts";
import { reuseUntouched } from "./reuse-untouched.ts";
import { readReferred } from "./unlisted.ts";

/**
 * Reads the whole configuration of one organisation: lists every kind, reads what lists leave out, and brings everything
 * into canonical form. A gap is an error, never a smaller snapshot.
 * @throws LockstepError `permission-missing`, `incomplete-list`, `object-vanished` and those of the client
 */
export async function sweep(options: SweepOptions): Promise<Snapshot> {
  const kinds = selectKinds(options);
  options.sink({
    event: "sweep-start",
    org: options.org.name,
    kinds: kinds.filter((kind) => kind.read !== undefined).length,
  });
  try {
    return await sweepKinds(options, kinds);
  } catch (error) {
    options.sink({ event: "sweep-failed", org: options.org.name });
    throw error;
  }
}

async function sweepKinds(options: SweepOptions, kinds: readonly Kind[]): Promise<Snapshot> {
  const narrow = await narrowKinds(options, kinds);
  const early = createEarlyReads(options);
  try {
    const listings = await listKinds(options, kinds, narrow.reasons, early.begin);
    const reading = await readReferredToo(options, kinds, await readListed(options, kinds, listings, early));
    const snapshot = assemble(options, reading, narrow.findings);
    const secrets = await secretFindings(snapshot.objects, options.placeholders);
    return { ...snapshot, findings: [...snapshot.findings, ...secrets] };
  } finally {
    early.stop();
  }
}

type Listings = ReadonlyMap<string, Listing>;

async function readListed(
  options: SweepOptions,
  kinds: readonly Kind[],
  listings: Listings,
  early: EarlyReads,
): Promise<Reading> {
  const identified = identify(listings, kinds);
  const { changes, previous } = options;
  const untouched =
    changes && previous && reuseUntouched({ changes, previous, identified, listed: entitiesOf(listings) });
  const details = await readDetails(options, identified, { untouched, early });
  return { listings, identified, details, canonical: await inCanonicalForm(options, identified, details) };
}

/** The reading with what its objects refer to and no list has, and what that refers to in turn. */
async function readReferredToo(options: SweepOptions, kinds: readonly Kind[], listed: Reading): Promise<Reading> {
  const asked = new Set<string>();
  let reading = listed;
  for (;;) {
    const found = await readReferred(options, kinds, reading.canonical.unnamed, asked);
    if (found.size === 0) return reading;
    const listings = withFound(reading.listings, found);
    const identified = identify(listings, kinds);
    const known = [...reading.details].filter(([at]) => identified.kept.has(at));
    const before = new Set(known.map(([at]) => at));
    const kept = new Map([...identified.kept].filter(([at]) => !before.has(at)));
    const details = new Map([...known, ...(await readDetails(options, { kept, ids: identified.ids }))]);
    reading = { listings, identified, details, canonical: await inCanonicalForm(options, identified, details) };
  }
}

function inCanonicalForm(
  { kinds, members, placeholders }: SweepOptions,
  { kept, coordinateOfId }: Identified,
  details: Reading["details"],
): Promise<CanonicalRead> {
  return canonicalRead(kept, details, aboutPeople(coordinateOfId, kinds, members), placeholders);
}

function entitiesOf(listings: Listings): (kind: string) => Listing["entities"] {
  return (kind) => listings.get(kind)?.entities ?? [];
}

/** The kinds that are read: not those of people where only counts are wanted. */
export function selectKinds({ kinds, members }: Pick<SweepOptions, "kinds" | "members">): Kind[] {
  const withheld = withheldKinds(kinds, members);
  return [...kinds.values()].filter(({ name }) => !withheld.has(name));
}

/** What was read of an organisation. */
interface Reading {
  readonly listings: Listings;
  readonly identified: Identified;
  readonly details: ReadonlyMap<Coordinate, Detail>;
  readonly canonical: CanonicalRead;
}

function assemble(options: SweepOptions, reading: Reading, found: readonly Finding[]): Snapshot {
  const { identified, canonical } = reading;
  const { placeholders } = options;
  const { objects, state, revisions, findings } = canonical;
  const derived = derivedObjects(options.kinds, objects);
  const counts = countKinds(options.kinds, reading, derived);
  const all = new Map([...objects, ...derived]);
  // One count for a snapshot, whoever tells it: what is derived from other objects is part of it.
  options.sink({ event: "sweep-done", org: options.org.name, objects: all.size });
  return {
    org: { ...options.org, homeDivision: identified.homeDivision },
    region: options.region,
    complete: Object.values(counts).every((kind) => kind.incomplete === undefined),
    counts,
    objects: all,
    ids: identified.ids,
    revisions,
    state,
    findings: [...found, ...identified.findings, ...findings],
    ...(placeholders === undefined ? {} : { secretsKey: placeholders.keyId }),
  };
}

function countKinds(
  kinds: ReadonlyMap<string, Kind>,
  { listings, identified, details }: Reading,
  derived: ReadonlyMap<Coordinate, Obj>,
): Snapshot["counts"] {
  const kept = countByKind(identified.kept.keys());
  const read = countByKind(details.keys());
  const made = countByKind(derived.keys());
  return Object.fromEntries(
    [...kinds.keys()].sort().flatMap((name) => {
      const listing = listings.get(name);
      const derivedCount = made.get(name) ?? 0;
      if (listing === undefined) {
        return kinds.get(name)?.mode === "derived"
          ? [[name, { listed: derivedCount, read: derivedCount, kept: derivedCount }]]
          : [];
      }
      const skipped = identified.skipped.get(name);
      return [
        [
          name,
          defined({
            listed: listing.entities.length,
            read: (read.get(name) ?? 0) + sumOf(skipped),
            kept: kept.get(name) ?? 0,
            skipped,
            incomplete: listing.incomplete,
          }),
        ],
      ];
    }),
  );
}

function sumOf(counts: { readonly [reason: string]: number } | undefined): number {
  return Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);
}
