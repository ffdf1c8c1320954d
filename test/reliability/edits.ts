import { isList, isObj, type Json, type Obj } from "../../src/model/json.ts";
import { formatPointer, withValueAt } from "../../src/model/pointer.ts";
import { splitCoordinate, type Coordinate } from "../../src/model/coordinate.ts";
import type { Kind } from "../../src/model/kind.ts";
import { change, targetsOf, type Target } from "../conformance/edit-round.ts";
import { EDITORS, keyProperties } from "../conformance/editors.ts";
import { rawState, type Body, type Office } from "../conformance/office.ts";
import { markFor } from "../conformance/settings.ts";
import type { SmallWorld } from "./lab.ts";
import { canMovePieces, dropPiece, hasPieces, movePieces } from "./pieces.ts";
import { orgOf, remove, restoreWorlds, saveWorlds, type Entry } from "./small-world.ts";

/** What an administrator does to an object of the primary; `piece-` is about members, rows and the like. */
export const EDITS = [
  "none",
  "create",
  "update",
  "rename",
  "delete",
  "reuse-name",
  "swap-names",
  "swap-values",
  "set-to-empty",
  "piece-added",
  "piece-removed",
  "pieces-moved",
] as const;

export type Edit = (typeof EDITS)[number];

/** Where an edit is made. */
interface Place {
  readonly office: Office;
  readonly world: SmallWorld;
  /** Which of the places that an edit could be made at. */
  readonly nth: number;
}

/** Makes an edit. @returns what was done, in words; undefined where the kind has no place for it */
export async function make(edit: Edit, place: Place): Promise<string | undefined> {
  return HOW[edit](place);
}

const HOW: { readonly [edit in Edit]: (place: Place) => Promise<string | undefined> } = {
  none: () => Promise.resolve("nothing"),
  create: ({ office, world }) => {
    remove(office.simulator, "standby", world.standby.ids.get(world.one) ?? "");
    return Promise.resolve(`${world.one} is new`);
  },
  update,
  rename: async ({ office, world }) => {
    const name = await renameTo(office, world, world.one, nameAfter(world));
    return name === undefined ? undefined : `${world.one} is now ${name}`;
  },
  delete: async ({ office, world }) => {
    const id = idIn(world, world.one);
    const { kind } = world;
    const operation = kind.write?.remove;
    const [method = "", path = ""] = typeof operation === "string" ? operation.split(" ") : [];
    const isSimple = path.endsWith("/{id}") && path.indexOf("{") === path.lastIndexOf("{");
    if (!isSimple) remove(office.simulator, "primary", id);
    else if (!(await succeeds(office.admin.primary(method, path.replace("{id}", id))))) return undefined;
    return `${world.one} is gone`;
  },
  "reuse-name": async ({ office, world }) => {
    const [one, other] = [nameOf(office, world, world.one), nameOf(office, world, world.other)];
    if (one === undefined || other === undefined) return undefined;
    remove(office.simulator, "standby", world.standby.ids.get(world.other) ?? "");
    if ((await renameTo(office, world, world.one, nameAfter(world))) === undefined) return undefined;
    await renameTo(office, world, world.other, one);
    return `${world.one} is now ${nameAfter(world)}, and a new object has its name`;
  },
  "swap-names": async ({ office, world }) => {
    const [one, other] = [nameOf(office, world, world.one), nameOf(office, world, world.other)];
    if (one === undefined || other === undefined) return undefined;
    if ((await renameTo(office, world, world.one, nameAfter(world))) === undefined) return undefined;
    await renameTo(office, world, world.other, one);
    await renameTo(office, world, world.one, other);
    return `${world.one} and ${world.other} swapped their names`;
  },
  "swap-values": swapValues,
  "set-to-empty": setToEmpty,
  "piece-added": ({ office, world, nth }) => Promise.resolve(dropPiece(office, world, "standby", nth)),
  "piece-removed": ({ office, world, nth }) => Promise.resolve(dropPiece(office, world, "primary", nth)),
  "pieces-moved": ({ office, world, nth }) => Promise.resolve(movePieces(office, world, nth)),
};

