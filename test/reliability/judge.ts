import type { Condition } from "./conditions.ts";
import { isWrite, type Ended } from "./process.ts";
import { living, pictureOf, twinsIn, unequal, type Picture, type rawOf } from "./reader.ts";

type State = Awaited<ReturnType<typeof rawOf>>;

/** What one run of a command left behind. */
export interface Evidence {
  readonly ended: Ended;
  /** Raw states. */
  readonly before: State;
  readonly standby: State;
  readonly primary: State;
  readonly primaryTouched: boolean;
  readonly log: readonly { readonly org: string | null; readonly method: string; readonly path: string }[];
}

/** Objects that are there in the end, by address, and what they are called then or were called at first. */
export type KeptObjects = ReadonlyMap<string, readonly string[]>;

/** What it has to come to. */
interface Expected {
  readonly exit: number | null;
  readonly final: Picture;
  readonly kept: KeptObjects;
  /** The run that the expectation itself comes from: the primary is the measure. */
  readonly isReference?: boolean;
  /** Nothing may be left to do. */
  readonly isLast?: boolean;
}

interface Document {
  readonly error?: { readonly code: string };
  readonly verified?: boolean;
  readonly writes?: number;
  readonly [list: string]: unknown;
}

/** What is wrong about a run, in words: nothing is taken from what the command says about itself. */
export function judge(evidence: Evidence, expected: Expected, condition: Condition): string[] {
  return [
    ...primaryLeftAlone(evidence),
    ...nothingTwice(evidence),
    ...nothingLost(evidence, expected),
    ...(evidence.ended.exit === null ? [] : truth(evidence, expected, condition)),
  ];
}

function primaryLeftAlone({ log, primaryTouched }: Evidence): string[] {
  const writes = log.filter((line) => line.org === "primary" && writesApi(line));
  return [
    ...writes.map(({ method, path }) => `the primary got ${method} ${path}`),
    ...(primaryTouched ? ["the primary changed"] : []),
  ];
}

function writesApi({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return path.startsWith("/api/") && isWrite({ method, url: path });
}

function nothingTwice({ before, standby, primary }: Evidence): string[] {
  const known = [twinsIn(before), twinsIn(primary)];
  return [...twinsIn(standby)]
    .filter(([twin, count]) => known.every((twins) => (twins.get(twin) ?? 1) < count))
    .map(([twin, count]) => `the standby has ${String(count)} times: ${twin}`);
}

/** Address → name of objects that are there. */
function liveObjects(state: State): Map<string, string> {
  return new Map(
    Object.entries(living(state))
      .filter(([path]) => !/\/(files|jobs|versions)\//.test(path))
      .map(([path, { name }]) => [path, JSON.stringify(name) ?? ""]),
  );
}

/** @param first what was there before lockstep did anything @param last what is there in the end */
export function keptObjects(first: State, last: State): KeptObjects {
  const names = liveObjects(first);
  return new Map([...liveObjects(last)].map(([path, name]) => [path, [name, names.get(path) ?? name]]));
}

function nothingLost({ before, standby }: Evidence, { kept, isReference }: Expected): string[] {
  if (isReference === true) return [];
  const now = liveObjects(standby);
  return [...liveObjects(before)]
    .filter(([path, name]) => !now.has(path) && kept.get(path)?.includes(name) === true)
    .map(([path, name]) => `the standby lost ${path} ${name}`);
}

/** Exit code and document against what is the case. */
function truth(evidence: Evidence, expected: Expected, condition: Condition): string[] {
  const { ended } = evidence;
  const document = documentOf(ended);
  if (document === undefined)
    return [`stdout is not one JSON document: ${ended.stdout.slice(0, 200)} ${ended.stderr.slice(0, 300)}`];
  const { error, verified, writes } = document;
  const lists = ["failures", "unequal", "unchecked"].filter((name) => lengthOf(document[name]) > 0);
  const isBlocked = lengthOf(document["blocked"]) > 0;
  const wrong: string[] = [];
  if (error !== undefined) {
    if (ended.exit !== 1 && ended.exit !== 3) wrong.push(`exit ${String(ended.exit)} with error ${error.code}`);
    if (error.code === "internal-error") wrong.push(`internal error: ${ended.stdout.slice(0, 400)}`);
    return wrong.concat(reached(evidence, expected, condition, false));
  }
  const exit = lists.length > 0 ? 4 : isBlocked ? 2 : 0;
  if (ended.exit !== exit)
    wrong.push(`exit ${String(ended.exit)} with ${JSON.stringify(lists)}, blocked ${String(isBlocked)}`);
  if (verified !== (exit === 0)) wrong.push(`verified is ${String(verified)} at exit ${String(ended.exit)}`);
  if (writes !== ended.writes) wrong.push(`tells ${String(writes)} writes of ${String(ended.writes)}`);
  // A sick primary is answered for by what was last read of it, and the document says so.
  const isStandIn = JSON.stringify(document["findings"] ?? []).includes('"source-stand-in"');
  return wrong.concat(reached(evidence, expected, condition, verified === true && !isStandIn));
}

function reached(
  { ended, standby, primary, log }: Evidence,
  { final, exit, isReference, isLast }: Expected,
  condition: Condition,
  verified: boolean,
): string[] {
  const wrong: string[] = [];
  const picture = pictureOf(standby);
  const told = `exit ${String(ended.exit)}: ${ended.stdout.slice(0, 700)}`;
  if (verified) wrong.push(...unequal(final, picture).map((path) => `called verified, and it should be ${path}`));
  if (isReference === true && condition === "none") {
    // What the platform has no operation for is told, and is all that is left.
    if (!verified && !isUpToThePlatform(ended)) wrong.push(`does not come to an end: ${told}`);
    if (verified)
      wrong.push(...unequal(pictureOf(primary), picture).map((path) => `differs from the primary: ${path}`));
  }
  if (isLast === true) {
    if (ended.exit !== exit) wrong.push(`is not over: ${told}`);
    const writes = log.filter((line) => line.org === "standby" && writesApi(line));
    wrong.push(...writes.map(({ method, path }) => `still writes ${method} ${path}`));
    wrong.push(...unequal(final, picture).map((path) => `another outcome: ${path}`));
  }
  return wrong;
}

/** What the platform cannot do, or does in its own way, as a run tells it at last. */
const PLATFORM = new Set(["not-writable", "platform-keeps-value", "names-exchanged", "blocked-by"]);

function isUpToThePlatform(ended: Ended): boolean {
  const { blocked } = documentOf(ended) ?? {};
  return (
    ended.exit === 2 && Array.isArray(blocked) && blocked.every(({ code }: { code: string }) => PLATFORM.has(code))
  );
}

/** Did everything succeed and come back as something else? Only a second run can tell that the platform keeps its own value. */
export function cameBackOtherwise(ended: Ended): boolean {
  const document = documentOf(ended);
  return ended.exit === 4 && lengthOf(document?.["failures"]) === 0 && lengthOf(document?.["unchecked"]) === 0;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function documentOf({ stdout }: Ended): Document | undefined {
  try {
    return JSON.parse(stdout) as Document;
  } catch {
    return undefined;
  }
}
