import { KINDS } from "../../src/kinds/index.ts";
import { requestBody } from "../../src/canonical/denormalise.ts";
import { normalise } from "../../src/canonical/normalise.ts";
import { coordinateOf, splitCoordinate } from "../../src/model/coordinate.ts";
import { textOf, type Obj } from "../../src/model/json.ts";
import type { Kind } from "../../src/model/kind.ts";
import { fixtureNames, fixtureOf, lookupOf } from "../kinds/fixture.ts";
import { addressesOf } from "./editors.ts";
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
    if (entitiesOf(state, kind.name).length > 0) continue;
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

/** The body that creates the n-th sample. */
function sampleOf(kind: Kind, at: number, state: Readonly<Record<string, Body>>): Obj {
  const fixture = fixtureOf(kind.name);
  const self = coordinateOf(kind.name, kind.key(fixture.entity));
  const { object } = normalise(kind, self, fixture.entity, lookupOf(fixture).coordinateOfId);
  const body = requestBody(kind, self, object, (coordinate) => {
    const { kind: name } = splitCoordinate(coordinate);
    const ids = entitiesOf(state, name).map(({ id }) => String(id));
    const id = ids[at % ids.length];
    if (id === undefined)
      throw new Error(`the fixture of ${kind.name} refers to ${coordinate}, and the seed has no ${name}`);
    return id;
  });
  const plain = kind.read?.denormalise?.(body) ?? body;
  return { ...plain, name: `${textOf(plain["name"])} ${String(at)}` };
}
