import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Ignore } from "../model/config.ts";
import { pointerCovers } from "../model/pointer.ts";
import type { Finding } from "../model/snapshot.ts";
import { matchesAny, nameMatcher } from "./glob.ts";
import type { NamesOfDesired } from "./name-index.ts";
import { concernsKind } from "./rules.ts";

/** Is a difference at this pointer of an object accepted? The empty pointer asks for the object as a whole. */
export type Ignored = (coordinate: Coordinate, path: string) => boolean;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The same rules by object: pointer patterns of what may differ, for who cannot ask difference by difference. */
export type IgnoredPatterns = (coordinate: Coordinate) => readonly string[];

/**
 * The accepted differences. A rule whose last day is over does nothing any more and is reported.
 * @param now days end at midnight UTC
 */
export function ignoresOf(
  ignores: readonly Ignore[],
  names: NamesOfDesired,
  now: Date,
): { readonly ignored: Ignored; readonly patterns: IgnoredPatterns; readonly findings: readonly Finding[] } {
  const rules = ignores
    .filter((rule) => !hasExpired(rule, now))
    .map((rule) => ({ ...rule, matches: nameMatcher(rule.name) }));
  const ignored: Ignored = (coordinate, path) => {
    const { kind } = splitCoordinate(coordinate);
    const about = rules.filter((rule) => concernsKind(rule, kind) && pointerCovers(rule.path, path));
    if (about.length === 0) return false;
    const called = names(coordinate);
    return about.some(({ matches }) => matchesAny(matches, called));
  };
  const patterns: IgnoredPatterns = (coordinate) => {
    const { kind } = splitCoordinate(coordinate);
    const about = rules.filter((rule) => concernsKind(rule, kind));
    if (about.length === 0) return [];
    const called = names(coordinate);
    return [...new Set(about.flatMap(({ path, matches }) => (matchesAny(matches, called) ? [path] : [])))].sort();
  };
  return { ignored, patterns, findings: ignores.filter((rule) => hasExpired(rule, now)).map(expired) };
}

function hasExpired({ until }: Ignore, now: Date): boolean {
  return until !== undefined && now.getTime() >= Date.parse(`${until}T00:00:00Z`) + DAY_MS;
}

function expired({ kind, name, path, reason, until }: Ignore): Finding {
  const message = `The ignore rule ended on ${until ?? ""} and is not applied any more; its reason was: ${reason}`;
  return { code: "ignore-expired", coordinate: coordinateOf(kind, name), path, message };
}
