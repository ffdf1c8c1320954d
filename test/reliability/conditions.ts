import type { Office } from "../conformance/office.ts";
import type { SmallWorld } from "./lab.ts";
import { orgOf, SIDES, type Entry } from "./small-world.ts";

/** What else is the case in the organisations while lockstep works. */
export const CONDITIONS = [
  "none",
  "namesake-in-primary",
  "namesake-in-standby",
  "inactive-in-primary",
  "inactive-in-standby",
  "inactive-in-both",
] as const;

export type Condition = (typeof CONDITIONS)[number];

/** Makes it so, past the API. @returns false where the kind has no place for it */
export function arrange(condition: Condition, office: Office, world: SmallWorld, nth: number): boolean {
  if (condition === "none") return true;
  const [what, where] = condition.split("-in-");
  return SIDES.filter((side) => where === side || where === "both")
    .map((side) => (what === "namesake" ? addNamesake : setInactive)(office, world, side, nth))
    .every(Boolean);
}

type Side = (typeof SIDES)[number];

/** A second object that is the same but for its id, with the same parts. */
function addNamesake({ simulator }: Office, world: SmallWorld, side: Side): boolean {
  const id = idOn(world, side);
  const { collections } = orgOf(simulator, side).state;
  const copyId = id.replace(/^[^-]*/, "00000000").replace(/^(custom_-_)[^-]*/, "$100000000");
  if (copyId === id) return false;
  const copy = (entry: Entry): Entry => JSON.parse(JSON.stringify(entry).replaceAll(id, copyId)) as Entry;
  let found = false;
  for (const [name, entries] of [...collections]) {
    const [kind = "", parent] = name.split("@");
    if (parent === id)
      collections.set(`${kind}@${copyId}`, new Map([...entries].map(([at, entry]) => [at, copy(entry)])));
    const own = entries.get(id);
    const isPart = parent !== undefined && kind !== "outbound-route" && kind !== "email-route";
    if (own === undefined || isPart) continue;
    entries.set(copyId, copy(own));
    found = true;
  }
  return found;
}

/** Somebody who belongs to the object is inactive. */
function setInactive({ simulator }: Office, world: SmallWorld, side: Side, nth: number): boolean {
  const id = idOn(world, side);
  const { collections } = orgOf(simulator, side).state;
  const users = collections.get("user");
  const texts = [...collections].flatMap(([name, entries]) =>
    name.endsWith(`@${id}`) ? [JSON.stringify([...entries])] : [JSON.stringify(entries.get(id)?.data ?? null)],
  );
  const named = [...(users?.values() ?? [])]
    .filter((user) => texts.some((text) => text.includes(user.id)))
    .sort((a, b) => (emailOf(a) < emailOf(b) ? -1 : 1));
  const user = named[nth % Math.max(named.length, 1)];
  if (user === undefined) return false;
  user.data["state"] = "inactive";
  return true;
}

function emailOf({ data }: Entry): string {
  return typeof data["email"] === "string" ? data["email"] : "";
}

function idOn(world: SmallWorld, side: Side): string {
  return world[side].ids.get(world.one) ?? "";
}
