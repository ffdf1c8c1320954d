import { KINDS } from "../../../src/kinds/index.ts";
import { normalise } from "../../../src/canonical/normalise.ts";
import { runSteps } from "../../../src/canonical/run-steps.ts";
import { writeObject } from "../../../src/canonical/write-object.ts";
import { coordinateOf, splitCoordinate, type Coordinate } from "../../../src/model/coordinate.ts";
import { isObj, sameJson, textOf, type Json, type Obj } from "../../../src/model/json.ts";
import type { Kind } from "../../../src/model/kind.ts";
import { formatPointer, objectWith, valueAt } from "../../../src/model/pointer.ts";
import { untouched } from "../by-hand.ts";
import { EDITORS } from "../editors.ts";
import { CANARY } from "../office.ts";
import { SECRETS } from "../settings.ts";
import { entitiesOf } from "./entities.ts";
import type { Fault } from "./fault.ts";
import { fieldsOf } from "./schema-fields.ts";
import { restored, type World } from "./world.ts";

/**
 * Does an update write what differs and leave everything else as it is? One text of one object is changed, then its division;
 * both are looked at past lockstep.
 */
export async function updateFaults(kind: Kind, world: World): Promise<Fault[]> {
  if (kind.mode !== "write" || kind.write?.update === undefined) return [];
  return [...styleFaults(kind), ...(await textFaults(kind, world)), ...(await divisionFaults(kind, world))];
}

/** PUT replaces, PATCH changes what is sent (genesys-api §4). */
function styleFaults({ name, write }: Kind): Fault[] {
  const verb = typeof write?.update === "string" ? write.update.split(" ")[0] : undefined;
  const style = verb === "PUT" ? "full" : verb === "PATCH" ? "patch" : write?.style;
  if (style === write?.style) return [];
  return [
    { kind: name, field: "write.style", what: `is "${write?.style ?? ""}", but ${verb ?? ""} is "${style ?? ""}"` },
  ];
}

async function textFaults(kind: Kind, world: World): Promise<Fault[]> {
  const chosen = changeableText(kind, world);
  if (chosen === undefined) return [];
  const { coordinate, pointer } = chosen;
  const current = world.snapshot.objects.get(coordinate) ?? {};
  const wanted = objectWith(current, pointer, `${textOf(valueAt(current, pointer))} changed`);
  const now = await updated(kind, world, coordinate, wanted, pointer.split("/")[1] ?? "");
  const lost = typeof now === "string" ? [{ field: pointer, what: `cannot be changed: ${now}` }] : lostIn(wanted, now);
  const whats = lost.map(({ field, what }) => ({
    kind: kind.name,
    field,
    what: what ?? `is lost when ${pointer} changes`,
  }));
  if (whats.length > 0) await restored(world);
  return whats;
}

/** A text of the object that shows most, which is neither key nor reference nor one of a few words. */
function changeableText(
  kind: Kind,
  { snapshot }: World,
): { readonly coordinate: Coordinate; readonly pointer: string } | undefined {
  const keys = EDITORS.filter((editor) => editor.kind === kind.name && editor.at === undefined).flatMap(
    ({ key }) => key,
  );
  const texts = fieldsOf(kind.schema).filter(
    ({ path: [first = "", second, , deeper], schema, notes }) =>
      !keys.includes(first) &&
      untouched(`${kind.name}${formatPointer([first])}`) === undefined &&
      second !== "name" &&
      deeper === undefined &&
      schema.type === "string" &&
      Object.keys(notes).length === 0 &&
      schema.enum === undefined &&
      schema.format === undefined &&
      schema.pattern === undefined,
  );
  const own = [...snapshot.objects].filter(([at]) => splitCoordinate(at).kind === kind.name);
  const sorted = own.sort(([, a], [, b]) => Object.keys(b).length - Object.keys(a).length);
  for (const { path } of texts) {
    const pointer = formatPointer(path);
    const found = sorted.find(([, object]) => typeof valueAt(object, pointer) === "string");
    if (found !== undefined) return { coordinate: found[0], pointer };
  }
  return undefined;
}

async function divisionFaults(kind: Kind, world: World): Promise<Fault[]> {
  if (kind.schema.properties?.["division"]?.["x-lockstep"]?.ref !== "division") return [];
  const divisions = [...world.snapshot.ids.keys()].filter((at) => splitCoordinate(at).kind === "division");
  for (const [coordinate, object] of world.snapshot.objects) {
    if (splitCoordinate(coordinate).kind !== kind.name || typeof object["division"] !== "string") continue;
    const division = divisions.find((at) => at !== object["division"]) ?? "";
    const now = await updated(kind, world, coordinate, { ...object, division }, "division");
    if (typeof now !== "string" && now["division"] === division) return [];
    await restored(world);
    const why = typeof now === "string" ? now : "an update leaves it where it was";
    const what = `does not move: ${why} (write.moveAs is ${kind.write?.moveAs ?? "missing"})`;
    return [{ kind: kind.name, field: "/division", what }];
  }
  return [];
}

/** The object after an update, or why it was refused. */
async function updated(
  kind: Kind,
  world: World,
  coordinate: Coordinate,
  wanted: Obj,
  touched: string,
): Promise<Obj | string> {
  const { snapshot, office } = world;
  const only = new Set([coordinate]);
  const entity = (await entitiesOf(world, kind.name, only)).get(coordinate) ?? {};
  const api = await office.connect("standby", "write");
  const resolve = (at: string): string => snapshot.ids.get(at) ?? at;
  const current = snapshot.objects.get(coordinate) ?? {};
  const secrets = new Map(SECRETS.secrets.map(({ path }) => [path, CANARY]));
  const job = { kind, coordinate, verb: "update", id: resolve(coordinate), wanted, current, entity } as const;
  try {
    await runSteps(api, kind.name, writeObject({ ...job, touched: new Set([touched]), resolve, secrets }));
  } catch (error) {
    return error instanceof Error ? error.message : "refused";
  }
  const after = (await entitiesOf(world, kind.name, only)).get(coordinate) ?? {};
  const ids = new Map([...snapshot.ids].map(([at, id]) => [coordinateOf(splitCoordinate(at).kind, id), at]));
  return normalise(KINDS.get(kind.name) ?? kind, coordinate, after, (other, id) => ids.get(coordinateOf(other, id)))
    .object;
}

/** What an object does not have as it was wanted. */
function lostIn(
  wanted: Obj,
  now: Obj,
  path: readonly string[] = [],
): { readonly field: string; readonly what?: string }[] {
  const isText = (value: Json | undefined): boolean => path.length === 0 && value === undefined;
  return Object.entries(wanted).flatMap(([name, value]) => {
    const found = Object.hasOwn(now, name) ? now[name] : undefined;
    if (sameJson(value, found) || (name === "yaml" && isText(found))) return [];
    if (isObj(value) && isObj(found)) return lostIn(value, found, [...path, name]);
    return [{ field: formatPointer([...path, name]) }];
  });
}
