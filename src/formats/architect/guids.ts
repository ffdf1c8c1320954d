import { isScalar } from "yaml";
import { scalarText } from "./data.ts";
import type { FlowPlace } from "./place.ts";
import type { Site } from "./site.ts";
import { holderOf } from "./surroundings.ts";
import { kindFound, kindOfKey } from "./vocabulary.ts";

const GUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

const GUID_LENGTH = 36;

/** Below these keys ids belong to the flow itself: the language model of a bot (architect-yaml §8). */
const OWN_IDS: ReadonlySet<string> = new Set(["nluDomainVersion", "referencedObjects"]);

/** Keys whose text may hold a GUID that is part of a name or generated (architect-yaml §8). */
const NOT_IDS: ReadonlySet<string> = new Set(["name", "refId", "trackingId", "description", "division"]);

/**
 * Ids written out in a flow: wrong in any other organisation, and nothing on import can notice (architect-yaml §8).
 * The kind is a guess from the key (`queueId`, `QUEUE_ID`), `unknown` without one.
 */
export function guidSites(place: FlowPlace): Site[] {
  const { key, node: scalar } = place;
  if (!isScalar(scalar) || key === undefined || NOT_IDS.has(key) || key.endsWith("Ref")) return [];
  const text = scalarText(scalar);
  const matches = text.length < GUID_LENGTH ? [] : [...text.matchAll(GUID)];
  if (matches.length === 0 || isInside(place, OWN_IDS)) return [];
  const kind = kindGuessed(holderOf(place));
  return matches.map((match) => {
    const span: [number, number] = [match.index, match.index + match[0].length];
    return { kind, name: match[0], form: "guid", place, scalar, span };
  });
}

function kindGuessed(holder: FlowPlace | undefined): string {
  return kindFound(holder?.parent?.key ?? "")?.kind ?? kindOfKey(holder?.key ?? "") ?? "unknown";
}

function isInside(place: FlowPlace, keys: ReadonlySet<string>): boolean {
  for (let at: FlowPlace | undefined = place; at; at = at.parent)
    if (at.key !== undefined && keys.has(at.key)) return true;
  return false;
}
