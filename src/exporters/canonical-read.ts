import type { Coordinate } from "../model/coordinate.ts";
import { sortKeys, type Json, type Obj } from "../model/json.ts";
import type { Placeholders } from "../model/placeholders.ts";
import type { Finding } from "../model/snapshot.ts";
import { hideSecrets } from "../canonical/hide-secrets.ts";
import { normalise, type CoordinateOfId, type Unnamed } from "../canonical/normalise.ts";
import { stampsOf } from "./stamps.ts";
import type { Identified } from "./identify.ts";
import type { Detail } from "./options.ts";

/** Stands for an object of which nothing was read. */
const NOTHING = { object: {}, state: {}, findings: [], unnamed: [] };

/** What was read of an organisation, in canonical form. */
export interface CanonicalRead {
  readonly objects: ReadonlyMap<Coordinate, Obj>;
  readonly state: ReadonlyMap<Coordinate, { readonly [pointer: string]: Json }>;
  readonly revisions: ReadonlyMap<Coordinate, { readonly [part: string]: string }>;
  readonly findings: readonly Finding[];
  /** What is referred to and nothing names. */
  readonly unnamed: readonly Unnamed[];
}

/**
 * Brings objects into canonical form with what lists leave out of them; those without it were not read.
 * @param placeholders given where secrets are not kept; what is taken from an earlier snapshot has them already
 */
export async function canonicalRead(
  kept: Identified["kept"],
  details: ReadonlyMap<Coordinate, Detail>,
  coordinateOfId: CoordinateOfId,
  placeholders: Placeholders | undefined,
): Promise<CanonicalRead> {
  const read = [...kept].flatMap(([coordinate, { kind }]) => {
    const detail = details.get(coordinate);
    if (detail === undefined || kind.mode === "map") return [];
    const canonical = detail.whole === undefined ? normalise(kind, coordinate, detail.entity, coordinateOfId) : NOTHING;
    return [{ coordinate, kind, detail, ...canonical }];
  });
  const shown = await hideSecrets(read, placeholders);
  const objects = new Map<Coordinate, Obj>();
  const state = new Map<Coordinate, { readonly [pointer: string]: Json }>();
  const revisions = new Map<Coordinate, { readonly [part: string]: string }>();
  const findings: Finding[] = [];
  read.forEach(({ coordinate, kind, detail }, at) => {
    const canonical = shown[at];
    if (canonical === undefined) return;
    objects.set(coordinate, sortKeys(detail.whole ?? { ...canonical.object, ...detail.cached }));
    const set = { ...canonical.state, ...detail.state, ...detail.counts };
    if (Object.keys(set).length > 0) state.set(coordinate, set);
    const revised = { ...detail.revisions, ...stampsOf(kind, detail.entity) };
    if (Object.keys(revised).length > 0) revisions.set(coordinate, revised);
    findings.push(...canonical.findings);
  });
  return { objects, state, revisions, findings, unnamed: read.flatMap(({ unnamed }) => unnamed) };
}
