import type { Side } from "../../src/model/side.ts";
import type { Simulator } from "../../src/simulator/index.ts";
import { plainState } from "../scenarios/support/raw-state.ts";

type Entity = Readonly<Record<string, unknown>>;
type State = Readonly<Record<string, Entity>>;

/** What an organisation holds, told without its own ids: name of an object with its address → its contents as JSON. */
export type Picture = ReadonlyMap<string, string>;

/** The raw state of an organisation: nothing of lockstep reads or interprets it. */
export async function rawOf(simulator: Simulator, side: Side): Promise<State> {
  const answer = await simulator.handle({ method: "GET", url: `/_sim/orgs/${side}/state`, headers: {} });
  return JSON.parse(String(answer.body)) as State;
}

/** Not configuration: jobs, files, versions of something whose current state is told elsewhere, and the lock that writers take. */
const TRACES = /\/(files|jobs|versions)\/|\/flows\/datatables\/datatables:lockstep\b/;

/** Lists whose order means nothing, beside those that every picture knows. */
const SETS = new Set(["dnis", "memberGroups", "memberDivisions", "externalTrunkBases", "individuals"]);

/** Objects that are not only marked as deleted. An integration goes with what belongs to it. */
export function living(state: State): State {
  const gone = Object.entries(state).flatMap(([path, { intendedState }]) =>
    intendedState === "DELETED" ? [path.slice(path.lastIndexOf("/") + 1)] : [],
  );
  return Object.fromEntries(
    Object.entries(state).filter(
      ([path, { deleted, state: life }]) =>
        deleted !== true && life !== "deleted" && !gone.some((id) => path.includes(id)),
    ),
  );
}

/** A picture of the configuration, comparable from one run to another and from one organisation to another. */
export function pictureOf(all: State): Picture {
  const state = living(all);
  const home = Object.values(state).find(({ homeDivision }) => homeDivision === true)?.["name"];
  const actions = Object.entries(state).flatMap(([path, { name }]) => {
    const id = /\/integrations\/actions\/(custom_-_[^/]+)$/.exec(path)?.[1];
    return id === undefined ? [] : [[id, `action:${String(name)}`] as const];
  });
  // The platform names the trunk that ties the edges of a group after the group's id.
  let text = JSON.stringify(state).replaceAll(/(Tie TrunkBase for EdgeGroup) [0-9a-f-]{36}/g, "$1");
  for (const [id, label] of actions) text = text.replaceAll(id, JSON.stringify(label).slice(1, -1));
  const named = Object.entries(JSON.parse(text) as State).map(([path, entity]): [string, Entity] => [
    path,
    { ...entity, ...labelOf(entity) },
  ]);
  return new Map(
    Object.entries(plainState(Object.fromEntries(named)))
      .filter(([path]) => !TRACES.test(path))
      .map(([path, value]) => [
        path,
        JSON.stringify(ordered(value)).replaceAll(`division: ${String(home)}\\n`, "division: @home\\n"),
      ]),
  );
}

/** What an object is known by, where that is not its name. A skill group's own division is always one of its divisions. */
function labelOf(entity: Entity): Entity {
  if (entity["homeDivision"] === true) return { name: "@home" };
  // The platform named a login action after its integration when that was made.
  if (/^customAuth_-_/.test(String(entity["id"]))) return { name: "login", category: "login" };
  const first = entity["startNumber"] ?? entity["startPhoneNumber"];
  if (typeof first === "string") return { name: first, ownName: entity["name"] };
  const divisions = entity["memberDivisions"];
  const own = (entity["division"] as { readonly id?: string } | undefined)?.id;
  return Array.isArray(divisions) && own !== undefined
    ? { memberDivisions: [...new Set<unknown>([...(divisions as unknown[]), own])] }
    : {};
}

/** Sets in one order, and the properties of objects too. */
function ordered(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => ordered(item));
    return SETS.has(name) ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner, key)]),
  );
}

/** Objects that every organisation has of its own: it itself, roles, clients, people, what the platform manages. */
const OWN =
  /^\/api\/v2\/(organizations\/me$|authorization\/roles\/|oauth\/|users\/|teams\/|flows\/flows:Default In-Queue)|edgegroups:PureCloud Voice|Tie TrunkBase/;

/** Values that every organisation has of its own, wherever they stand: secrets, addresses, what a carrier gave. */
const OWN_VALUES = new Set(["credentialFields", "secrets", "outboundMessagingAddresses", "trunk_sip_termination_uri"]);

/** A data table's schema repeats what the table says. */
const REPEATED = new Set(["/schema/title", "/schema/description"]);

/** What one organisation holds and the other does not, or otherwise: address, place and both values. */
export function unequal(a: Picture, b: Picture): string[] {
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((path) => !OWN.test(path) && a.get(path) !== b.get(path))
    .flatMap((path) =>
      differences(valueOf(a.get(path)), valueOf(b.get(path))).map((difference) => `${path}${difference}`),
    )
    .sort();
}

function valueOf(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

function differences(a: unknown, b: unknown, at = ""): string[] {
  const isOwn = OWN_VALUES.has(at.slice(at.lastIndexOf("/") + 1)) || REPEATED.has(at);
  if (isOwn || JSON.stringify(a) === JSON.stringify(b) || (isBlank(a) && isBlank(b))) return [];
  if (isRecord(a) && isRecord(b)) {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return names.flatMap((name) => differences(a[name], b[name], `${at}/${name}`));
  }
  const short = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 200);
  return [`${at}: ${short(a)}, and not ${short(b)}`];
}

/** Notes of a location cannot be empty: a space stands for it (genesys-api §3). */
function isBlank(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && value.trim() === "");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Objects that an organisation has more than once: address of the collection and name → how many. */
export function twinsIn(state: State): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [path, entity] of Object.entries(living(state))) {
    const { name, type, pattern, startNumber, startPhoneNumber } = entity;
    const own = pattern ?? startNumber ?? startPhoneNumber ?? name;
    if (typeof own !== "string" || TRACES.test(path)) continue;
    const label = `${path.slice(0, path.lastIndexOf("/"))} ${JSON.stringify(type) ?? ""} ${own}`;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return new Map([...counts].filter(([, count]) => count > 1));
}
