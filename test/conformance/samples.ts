import { KINDS } from "../../src/kinds/index.ts";
import { requestBody } from "../../src/canonical/denormalise.ts";
import { normalise } from "../../src/canonical/normalise.ts";
import { coordinateOf, splitCoordinate } from "../../src/model/coordinate.ts";
import { textOf, type Obj } from "../../src/model/json.ts";
import type { Kind } from "../../src/model/kind.ts";
import { fixtureNames, fixtureOf, lookupOf } from "../kinds/fixture.ts";
import { addressesOf, EDITORS, keyProperties } from "./editors.ts";
import { rawState, type Body, type Office } from "./office.ts";

/** Two of a kind, so that a reference to one can be turned to the other. */
const SAMPLES = [1, 2];

/**
 * Objects of kinds that the seed has none of, made from the kind's fixture: a new kind needs nothing else to be tested. What
 * the fixture refers to is taken from what is there.
 */
export async function addSamples(office: Office): Promise<void> {
  for (const kind of KINDS.values()) {
    const create = kind.write?.create;
    if (typeof create !== "string" || create.includes("{") || !fixtureNames().includes(kind.name)) continue;
    const state = await rawState(office, "primary");
    if (entitiesOf(state, kind.name).some((entity) => (kind.keep?.(entity as Obj) ?? true) === true)) continue;
    for (const at of SAMPLES) {
      const [method = "", path = ""] = create.split(" ");
      await office.admin.primary(method, path, sampleOf(kind, at, state));
    }
  }
}

function entitiesOf(state: Readonly<Record<string, Body>>, name: string): Body[] {
  const read = KINDS.get(name)?.read;
  if (read === undefined) return [];
  const addresses = addressesOf(read);
  return Object.entries(state).flatMap(([path, entity]) => (addresses.test(path) ? [entity] : []));
}

/**
 * Sets what no object of the seed has, as the fixture of the kind has it, on one of the objects: every property that can be
 * written is then somewhere.
 */
export async function addMissingProperties(office: Office): Promise<void> {
  for (const { kind: name, path: addresses, more = "", whole, write } of EDITORS) {
    const kind = KINDS.get(name);
    if (kind === undefined || whole !== true) continue;
    const state = await rawState(office, "primary");
    const objects = Object.entries(state).filter(
      ([path, entity]) => addresses.test(path) && (kind.keep?.(entity as Obj) ?? true) === true,
    );
    const [path] = objects[0] ?? [];
    if (path === undefined) continue;
    for (const [property, value] of Object.entries(bodyOf(kind, 1, state))) {
      if (objects.some(([, entity]) => !isEmpty(entity[property]))) continue;
      const body = await office.admin.primary("GET", path + more);
      await write(office.admin.primary, path, { ...body, [property]: value }, property);
    }
  }
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    JSON.stringify(value) === "[]" ||
    JSON.stringify(value) === "{}"
  );
}

/** The body that creates the n-th sample. */
function sampleOf(kind: Kind, at: number, state: Readonly<Record<string, Body>>): Obj {
  const key = new Set(keyProperties(kind));
  return Object.fromEntries(
    Object.entries(bodyOf(kind, at, state)).map(([name, value]) => [
      name,
      key.has(name) ? nth(textOf(value), at) : value,
    ]),
  );
}

/** The fixture as the body of a create, with the n-th object of a kind in the place of each that it refers to. */
function bodyOf(kind: Kind, at: number, state: Readonly<Record<string, Body>>): Obj {
  const fixture = fixtureOf(kind.name);
  const self = coordinateOf(kind.name, kind.key(fixture.entity));
  const { object } = normalise(kind, self, fixture.entity, lookupOf(fixture).coordinateOfId);
  const body = requestBody(kind, self, object, (coordinate) => {
    const { kind: name, key } = splitCoordinate(coordinate);
    const [sort = ""] = /^\w+(?=:)/.exec(key) ?? [];
    const all = entitiesOf(state, name);
    const sorted = all.filter(({ type }) => String(type).toLowerCase() === sort);
    const ids = (sorted.length > 0 ? sorted : all).map(({ id }) => String(id));
    const id = ids[at % ids.length];
    if (id === undefined)
      throw new Error(`the fixture of ${kind.name} refers to ${coordinate}, and the seed has no ${name}`);
    return id;
  });
  return kind.read?.denormalise?.(body) ?? body;
}

/** Another key for each sample: a number stays one of the same length. */
function nth(text: string, at: number): string {
  if (!/^\d+$/.test(text)) return `${text} ${String(at)}`;
  return String(Number(text) + at * 10 ** (text.length - 2)).padStart(text.length, "0");
}
