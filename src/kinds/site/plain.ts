import { listOf, objectsOf, type Obj } from "../../model/json.ts";

/** A site as the API gives it → its number plans in the order in which they are tried, which `priority` tells. */
export function plainSite(entity: Obj): Obj {
  if (entity["numberPlans"] === undefined) return entity;
  const plans = objectsOf(entity["numberPlans"]).map((plan, at) => ({ plan, at }));
  plans.sort((a, b) => priorityOf(a.plan, a.at) - priorityOf(b.plan, b.at) || a.at - b.at);
  return { ...entity, numberPlans: plans.map(({ plan }) => plan) };
}

function priorityOf(plan: Obj, at: number): number {
  return typeof plan["priority"] === "number" ? plan["priority"] : at;
}

/**
 * The list that replaces all number plans of a site. Plans that are there already, such as those that the platform gives
 * a new site, are adopted by name (genesys-api §5.5); the place in the list is the priority.
 */
export function planList(wanted: Obj, present: Obj[]): Obj[] {
  const byName = new Map(present.map((plan) => [plan["name"], plan]));
  return listOf(wanted["numberPlans"]).flatMap((plan, at) => {
    const [own] = objectsOf([plan]);
    if (own === undefined) return [];
    const found = byName.get(own["name"] ?? null);
    const identity = Object.fromEntries(
      ["id", "version"].flatMap((name) => (found?.[name] === undefined ? [] : [[name, found[name]]])),
    );
    return [{ ...own, ...identity, priority: at + 1 }];
  });
}
