import type { Override, Rename } from "../../model/config.ts";
import { splitCoordinate, type Coordinate } from "../../model/coordinate.ts";
import { groupBy } from "../../model/group-by.ts";
import type { Json } from "../../model/json.ts";
import { patternProblem, rewriteBy } from "../../model/name-pattern.ts";
import type { DriftChange } from "../../model/report.ts";
import { exactly } from "../../pairing/glob.ts";

/** A rename that would explain what is missing beside what is extra. */
export interface RenameProposal {
  readonly rule: Rename;
  /** What it pairs, by key. */
  readonly pairs: readonly { readonly from: string; readonly to: string }[];
}

/** Values that would stay as they are in the standby, because each names a host of its own. */
export interface OverrideProposal {
  readonly primaryHost: string;
  readonly standbyHost: string;
  readonly rules: readonly Override[];
}

/** What is compared: the differences, and what both organisations have under the same name. */
export interface Seen {
  readonly changes: readonly DriftChange[];
  readonly common: readonly Coordinate[];
}

/** Pairs that a pattern has to explain before it is proposed: one could be chance. */
const FEWEST_PAIRS = 2;

/**
 * Looks for one part of the names of a kind that differs from one organisation to the other, such as eight `*-PROD` missing beside eight
 * `*-STANDBY` extra. What is ambiguous is left out: a wrong rename is worse than none. No object is in two pairs.
 */
export function proposeRenames({ changes, common }: Seen): RenameProposal[] {
  const missing = keysByKind(changes, "create");
  const extra = keysByKind(changes, "delete");
  const both = groupBy(common, (at) => splitCoordinate(at).kind);
  return [...missing].flatMap(([kind, keys]) => {
    const kept = (both.get(kind) ?? []).map((at) => splitCoordinate(at).key);
    return renamesOfKind(kind, keys, extra.get(kind) ?? [], kept);
  });
}

function keysByKind(changes: readonly DriftChange[], action: DriftChange["action"]): Map<string, string[]> {
  const keys = new Map<string, string[]>();
  for (const change of changes.filter((each) => each.action === action)) {
    const { kind, key } = splitCoordinate(change.coordinate);
    keys.set(kind, [...(keys.get(kind) ?? []), key]);
  }
  return keys;
}

/** A first or last word of a name that becomes another one. */
interface Swap {
  readonly place: "first" | "last";
  readonly from: string;
  readonly to: string;
}

interface SwappedPair {
  readonly swap: Swap;
  readonly from: string;
  readonly to: string;
}

function renamesOfKind(
  kind: string,
  missing: readonly string[],
  extra: readonly string[],
  common: readonly string[],
): RenameProposal[] {
  const pairs = missing.flatMap((from) =>
    extra.flatMap((to) => swapsBetween(from, to).map((swap) => ({ swap, from, to }))),
  );
  const groups = [...groupBy(pairs, ({ swap }) => JSON.stringify(swap)).values()];
  const largest = groups.sort((a, b) => b.length - a.length || (keyOf(a) < keyOf(b) ? -1 : 1));
  const [taken, given] = [new Set<string>(), new Set<string>()];
  return largest.flatMap((group): RenameProposal[] => {
    const free = group.filter(({ from, to }) => !taken.has(from) && !given.has(to));
    const [first] = free;
    if (first === undefined || free.length < FEWEST_PAIRS) return [];
    const { pattern, replace } = patternOf(first.swap);
    if (patternProblem(pattern, replace) !== undefined) return [];
    const rewrite = rewriteBy(pattern, replace);
    // A pattern renames whatever it matches: not also what has the same name on both sides.
    if (common.some((key) => rewrite(nameOf(key)) !== undefined)) return [];
    for (const { from, to } of free) {
      taken.add(from);
      given.add(to);
    }
    return [{ rule: { kind, pattern, replace }, pairs: free.map(({ from, to }) => ({ from, to })) }];
  });
}

function keyOf([first]: readonly SwappedPair[]): string {
  return JSON.stringify(first?.swap);
}

/** The name in a key: a flow's follows its type. */
function nameOf(key: string): string {
  return key.slice(prefixOf(key).length);
}

