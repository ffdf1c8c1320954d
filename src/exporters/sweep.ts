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
import { canonicalRead } from "./canonical-read.ts";
import { identify, type Identified } from "./identify.ts";
import { listKinds, type Listing } from "./list-kinds.ts";
import type { Detail, SweepOptions } from "./options.ts";
import { readDetails } from "./read-details.ts";
import { reuseUntouched } from "./reuse-untouched.ts";

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
  const listings = await listKinds(options, kinds, narrow.reasons);
  const identified = identify(listings, kinds);
  const { changes, previous } = options;
  const untouched =
    changes && previous && reuseUntouched({ changes, previous, identified, listed: entitiesOf(listings) });
  const details = await readDetails(options, identified, untouched);
  const snapshot = await assemble(options, { listings, identified, details }, narrow.findings);
  const secrets = await secretFindings(snapshot.objects, options.placeholders);
  return { ...snapshot, findings: [...snapshot.findings, ...secrets] };
}

function entitiesOf(listings: ReadonlyMap<string, Listing>): (kind: string) => Listing["entities"] {
  return (kind) => listings.get(kind)?.entities ?? [];
}

/** The kinds that are read: not those of people where only counts are wanted. */
export function selectKinds({ kinds, members }: Pick<SweepOptions, "kinds" | "members">): Kind[] {
  const withheld = withheldKinds(kinds, members);
  return [...kinds.values()].filter(({ name }) => !withheld.has(name));
}

/** What was read of an organisation. */
interface Reading {
  readonly listings: ReadonlyMap<string, Listing>;
  readonly identified: Identified;
  readonly details: ReadonlyMap<Coordinate, Detail>;
}

async function assemble(options: SweepOptions, reading: Reading, found: readonly Finding[]): Promise<Snapshot> {
  const { identified, details } = reading;
  const coordinateOfId = aboutPeople(identified.coordinateOfId, options.kinds, options.members);
  const { placeholders } = options;
  const read = await canonicalRead(identified.kept, details, coordinateOfId, placeholders);
  const { objects, state, revisions, findings } = read;
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
