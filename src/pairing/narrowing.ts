import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import type { Kind } from "../model/kind.ts";
import type { Narrowing } from "../model/narrowing.ts";
import { didYouMean } from "../model/suggest.ts";
import { matchesAny, nameMatcher, type NameMatch } from "./glob.ts";
import { namesOfKey } from "./identity.ts";

/** A narrowing in one organisation. */
export interface Narrowed {
  /** Is the object one that was asked for? */
  selects(coordinate: Coordinate): boolean;
  /**
   * Kinds whose list may hold something that was asked for and is not among these coordinates: globs may always match more, a
   * name that is known may not.
   */
  unlisted(known: readonly Coordinate[]): ReadonlySet<string>;
}

/** Other names of an object, such as those that it has in the other organisation. */
export type OtherNames = (coordinate: Coordinate) => readonly Coordinate[];

/**
 * Checks what a command line narrows a command to.
 * @returns undefined where it narrows nothing
 * @throws LockstepError `unknown-kind`, `nothing-selected`
 */
export function checkedNarrowing(narrowing: Narrowing, kinds: ReadonlyMap<string, Kind>): Narrowing | undefined {
  const { only, kinds: named } = narrowing;
  if (only.length === 0 && named.length === 0) return undefined;
  const unknown = named.find((name) => !kinds.has(name));
  if (unknown !== undefined) throw unknownKind(unknown, kinds);
  for (const pattern of only) {
    if (!pattern.includes("/")) throw unknownKind(pattern, kinds);
    const { kind } = splitCoordinate(pattern);
    if (![...kinds.keys()].some(nameMatcher(kind))) throw unknownKind(kind, kinds);
  }
  const readable = [...kinds.values()].filter(({ read }) => read !== undefined);
  if (!readable.some(({ name }) => patternsFor(narrowing, name).length > 0)) throw nothingSelected();
  return narrowing;
}

function unknownKind(name: string, kinds: ReadonlyMap<string, Kind>): LockstepError {
  const meant = didYouMean(name, kinds.keys());
  const hint = `${meant} An object is named as kind/name, such as queue/Billing; \`lockstep kinds\` lists the kinds.`;
  return new LockstepError("unknown-kind", `There is no kind ${JSON.stringify(name)}`, hint.trim());
}

function nothingSelected(): LockstepError {
  return new LockstepError(
    "nothing-selected",
    "Nothing that is read from an organisation can be both in --only and of a --kind",
    "Name kinds that are not derived from others; `lockstep kinds` tells which are.",
  );
}

interface Pattern {
  readonly matches: NameMatch;
  readonly isExact: boolean;
}

/** What the names of a kind's objects have to match. */
function patternsFor({ only, kinds }: Narrowing, kind: string): Pattern[] {
  if (kinds.length > 0 && !kinds.includes(kind)) return [];
  if (only.length === 0) return [{ matches: () => true, isExact: false }];
  return only.flatMap((pattern) => {
    const { kind: ofKind, key } = splitCoordinate(pattern);
    return nameMatcher(ofKind)(kind) ? [{ matches: nameMatcher(key), isExact: !/[*?[{\\]/.test(key) }] : [];
  });
}

/**
 * The narrowing in one organisation.
 * @param otherNames names by which its objects may be asked for as well
 * @param expected what it should have because the other organisation has it
 */
export function narrowTo(
  narrowing: Narrowing,
  kinds: ReadonlyMap<string, Kind>,
  otherNames: OtherNames = () => [],
  expected: readonly Coordinate[] = [],
): Narrowed {
  const patterns = new Map([...kinds.keys()].map((kind) => [kind, patternsFor(narrowing, kind)]));
  const namesOf = (coordinate: Coordinate): string[] =>
    [coordinate, ...otherNames(coordinate)].flatMap((each) => namesOfKey(splitCoordinate(each).key));
  const selecting = (coordinate: Coordinate): Pattern[] => {
    const ofKind = patterns.get(splitCoordinate(coordinate).kind) ?? [];
    if (ofKind.length === 0) return [];
    const names = namesOf(coordinate);
    return ofKind.filter(({ matches }) => matchesAny(matches, names));
  };
  return {
    selects: (coordinate) => selecting(coordinate).length > 0,
    unlisted: (known) => {
      const found = new Set(known.flatMap(selecting));
      const held = new Set(known);
      const missing = expected.filter((coordinate) => !held.has(coordinate) && selecting(coordinate).length > 0);
      const missed = new Set(missing.map((coordinate) => splitCoordinate(coordinate).kind));
      const open = [...patterns].filter(
        ([kind, all]) =>
          kinds.get(kind)?.read !== undefined &&
          (missed.has(kind) || all.some((pattern) => !pattern.isExact || !found.has(pattern))),
      );
      return new Set(open.map(([kind]) => kind));
    },
  };
}