function prefixOf(key: string): string {
  return /^[a-z]+:(?=.)/.exec(key)?.[0] ?? "";
}

const SEPARATOR = /[-_ .]/;

/** How the name of one key becomes that of another by its first or its last word; the rest, with the separator, has to be there. */
function swapsBetween(fromKey: string, toKey: string): Swap[] {
  if (prefixOf(fromKey) !== prefixOf(toKey)) return [];
  const [from, to] = [nameOf(fromKey), nameOf(toKey)];
  const [last, first] = [endingAt(from, to), startingAt(from, to)];
  return [
    ...(last === undefined ? [] : [{ place: "last" as const, ...last }]),
    ...(first === undefined ? [] : [{ place: "first" as const, ...first }]),
  ];
}

function endingAt(from: string, to: string): { from: string; to: string } | undefined {
  const [a, b] = [from, to].map((name) => name.search(/[-_ .][^-_ .]+$/));
  if (a === undefined || b === undefined || a <= 0 || a !== b || from.slice(0, a) !== to.slice(0, b)) return undefined;
  return { from: from.slice(a), to: to.slice(b) };
}

function startingAt(from: string, to: string): { from: string; to: string } | undefined {
  const [a, b] = [from, to].map((name) => name.search(SEPARATOR) + 1);
  if (a === undefined || b === undefined || a <= 1 || b <= 1) return undefined;
  const isSame = from.slice(a) === to.slice(b) && from.length > a;
  return isSame ? { from: from.slice(0, a), to: to.slice(0, b) } : undefined;
}

function patternOf({ place, from, to }: Swap): { readonly pattern: string; readonly replace: string } {
  const [text, put] = [
    from.replace(/[\\^$.*+?()[\]{}|/-]/g, (mark) => (mark === "-" ? mark : `\\${mark}`)),
    to.replaceAll("$", "$$$$"),
  ];
  return place === "last"
    ? { pattern: `(.*)${text}`, replace: `$1${put}` }
    : { pattern: `${text}(.*)`, replace: `${put}$1` };
}

/** Looks for values that name a host in both organisations, where one label of the host differs: each side has a system of its own. */
export function proposeOverrides({ changes }: Pick<Seen, "changes">): OverrideProposal[] {
  const proposals = new Map<string, OverrideProposal>();
  for (const { coordinate, action, edits } of changes) {
    if (action !== "update") continue;
    const { kind, key } = splitCoordinate(coordinate);
    for (const { path, before, after } of edits) {
      const hosts = hostsThatDiffer(after, before);
      if (hosts === undefined) continue;
      const id = JSON.stringify(hosts);
      const rules = proposals.get(id)?.rules ?? [];
      const rule: Override = { kind, name: exactly(nameOf(key)), path, value: before ?? null };
      proposals.set(id, { ...hosts, rules: [...rules, rule] });
    }
  }
  return [...proposals.values()];
}

type Hosts = Pick<OverrideProposal, "primaryHost" | "standbyHost">;

/** The hosts of two values that are the same but for one label of the host. */
function hostsThatDiffer(primary: Json | undefined, standby: Json | undefined): Hosts | undefined {
  if (typeof primary !== "string" || typeof standby !== "string") return undefined;
  const [ours, theirs] = [addressIn(primary), addressIn(standby)];
  if (ours === undefined || theirs === undefined || ours.rest !== theirs.rest) return undefined;
  const [left, right] = [ours.host.split("."), theirs.host.split(".")];
  const different = left.filter((label, at) => label !== right[at]);
  if (left.length !== right.length || different.length !== 1) return undefined;
  return { primaryHost: ours.host, standbyHost: theirs.host };
}

/** A host of three labels or more, alone or in a URL, and what is around it. */
function addressIn(text: string): { readonly host: string; readonly rest: string } | undefined {
  const found =
    /^((?:[a-z][a-z0-9+.-]*:\/\/)?)([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z0-9-]+\.[a-z][a-z0-9-]*)((?::\d+)?(?:[/?#].*)?)$/is.exec(
      text,
    );
  if (found === null) return undefined;
  const [, scheme = "", host = "", after = ""] = found;
  return { host: host.toLowerCase(), rest: `${scheme} ${after}` };
}
