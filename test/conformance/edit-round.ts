import { KINDS } from "../../src/kinds/index.ts";
import { coordinateOf, splitCoordinate, type Coordinate } from "../../src/model/coordinate.ts";
import { isList, isObj, type Json, type Obj } from "../../src/model/json.ts";
import { formatPointer, parsePointer, pointerCovers, valueAt, withValueAt } from "../../src/model/pointer.ts";
import type { Schema } from "../../src/model/schema.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { GIVEN, untouched } from "./by-hand.ts";
import { placeOf } from "./canonical-place.ts";
import { EDITORS, type Editor } from "./editors.ts";
import { leavesOf, patternOf, type Leaf } from "./leaves.ts";
import { mutated } from "./mutate.ts";
import { rawState, type Body, type Office } from "./office.ts";
import { siblings } from "./siblings.ts";

/** One value that an administrator is going to change. */
export interface Target {
  readonly editor: Editor;
  readonly path: string;
  readonly coordinate: Coordinate;
  readonly leaf: Leaf;
  /** Kind, place and pattern: the same for all objects of a kind. */
  readonly name: string;
}

/** What became of a change. */
export interface Outcome {
  readonly name: string;
  readonly coordinate: Coordinate;
  /** Where the snapshot has it, or a place above or below. */
  readonly pointer: string;
  readonly result: "changed" | "kept" | "refused" | "no other value";
  readonly why?: string;
  /** The schema's reason not to compare it. */
  readonly excluded?: string;
  /** A plain value as it is now, with its address: to be found in the standby after an apply. */
  readonly plain?: { readonly address: string; readonly pointer: string; readonly value: Json };
}

/** Coordinates of the objects of a snapshot, by kind and id. */
export function byId(snapshot: Snapshot): (kind: string, id: string) => Coordinate | undefined {
  const known = new Map([...snapshot.ids].map(([at, id]) => [coordinateOf(splitCoordinate(at).kind, id), at]));
  return (kind, id) => known.get(coordinateOf(kind, id));
}

function addressOf({ editor, path }: Pick<Target, "editor" | "path">): string {
  return path + (editor.more ?? "");
}

/** Where the object holds the piece that an editor reaches. */
function placeIn({ editor, path }: Pick<Target, "editor" | "path">): string {
  return (editor.at ?? "").replace(
    "$2",
    formatPointer([decodeURIComponent(editor.path.exec(path)?.[2] ?? "")]).slice(1),
  );
}

/** Every value of every kind that a seed sets, once: from the first object that has one there. Keys are left out. */
export async function targetsOf(office: Office, primary: Snapshot): Promise<Target[]> {
  const state = await rawState(office, "primary");
  const ids = new Set(Object.keys(state).map((path) => path.split("/").at(-1) ?? ""));
  const isKnown = (value: Obj): boolean => typeof value["id"] === "string" && ids.has(value["id"]);
  const coordinateOfId = byId(primary);
  const targets = new Map<string, Target>();
  for (const path of Object.keys(state).sort()) {
    for (const editor of EDITORS) {
      const coordinate = coordinateOfId(editor.kind, editor.path.exec(path)?.[1] ?? "");
      if (coordinate === undefined || !primary.objects.has(coordinate)) continue;
      const body = (await office.admin.primary("GET", addressOf({ editor, path }))) as Obj;
      const isKey = ({ path: [first = "", second = ""] }: Leaf): boolean =>
        editor.key.includes(isList(body) ? second : first);
      const isReference = (value: Obj): boolean => isKnown(value) && !(isList(body) && body.includes(value));
      for (const leaf of leavesOf(body, isReference)) {
        // The rows of every table have columns of their own.
        const about = editor.at?.startsWith("/rows") === true ? `/${coordinate}` : "";
        const name = `${editor.kind}${(editor.at ?? "").replace("/$2", about)}${patternOf(leaf.path)}`;
        if (leaf.path.length === 0 || isKey(leaf) || targets.has(name) || untouched(name) !== undefined) continue;
        targets.set(name, { editor, path, coordinate, leaf, name });
      }
    }
  }
  return [...targets.values()];
}

/** Makes one change past lockstep, and looks whether it took. */
export async function change(office: Office, primary: Snapshot, target: Target): Promise<Outcome> {
  const { editor, path, coordinate, leaf, name } = target;
  const admin = office.admin.primary;
  const address = addressOf(target);
  const inside = formatPointer(leaf.path);
  const body = (await admin("GET", address)) as Obj;
  const kind = KINDS.get(editor.kind);
  const schema = kind?.schema ?? {};
  const at = placeIn(target);
  const held = at === "" ? (kind?.read?.normalise?.(body) ?? body) : withValueAt({}, at, body);
  // What a trunk's property is lies inside its description (genesys-api §5.2).
  const raw = at + (editor.kind === "trunk" ? inside.replace("/value/instance", "") : inside);
  const place = placeOf(schema, held, parsePointer(raw), byId(primary));
  const pointer = formatPointer(place.path);
  const rule = Object.entries(schema["x-excluded"] ?? {}).find(([pattern]) => pointerCovers(pattern, raw));
  const about = { name, coordinate, pointer, ...(rule === undefined ? {} : { excluded: rule[1].why }) };
  const current = valueAt(body, inside);
  if (current === undefined) return { ...about, result: "no other value", why: "it went with another one" };
  const given = GIVEN.get(name);
  const { another, home } = siblings(office, "primary", path);
  const named = anotherNamed(primary, place.schema, current);
  const next = given === undefined ? (named ?? mutated(current, place.schema, another)) : given(current, home);
  if (next === undefined) return { ...about, result: "no other value" };
  try {
    await editor.write(admin, path, withValueAt(body, inside, next) as Body, leaf.path[0] ?? "");
  } catch (error) {
    return { ...about, result: "refused", why: error instanceof Error ? error.message.slice(0, 300) : "" };
  }
  const now = valueAt((await admin("GET", address)) as Obj, inside);
  const plain = isPlain(now) && !isId(now) && !leaf.path.some((segment) => /^\d+$/.test(segment));
  return {
    ...about,
    result: same(now ?? null, current) ? "kept" : "changed",
    ...(plain ? { plain: { address, pointer: inside, value: now } } : {}),
  };
}

/** The name of another object, where the API refers by name. */
function anotherNamed(primary: Snapshot, { "x-lockstep": notes }: Schema, current: Json): string | undefined {
  if (notes?.form !== "name") return undefined;
  const keys = [...primary.objects.keys()]
    .map(splitCoordinate)
    .flatMap(({ kind, key }) => (kind === notes.ref ? [key] : []));
  return keys.find((key) => key !== current);
}

function isPlain(value: Json | undefined): value is Json {
  return value !== undefined && (typeof value !== "object" || value === null);
}

/** Ids and addresses with ids are others in every organisation. */
function isId(value: Json): boolean {
  return typeof value === "string" && /[0-9a-f]{8}-[0-9a-f]{4}-/.test(value);
}

function same(a: Json, b: Json): boolean {
  const plain = (value: Json): Json => (isObj(value) && typeof value["id"] === "string" ? value["id"] : value);
  const members = (value: readonly Json[]): string[] => value.map((item) => JSON.stringify(plain(item))).sort();
  const text = (value: Json): string => JSON.stringify(isList(value) ? members(value) : plain(value));
  return text(a) === text(b);
}
