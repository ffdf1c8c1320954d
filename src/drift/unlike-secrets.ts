import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Json } from "../model/json.ts";
import { placeholderKeys } from "../model/placeholders.ts";
import { pointerCovers } from "../model/pointer.ts";
import type { Edit } from "../model/report.ts";
import type { Finding } from "../model/snapshot.ts";
import type { Comparison } from "./compare.ts";
import { objectEdits } from "./edits.ts";

/** A comparison without the places that cannot be compared, and a finding for each of those. */
export interface ComparableSecrets {
  readonly comparison: Comparison;
  readonly findings: readonly Finding[];
}

/**
 * Leaves out of a comparison the places with placeholders that the other side has no counterpart for, because it has those of
 * another key or the secrets themselves: nothing tells whether the two are equal. Such a place stays as the standby has it.
 * @param key id of the key that both sides have their placeholders of, if they do
 */
export function comparableSecrets(comparison: Comparison, key: string | undefined): ComparableSecrets {
  const isOther = (value: Json | undefined): boolean =>
    value !== undefined && [...placeholderKeys(value)].some((one) => one !== key);
  const isUnlike = ({ before, after }: Edit): boolean =>
    before !== undefined && after !== undefined && (isOther(before) || isOther(after));
  const places = new Map<Coordinate, string[]>();
  for (const [coordinate, desired] of comparison.desired) {
    const current = comparison.current.get(comparison.renamed.get(coordinate) ?? coordinate);
    const kind = comparison.kinds.get(splitCoordinate(coordinate).kind);
    if (current === undefined || kind === undefined || desired === current) continue;
    if (!isOther(desired) && !isOther(current)) continue;
    const open = objectEdits(kind, current, desired)
      .filter(isUnlike)
      .map(({ path }) => path);
    const told = open.filter((path) => !comparison.ignored(coordinate, path));
    if (told.length > 0) places.set(coordinate, told);
  }
  const isLeftOut = (at: Coordinate, path: string): boolean =>
    places.get(at)?.some((place) => pointerCovers(place, path)) === true;
  const findings = [...places].flatMap(([coordinate, paths]) => paths.map((path) => finding(coordinate, path)));
  const ignored: Comparison["ignored"] = (at, path) => comparison.ignored(at, path) || isLeftOut(at, path);
  return { comparison: places.size === 0 ? comparison : { ...comparison, ignored }, findings };
}

function finding(coordinate: Coordinate, path: string): Finding {
  return {
    code: "secret-not-comparable",
    coordinate,
    path,
    message: "Cannot be compared, because the two sides do not have placeholders of one key; the standby's value stays",
  };
}