/** Why there is no edit of that sort for a kind, as far as its descriptor tells; undefined where there is one. */
export function whyNoEdit(edit: Edit, kind: Kind): string | undefined {
  const can: { readonly [edit in Edit]?: readonly [boolean, string] } = {
    "swap-values": [uniqueOf(kind) !== undefined, "no value beside the name is unique"],
    update: [hasEditor(kind), "the API has no update"],
    "set-to-empty": [hasEditor(kind), "the API has no update"],
    "piece-added": [hasPieces(kind.name), "has no parts that are added one at a time"],
    "piece-removed": [hasPieces(kind.name), "has no parts that are removed one at a time"],
    "pieces-moved": [canMovePieces(kind.name), "has no parts that are in a place of their own"],
  };
  const [isPossible, reason] = can[edit] ?? [!/name/.test(edit) || namingOf(kind) !== undefined, "has no name"];
  return isPossible ? undefined : reason;
}

function hasEditor({ name }: Kind): boolean {
  return EDITORS.some((editor) => editor.kind === name);
}

/** A property of which no two objects may have the same value, beside names. */
function uniqueOf({ unique = [] }: Kind): string | undefined {
  return unique.map(({ at }) => at).find((at) => at !== "name");
}

function idIn(world: SmallWorld, coordinate: Coordinate): string {
  return world.primary.ids.get(coordinate) ?? "";
}

/** The stored object of an id, in whichever collection. */
function entryOf(office: Office, id: string): { entry: Entry; home: Map<string, Entry> } | undefined {
  for (const [name, entries] of orgOf(office.simulator, "primary").state.collections) {
    const entry = entries.get(id);
    const isPart = /@/.test(name) && !/^(outbound-route|email-route)@/.test(name);
    if (entry !== undefined && !isPart) return { entry, home: entries };
  }
  return undefined;
}

/** The property that names objects of a kind, where one text does. */
function namingOf(kind: Kind): "name" | "pattern" | undefined {
  const key = keyProperties(kind);
  return key.includes("name") ? "name" : key.includes("pattern") ? "pattern" : undefined;
}

function nameOf(office: Office, world: SmallWorld, coordinate: Coordinate): string | undefined {
  const naming = namingOf(world.kind);
  const { entry } = entryOf(office, idIn(world, coordinate)) ?? {};
  const config = orgOf(office.simulator, "primary").state.collections.get(`integration-config@${entry?.id ?? ""}`);
  const name = naming === undefined ? undefined : (entry?.data[naming] ?? config?.get("current")?.data[naming]);
  return typeof name === "string" ? name : undefined;
}

/** The name of an object that gave its name away. */
function nameAfter(world: SmallWorld): string {
  const name = splitCoordinate(world.one).key.split(/[/:]/).at(-1) ?? "";
  return namingOf(world.kind) === "pattern" ? `${name}-old` : name + markFor(world.kind.name);
}

/**
 * Gives an object another name, or a new one made from it where the API cannot rename: with another id.
 * @returns the name; undefined for kinds that are known by something else than a name
 */
async function renameTo(
  office: Office,
  world: SmallWorld,
  coordinate: Coordinate,
  name: string,
): Promise<string | undefined> {
  const naming = namingOf(world.kind);
  const found = entryOf(office, idIn(world, coordinate));
  if (naming === undefined || found === undefined) return undefined;
  if (world.kind.write?.rename !== "update") return recreated(office, found, name);
  const state = await rawState(office, "primary");
  for (const editor of EDITORS) {
    if (editor.kind !== world.kind.name || !editor.key.includes(naming)) continue;
    if (editor.kind === "integration" && editor.at === undefined) continue;
    const path = Object.keys(state).find((address) => editor.path.exec(address)?.[1] === found.entry.id);
    if (path === undefined) continue;
    const body = await office.admin.primary("GET", path + (editor.more ?? ""));
    await editor.write(office.admin.primary, path, { ...body, [naming]: name }, naming);
    return name;
  }
  return undefined;
}

