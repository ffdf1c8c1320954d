import { KINDS } from "../../src/kinds/index.ts";
import { splitCoordinate, type Coordinate } from "../../src/model/coordinate.ts";
import type { Kind } from "../../src/model/kind.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { furnish } from "../conformance/companions.ts";
import { openOffice, type Office } from "../conformance/office.ts";
import { SECRETS } from "../conformance/settings.ts";
import { addSimpleObjects } from "./simple-objects.ts";
import {
  closure,
  idsOf,
  needsOf,
  orgOf,
  restoreWorlds,
  saveWorlds,
  shrink,
  SIDES,
  type Worlds,
} from "./small-world.ts";

/** Both organisations in step, with two objects of one kind and what those need; nothing else. */
export interface SmallWorld {
  readonly kind: Kind;
  /** The object that cases are about, and another of its kind, of the same sort. */
  readonly one: Coordinate;
  readonly other: Coordinate;
  readonly worlds: Worlds;
  readonly primary: Snapshot;
  readonly standby: Snapshot;
}

/** The laboratory: two full organisations in step, from which small worlds are cut. */
export interface Lab {
  readonly office: Office;
  readonly smallWorld: (kind: string) => SmallWorld;
}

/** Kinds that cases are about. */
export const WRITABLE: readonly Kind[] = [...KINDS.values()].filter(({ mode }) => mode === "write");

/** Numbers are assigned from pools, which objects name nowhere. */
const POOLS = "did-pool";

/** Opens the laboratory: some seconds of work. */
export async function openLab(): Promise<Lab> {
  const office = await openOffice({ ...SECRETS, guards: { maxUpdates: OPEN, maxDeletes: OPEN } });
  const { simulator } = office;
  const initial = new Map(SIDES.map((side) => [side, idsOf(simulator, side)]));
  await furnish(office);
  await addSimpleObjects(office);
  const primary = await office.snapshot("primary");
  await inStep(office, primary);
  const standby = await office.snapshot("standby");
  const full = saveWorlds(simulator);
  const needs = needsOf(primary);
  const given = [...primary.ids].flatMap(([coordinate, id]) => (initial.get("primary")?.has(id) ? [coordinate] : []));
  const smallWorld = (name: string): SmallWorld => {
    const kind = KINDS.get(name);
    const { one, other } = twoOf(primary, name, needs);
    if (kind === undefined) throw new Error(`no kind ${name}`);
    const kept = closure([one, other, ...poolsFor(kind, primary), ...given], needs);
    restoreWorlds(simulator, full);
    for (const side of SIDES) {
      const { ids } = side === "primary" ? primary : standby;
      const keep = [...kept].flatMap((coordinate) => ids.get(coordinate) ?? []);
      shrink(simulator, side, new Set([...keep, ...(initial.get(side) ?? [])]));
      orgOf(simulator, side).state.pending = [];
    }
    return { kind, one, other, worlds: saveWorlds(simulator), primary, standby };
  };
  return { office, smallWorld };
}

/** Brings the standby in step. What several runs need is a matter of the cases, not of the laboratory. */
async function inStep(office: Office, primary: Snapshot): Promise<void> {
  for (let run = 1; run <= 3; run += 1) {
    const drift = await office.drift(primary, await office.snapshot("standby"));
    const { failures, blocked, verified } = await office.apply(office.plan(drift));
    if (verified) return;
    if (run === 3) throw new Error(JSON.stringify({ failures, blocked }));
  }
}

const OPEN = { percent: 100, minimum: 1000 };

function poolsFor({ numbers }: Kind, { objects }: Snapshot): Coordinate[] {
  return numbers === undefined ? [] : [...objects.keys()].filter((at) => splitCoordinate(at).kind === POOLS);
}

/** The two that need least, of those that differ least: of one sort, and below one parent. */
function twoOf(
  { objects, org }: Snapshot,
  kind: string,
  needs: (coordinate: Coordinate) => ReadonlySet<Coordinate>,
): { one: Coordinate; other: Coordinate } {
  const found = [...objects.keys()]
    .filter((at) => splitCoordinate(at).kind === kind && !isOwn(at, org.homeDivision))
    .map((at) => ({ at, size: closure([at], needs).size, wealth: JSON.stringify(objects.get(at)).length }))
    .sort((a, b) => Math.ceil(a.size / 8) - Math.ceil(b.size / 8) || b.wealth - a.wealth || (a.at < b.at ? -1 : 1));
  const pairs = found.flatMap(({ at }) => {
    const other = found.find((candidate) => candidate.at !== at && sortOf(candidate.at) === sortOf(at));
    return other === undefined ? [] : [{ one: at, other: other.at }];
  });
  const [pair] = pairs;
  if (pair === undefined) throw new Error(`no two of ${kind}`);
  return pair;
}

/** What every organisation has from the start is not what cases are about. */
function isOwn(at: Coordinate, homeDivision: string): boolean {
  const { key } = splitCoordinate(at);
  return (
    key === "@home" ||
    key === homeDivision ||
    /^Default |^Cloud Proxy|^PureCloud Voice/.test(key.split("/").at(-1) ?? "")
  );
}

function sortOf(at: Coordinate): string {
  const { key } = splitCoordinate(at);
  return key.replace(/[^/:]*$/, "");
}
