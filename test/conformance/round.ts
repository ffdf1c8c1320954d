import type { FoundDrift } from "../../src/app/find-drift.ts";
import { splitCoordinate } from "../../src/model/coordinate.ts";
import type { Json } from "../../src/model/json.ts";
import { pointerCovers, valueAt } from "../../src/model/pointer.ts";
import type { Edit } from "../../src/model/report.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { goesAlong } from "./by-hand.ts";
import { change, type Outcome, type Target } from "./edit-round.ts";
import { rawState, type Body, type Office } from "./office.ts";

/** Both organisations, as they were seen last. */
export interface Pair {
  primary: Snapshot;
  standby: Snapshot;
}

/** What a round of changes showed. */
export interface Round {
  readonly outcomes: readonly Outcome[];
  /** Changes that the comparison does not name, though no entry of the schema excludes them. */
  readonly dropped: readonly Outcome[];
  /** Edits that nobody made. */
  readonly strange: readonly { readonly coordinate: string; readonly action: string; readonly edit?: Edit }[];
  readonly failures: readonly unknown[];
  /** Differences after the apply. */
  readonly left: readonly string[];
  /** Values that did not arrive in the standby as the primary has them. */
  readonly lost: readonly string[];
  /** Entities of the standby that changed and are not about an object of the plan. */
  readonly collateral: readonly string[];
}

/** Changes these values one at a time, past lockstep. */
export async function changeAll(office: Office, pair: Pair, targets: readonly Target[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const target of targets) outcomes.push(await change(office, pair.primary, target));
  return outcomes;
}

/** Lets something change the primary past lockstep, compares, applies, and looks at what became of both organisations. */
export async function play(office: Office, pair: Pair, act: () => Promise<readonly Outcome[]>): Promise<Round> {
  const outcomes = await act();
  pair.primary = await office.snapshot("primary", pair.primary);
  const drift = await office.drift(pair.primary, pair.standby);
  const wanted = outcomes.filter(({ result, excluded }) => result === "changed" && excluded === undefined);
  const before = await rawState(office, "standby");
  const plan = office.plan(drift);
  const applied = await office.apply(plan);
  const after = await rawState(office, "standby");
  pair.standby = await office.snapshot("standby", pair.standby);
  const planned = new Set(plan.operations.map(({ coordinate }) => pair.standby.ids.get(coordinate) ?? coordinate));
  const { report } = await office.drift(pair.primary, pair.standby);
  return {
    outcomes,
    dropped: wanted.filter((outcome) => !isNamed(outcome, drift)),
    strange: strangeEdits(wanted, drift),
    failures: [...applied.failures, ...applied.unequal, ...plan.blocked],
    left: report.changes.map(({ coordinate }) => coordinate),
    lost: await lostValues(office, pair, wanted),
    collateral: changedPaths(before, after).filter(
      (path) => !path.split("/").some((part) => planned.has(part)) && !goesAlong(path, after[path], planned),
    ),
  };
}

function near(a: string, b: string): boolean {
  return pointerCovers(a, b) || pointerCovers(b, a);
}

function isNamed({ coordinate, pointer }: Outcome, { report }: FoundDrift): boolean {
  return report.changes.some(
    (found) => found.coordinate === coordinate && found.edits.some(({ path }) => near(path, pointer)),
  );
}

function strangeEdits(wanted: readonly Outcome[], { report }: FoundDrift): Round["strange"] {
  return report.changes.flatMap(({ coordinate, action, edits }): Round["strange"] => {
    const own = wanted.filter((outcome) => outcome.coordinate === coordinate);
    if (action !== "update") return [{ coordinate, action }];
    return edits
      .filter((edit) => !own.some(({ pointer }) => near(edit.path, pointer) || follows(edit.path, pointer)))
      .map((edit) => ({ coordinate, action, edit }));
  });
}

/**
 * An export of a flow's YAML shows the division and the description that the flow has (genesys-api §8.4); a skill group's own
 * division is one of its member divisions (official provider).
 */
function follows(path: string, pointer: string): boolean {
  if (path.startsWith("/memberDivisions/")) return pointer === "/division";
  return /^\/yaml\/[^/]+\/(division|description)$/.exec(path)?.[1] === pointer.slice(1);
}

/** Plain values, read again in the standby past lockstep. */
async function lostValues(office: Office, pair: Pair, wanted: readonly Outcome[]): Promise<string[]> {
  const idOf = new Map([...pair.primary.ids].map(([coordinate, id]) => [id, pair.standby.ids.get(coordinate) ?? ""]));
  const lost: string[] = [];
  for (const { name, plain } of wanted) {
    if (plain === undefined) continue;
    const address = plain.address.replaceAll(/[^/?]+/g, (part) => idOf.get(part) ?? part);
    const found = await office.admin.standby("GET", address);
    const value = valueAt(found as Json, plain.pointer);
    const now = valueAt((await office.admin.primary("GET", plain.address)) as Json, plain.pointer);
    if (value !== now) lost.push(`${name}: ${JSON.stringify(now)} is ${JSON.stringify(value)} in the standby`);
  }
  return lost;
}

/** Configuration that is another one than before. Versions, files and jobs come with every publication. */
function changedPaths(before: Readonly<Record<string, Body>>, after: Readonly<Record<string, Body>>): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((path) => JSON.stringify(before[path]) !== JSON.stringify(after[path]));
}

/** Kinds of which at least one value was changed and named. */
export function kindsOf(outcomes: readonly Outcome[]): string[] {
  const kinds = outcomes
    .filter(({ result, excluded }) => result === "changed" && excluded === undefined)
    .map(({ coordinate }) => splitCoordinate(coordinate).kind);
  return [...new Set(kinds)].sort();
}
