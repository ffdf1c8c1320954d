import { orgOf, type Entry } from "./small-world.ts";
import type { Office } from "../conformance/office.ts";
import type { SmallWorld } from "./lab.ts";

type Side = "primary" | "standby";

/** Parts that are left out or added one at a time. */
const PIECES: { readonly [kind: string]: RegExp } = {
  queue: /^queue-(member|wrapup-code)@/,
  group: /^group-member@/,
  "data-table": /^data-table-row@/,
};

export function hasPieces(kind: string): boolean {
  return PIECES[kind] !== undefined;
}

/** Takes a member, a row, a code out of an object on one side, past the API. */
export function dropPiece(office: Office, world: SmallWorld, side: Side, nth: number): string | undefined {
  const pattern = PIECES[world.kind.name];
  const parts = partsOf(office, world, side).filter(
    ([name, entries]) => pattern?.test(name) === true && entries.size > 1,
  );
  const [name, entries] = parts[nth % Math.max(parts.length, 1)] ?? [];
  const ids = [...(entries?.keys() ?? [])];
  const gone = ids[nth % Math.max(ids.length, 1)];
  if (name === undefined || gone === undefined) return undefined;
  entries?.delete(gone);
  return `a ${name.split("@")[0] ?? ""} of ${world.one} is gone from the ${side}`;
}

type Move = (office: Office, world: SmallWorld) => string | undefined;

/** Pieces of one object change places, where no two may be in the same. */
const MOVES: { readonly [kind: string]: readonly Move[] } = {
  queue: [membersSwapRings, ringsSwapCriteria, ringGone],
  site: [(office, world) => swap(office, world, "number-plan", "name"), plansMove],
  "data-table": [rowsSwapContents],
};

export function canMovePieces(kind: string): boolean {
  return MOVES[kind] !== undefined;
}

/** Lets pieces of the object change places in the primary, past the API. @returns what was done; undefined where there are none */
export function movePieces(office: Office, world: SmallWorld, nth: number): string | undefined {
  const moves = MOVES[world.kind.name] ?? [];
  return moves[nth % Math.max(moves.length, 1)]?.(office, world);
}

function partsOf({ simulator }: Office, world: SmallWorld, side: Side): [string, Map<string, Entry>][] {
  const id = world[side].ids.get(world.one) ?? "";
  return [...orgOf(simulator, side).state.collections].filter(([name]) => name.endsWith(`@${id}`));
}

function entriesOf(office: Office, world: SmallWorld, part: string): Entry[] {
  const found = partsOf(office, world, "primary").find(([name]) => name.startsWith(`${part}@`));
  return [...(found?.[1].values() ?? [])];
}

/** The last two of a part exchange a value. */
function swap(office: Office, world: SmallWorld, part: string, field: string): string | undefined {
  const [a, b] = entriesOf(office, world, part).slice(-2);
  if (a === undefined || b === undefined) return undefined;
  const [one, other] = [a.data[field] ?? null, b.data[field] ?? null];
  a.data = { ...a.data, [field]: other };
  b.data = { ...b.data, [field]: one };
  return `two ${part}s of ${world.one} exchanged their ${field}`;
}

/** The last two number plans exchange their places. */
function plansMove(office: Office, world: SmallWorld): string | undefined {
  return swap(office, world, "number-plan", "priority");
}

function rowsSwapContents(office: Office, world: SmallWorld): string | undefined {
  const [a, b] = entriesOf(office, world, "data-table-row").slice(-2);
  if (a === undefined || b === undefined) return undefined;
  const [one, other] = [a.data, b.data];
  a.data = { ...other, key: one["key"] ?? "" };
  b.data = { ...one, key: other["key"] ?? "" };
  return `two rows of ${world.one} exchanged their keys`;
}

function membersSwapRings(office: Office, world: SmallWorld): string | undefined {
  const members = entriesOf(office, world, "queue-member");
  const other = members.find(({ data }) => data["ringNumber"] !== members[0]?.data["ringNumber"]);
  const [first] = members;
  if (first === undefined) return undefined;
  if (other === undefined) {
    first.data = { ...first.data, ringNumber: 2 };
    return `a member of ${world.one} is in another ring`;
  }
  const [a, b] = [first.data["ringNumber"] ?? 1, other.data["ringNumber"] ?? 1];
  first.data = { ...first.data, ringNumber: b };
  other.data = { ...other.data, ringNumber: a };
  return `two members of ${world.one} exchanged their rings`;
}

function ringsSwapCriteria(office: Office, world: SmallWorld): string | undefined {
  return withRings(office, world, ([first = null, second = null, ...rest]) => [second, first, ...rest]);
}

function ringGone(office: Office, world: SmallWorld): string | undefined {
  const done = withRings(office, world, (rings) => rings.slice(0, -1));
  const last = 1 + ringsOf(office, world).length;
  for (const member of entriesOf(office, world, "queue-member"))
    if (member.data["ringNumber"] === last) member.data = { ...member.data, ringNumber: 1 };
  return done;
}

type Rings = readonly Entry["data"][string][];

function queueOf({ simulator }: Office, world: SmallWorld): Entry | undefined {
  return orgOf(simulator, "primary")
    .state.collections.get("queue")
    ?.get(world.primary.ids.get(world.one) ?? "");
}

function ringsOf(office: Office, world: SmallWorld): Rings {
  const bullseye = queueOf(office, world)?.data["bullseye"];
  const rings = typeof bullseye === "object" && bullseye !== null && "rings" in bullseye ? bullseye["rings"] : [];
  return Array.isArray(rings) ? rings : [];
}

function withRings(office: Office, world: SmallWorld, change: (rings: Rings) => Rings): string | undefined {
  const queue = queueOf(office, world);
  const rings = ringsOf(office, world);
  if (queue === undefined || rings.length < 2) return undefined;
  queue.data = { ...queue.data, bullseye: { rings: [...change(rings)] } };
  return `rings of ${world.one} are others`;
}
