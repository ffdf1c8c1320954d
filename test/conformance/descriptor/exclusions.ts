import { isList, isObj, type Json, type Obj } from "../../../src/model/json.ts";
import type { Kind } from "../../../src/model/kind.ts";
import { formatPointer, parsePointer, valueAt, withValueAt } from "../../../src/model/pointer.ts";
import { EDITORS, type Editor } from "../editors.ts";
import { mutated, type Another } from "../mutate.ts";
import type { Body } from "../office.ts";
import { siblings } from "../siblings.ts";
import type { Fault } from "./fault.ts";
import { rawObjects, restored, type World } from "./world.ts";

/** Fields that a write may carry and that are still no configuration of their own: what else says the same. */
const REPEATED: ReadonlyMap<string, string> = new Map([
  ["data-table /schema/id", "made up for each table (genesys-api §3)"],
  ["data-table /schema/description", "the description of the table, which is compared (genesys-api §3)"],
  ["data-table /schema/properties/*/$id", "the name of the column, which is compared (genesys-api §3)"],
  ["flow /virtualAgentEnabled", "settingsVirtualAgent of the YAML, which is compared (architect-yaml §2)"],
  ["flow /worktypeId", "the worktype that the YAML names (architect-yaml §4.7)"],
  ["integration /notes", "the notes of the configuration, which are compared"],
  ["integration /configuration/name", "the name of the integration, which is its key"],
  ["site /numberPlans/*/id", "which plan it is; a plan of another id is another plan"],
  ["site /numberPlans/*/priority", "the order of the plans, which is compared (genesys-api §5.5)"],
]);

/**
 * Are the fields that a schema leaves to the server really the server's? Somebody tries to change each of them past
 * lockstep: the organisation has to refuse that, or to answer what it answered before.
 */
export async function exclusionFaults(kind: Kind, world: World): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [field, { owner }] of Object.entries(kind.schema["x-excluded"] ?? {})) {
    if (owner !== "server" || REPEATED.has(`${kind.name} ${field}`)) continue;
    if (await takesAnother(kind.name, field, world)) {
      faults.push({
        kind: kind.name,
        field,
        what: "is excluded as the server's, but the organisation takes another value",
      });
    }
  }
  return faults;
}

/** So many objects may refuse another value before that counts as an answer: one may be refused for what it is. */
const REFUSALS = 3;

/** Can an administrator change the field? */
async function takesAnother(kind: string, field: string, world: World): Promise<boolean> {
  const editors = EDITORS.filter((editor) => editor.kind === kind && insideOf(editor, field) !== undefined);
  // The editor of the piece, where the field is in one.
  const editor = editors.sort((a, b) => (b.at ?? "").length - (a.at ?? "").length)[0];
  if (editor === undefined) return false;
  for (const piece of await piecesOf(editor, parsePointer(insideOf(editor, field) ?? ""), world)) {
    const outcome = await outcomeFor(piece, editor, world);
    if (outcome !== "refused") return outcome === "taken";
  }
  return false;
}

/** Pieces that have a value in a place; where none has, any piece and the place where it would be. */
async function piecesOf(editor: Editor, pattern: readonly string[], world: World): Promise<Piece[]> {
  const kept = rawObjects(world, editor.kind).filter(({ coordinate }) => world.snapshot.objects.has(coordinate));
  const ids = new Set(kept.map(({ id }) => id));
  const absent = formatPointer(pattern.map((name) => (name === "*" ? "0" : name)));
  const found: Piece[] = [];
  let without: Piece | undefined;
  for (const place of world.paths) {
    if (found.length === REFUSALS) break;
    if (!ids.has(decodeURIComponent(editor.path.exec(place)?.[1] ?? ""))) continue;
    const address = place + (editor.more ?? "");
    const body = (await world.admin("GET", address)) as Obj;
    const [pointer] = placesAt(body, pattern);
    if (pointer === undefined) without ??= { address, place, body, pointer: absent };
    else found.push({ address, place, body, pointer });
  }
  return found.length > 0 || without === undefined ? found : [without];
}