/** The object under another name and id; everything that is part of it goes along. */
function recreated(
  office: Office,
  { entry, home }: NonNullable<ReturnType<typeof entryOf>>,
  name: string,
): string | undefined {
  const old = typeof entry.data["name"] === "string" ? entry.data["name"] : "";
  const renewed = `${entry.id.slice(0, -4)}${(parseInt(entry.id.slice(-4), 16) ^ 0xffff).toString(16).padStart(4, "0")}`;
  const { collections } = orgOf(office.simulator, "primary").state;
  const text = (value: unknown): string => JSON.stringify(value).replaceAll(entry.id, renewed);
  for (const [at, entries] of [...collections]) {
    if (at.split("@")[1] !== entry.id) continue;
    const moved = [...entries].map(
      ([id, part]) => [id, JSON.parse(text(part).replace(`name: ${old}`, `name: ${name}`)) as Entry] as const,
    );
    collections.set(at.replace(entry.id, renewed), new Map(moved));
    collections.delete(at);
  }
  home.delete(entry.id);
  const copy = JSON.parse(text(entry)) as Entry;
  home.set(renewed, { ...copy, data: { ...copy.data, name } });
  return name;
}

async function targetsIn({ office, world }: Place): Promise<Target[]> {
  const all = await targetsOf(office, world.primary);
  return all.filter(
    ({ editor, coordinate }) => editor.kind === world.kind.name && [world.one, world.other].includes(coordinate),
  );
}

async function update(place: Place): Promise<string | undefined> {
  const targets = await targetsIn(place);
  const { simulator } = place.office;
  const before = saveWorlds(simulator);
  for (let at = 0; at < targets.length; at += 1) {
    const target = targets[(at + place.nth) % targets.length];
    if (target === undefined) return undefined;
    restoreWorlds(simulator, before);
    const { result, excluded, name } = await change(place.office, place.world.primary, target);
    if (result === "changed" && excluded === undefined) return `${name} has another value`;
  }
  return undefined;
}

async function setToEmpty({ office, world, nth }: Place): Promise<string | undefined> {
  const state = await rawState(office, "primary");
  const id = idIn(world, world.one);
  const places: { name: string; set: () => Promise<unknown> }[] = [];
  for (const editor of EDITORS) {
    const path =
      editor.kind === world.kind.name ? Object.keys(state).find((at) => editor.path.exec(at)?.[1] === id) : undefined;
    if (path === undefined || editor.at !== undefined) continue;
    const body = (await office.admin.primary("GET", path + (editor.more ?? ""))) as Obj;
    for (const [name, value] of Object.entries(body)) {
      const empty = emptied(value);
      if (empty === undefined || editor.key.includes(name) || !isCompared(world, name)) continue;
      const changed = withValueAt(body, formatPointer([name]), empty) as Body;
      places.push({ name, set: () => editor.write(office.admin.primary, path, changed, name) });
    }
  }
  for (let at = 0; at < places.length; at += 1) {
    const place = places[(at + nth) % places.length];
    if (place !== undefined && (await succeeds(place.set()))) return `${place.name} of ${world.one} is empty`;
  }
  return undefined;
}

/** Does the API let an administrator do it? */
async function succeeds(request: Promise<unknown>): Promise<boolean> {
  return request.then(
    () => true,
    () => false,
  );
}

function isCompared({ kind }: SmallWorld, name: string): boolean {
  return kind.schema.properties?.[name] !== undefined;
}

function emptied(value: Json | undefined): Json | undefined {
  if (typeof value === "string" && value !== "") return "";
  if (isList(value) && value.length > 0) return [];
  return isObj(value) && value["id"] === undefined && Object.keys(value).length > 0 ? {} : undefined;
}

/** Values that only one object may have: call routes exchange numbers, outbound routes what they carry. */
async function swapValues({ office, world }: Place): Promise<string | undefined> {
  const field = uniqueOf(world.kind);
  const [one, other] = [world.one, world.other].map((coordinate) => entryOf(office, idIn(world, coordinate))?.entry);
  if (field === undefined || one === undefined || other === undefined || !(field in one.data)) return undefined;
  const [a, b] = [one.data, other.data];
  one.data = { ...a, ...pick(b, field) };
  other.data = { ...b, ...pick(a, field) };
  return Promise.resolve(`${world.one} and ${world.other} swapped their ${field}`);
}

/** A range goes as a whole. */
function pick(data: Entry["data"], field: string): Entry["data"] {
  const names = field.startsWith("start") ? [field, field.replace("start", "end")] : [field];
  return Object.fromEntries(names.map((name) => [name, data[name] ?? null]));
}
