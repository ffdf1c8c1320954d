import { compactJson, textOf, type Obj } from "../../../src/model/json.ts";
import type { Kind } from "../../../src/model/kind.ts";
import { readList } from "../../../src/model/read-list.ts";
import { runSteps } from "../../../src/canonical/run-steps.ts";
import type { Fault } from "./fault.ts";
import { answerAt } from "./operations.ts";
import { answerOf, rawObjects, restored, type Raw, type World } from "./world.ts";

/** Are objects left out that were deleted and are still answered (genesys-api §1.5)? */
export async function deletedFaults(kind: Kind, world: World): Promise<Fault[]> {
  if (kind.read === undefined) return [];
  const states = [...(await statesOfDeleted(kind, world)), ...statesInDefinition(kind, world)];
  const objects = rawObjects(world, kind.name);
  const [first] = objects;
  if (first === undefined) return [];
  const entity = await answerOf(world, first);
  const taken = new Map(
    states
      .filter((state) => (kind.keep?.({ ...entity, ...state }) ?? true) === true)
      .flatMap((state) => Object.entries(state))
      .map(([field, value]) => [`${field} ${compactJson(value)}`, { field, value }]),
  );
  return [...taken.values()].map(({ field, value }) => ({
    kind: kind.name,
    field: `/${field}`,
    what: `an object that was deleted is kept (${field} is ${compactJson(value)})`,
  }));
}

/** How an object of the kind looks once it was deleted, if it is still answered: what became different. */
async function statesOfDeleted(kind: Kind, world: World): Promise<Obj[]> {
  const victim = await deleteOne(kind, world);
  if (victim === undefined) return [];
  const after = [...(await stillAnswered(world, victim.raw)), ...(await stillListed(kind, world, victim.raw))];
  await restored(world);
  return after.map((entity) => ({ state: textOf(entity["state"]) }));
}

/** Deletes the first object that may be deleted. */
async function deleteOne(kind: Kind, world: World): Promise<{ readonly raw: Raw } | undefined> {
  for (const raw of rawObjects(world, kind.name)) {
    try {
      await world.admin("DELETE", raw.address.split("?")[0] ?? "");
      return { raw };
    } catch {
      continue;
    }
  }
  return undefined;
}

async function stillAnswered(world: World, raw: Raw): Promise<Obj[]> {
  try {
    return [await answerOf(world, raw)];
  } catch {
    return [];
  }
}

async function stillListed(kind: Kind, world: World, { id }: Raw): Promise<Obj[]> {
  const api = await world.office.connect("standby");
  const lists = (kind.read?.lists ?? []).filter(({ per }) => per === undefined);
  const entities = await Promise.all(lists.map((list) => runSteps(api, kind.name, readList(list))));
  return entities.flat().filter((entity) => entity["id"] === id);
}

/** The values that the official definition has for a deleted object. */
function statesInDefinition({ read }: Kind, { contract }: World): Obj[] {
  if (contract === undefined || read === undefined) return [];
  const properties = answerAt(contract, read.get.op, [])?.properties ?? {};
  return Object.entries(properties).flatMap(([name, property]): Obj[] => {
    if (name === "deleted" && property.type === "boolean") return [{ deleted: true }];
    return (property.enum ?? [])
      .filter((value) => value.toLowerCase() === "deleted")
      .map((value) => ({ [name]: value }));
  });
}