async function outcomeFor(piece: Piece, editor: Editor, world: World): Promise<Outcome> {
  for (const choose of [plainly, toAnotherObject]) {
    for (const next of choose(world, piece)) {
      const outcome = await tried(world, editor, piece, next);
      if (outcome !== "refused") return outcome;
    }
  }
  return "refused";
}

type Outcome = "taken" | "ignored" | "refused";

/** A piece of an object, and a place in it. */
interface Piece {
  readonly address: string;
  readonly place: string;
  readonly body: Obj;
  readonly pointer: string;
}

/** What an organisation does with another value; it is as before afterwards. */
async function tried(
  world: World,
  editor: Editor,
  { address, place, body, pointer }: Piece,
  next: Json,
): Promise<Outcome> {
  const current = (await world.admin("GET", address)) as Obj;
  try {
    await editor.write(world.admin, place, withValueAt(current, pointer, next) as Body, parsePointer(pointer)[0] ?? "");
  } catch {
    return "refused";
  }
  const now = valueAt((await world.admin("GET", address)) as Obj, pointer);
  if (!isTaken(valueAt(body, pointer), next, now)) return "ignored";
  await restored(world);
  return "taken";
}

/** Does a value now have something that it did not have before and that was written? */
function isTaken(before: Json | undefined, next: Json, now: Json | undefined): boolean {
  if (now === undefined) return false;
  if (isList(before) && isList(next) && isList(now) && before.length !== next.length && now.length === next.length) {
    return true;
  }
  const inner = isList(next) ? next.map((_, at) => String(at)) : isObj(next) ? Object.keys(next) : [];
  if (inner.length === 0) return now === next && before !== next;
  const part = (value: Json | undefined, name: string): Json | undefined =>
    valueAt(value ?? null, formatPointer([name]));
  return inner.some((name) => isTaken(part(before, name), part(next, name) ?? null, part(now, name)));
}

/** The pointer of a field inside the piece that an editor reaches; undefined when it lies elsewhere. */
function insideOf({ at = "" }: Editor, field: string): string | undefined {
  const place = at.replace("$2", "*");
  return field.startsWith(`${place}/`) ? field.slice(place.length) : undefined;
}

/** Pointers of the values that a pattern matches; those that are there. */
function placesAt(value: Json, pattern: readonly string[], path: readonly string[] = []): string[] {
  const [segment, ...rest] = pattern;
  if (segment === undefined) return [formatPointer(path)];
  const names = isList(value) ? value.map((_, at) => String(at)) : isObj(value) ? Object.keys(value) : [];
  return names
    .filter((name) => segment === "*" || name === segment)
    .flatMap((name) => placesAt(valueAt(value, formatPointer([name])) ?? null, rest, [...path, name]));
}

/** Far enough from every version that a write counts up to. */
const FAR = 1000;

const TEXT = "another value";

/** Another value of the same sort; where no object has one, one of each sort. */
function plainly(_world: World, { body, pointer }: Piece): Json[] {
  const value = valueAt(body, pointer);
  if (value === undefined || value === null) return [TEXT, FAR, true, [TEXT], { id: TEXT }];
  return [otherThan(value, () => undefined), ...(isList(value) ? [value.slice(0, -1)] : [])];
}

/** The same with every id turned to another object of its sort. */
function toAnotherObject({ office }: World, { body, place, pointer }: Piece): Json[] {
  const value = valueAt(body, pointer);
  if (value === undefined || value === null || typeof value === "number" || typeof value === "boolean") return [];
  return [otherThan(value, siblings(office, "standby", place).another)];
}

function otherThan(value: Json, another: Another): Json {
  if (isList(value)) return [...value.map((item) => otherThan(item, another)), TEXT];
  if (typeof value === "number") return value + FAR;
  const other = mutated(value, {}, another);
  if (!isObj(value)) return other ?? TEXT;
  return other ?? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, otherThan(inner, another)]));
}
