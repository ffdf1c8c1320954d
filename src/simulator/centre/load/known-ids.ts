import type { SeedValue, Target } from "../types.ts";
import { isSeedObject, keyOf } from "../types.ts";
import type { Admin } from "./admin.ts";
import { SeedError } from "./admin.ts";

const edges = "/api/v2/telephony/providers/edges";

/** The id in an answer; undefined when it has none. */
export function idOf(answer: SeedValue): string | undefined {
  const id = isSeedObject(answer) ? answer["id"] : undefined;
  return typeof id === "string" ? id : undefined;
}

function idByName(list: SeedValue, name: string): string | undefined {
  const entities =
    isSeedObject(list) && Array.isArray(list["entities"]) ? (list["entities"] as readonly SeedValue[]) : [];
  const found = entities.find((entity) => isSeedObject(entity) && entity["name"] === name);
  return found === undefined ? undefined : idOf(found);
}

/** The ids of what the seed made and, looked up when first needed, of what an organisation has from the start. */
export interface KnownIds {
  readonly add: (target: Target, id: string) => void;
  /** @throws SeedError when there is no such object */
  readonly idOf: (target: Target) => Promise<string>;
}

/** Remembers ids; asks the organisation for Home, managed sites and the routes that sites are born with. */
export function knownIds(admin: Admin): KnownIds {
  const ids = new Map<string, string>();

  async function lookedUp([kind, name]: Target): Promise<string | undefined> {
    if (kind === "division" && name === "@home")
      return idOf(await admin("GET", "/api/v2/authorization/divisions/home"));
    if (kind === "site") return idByName(await admin("GET", `${edges}/sites?managed=true&pageSize=100`), name);
    if (kind !== "outbound-route") return undefined;
    const slash = name.lastIndexOf("/");
    const site = ids.get(keyOf(["site", name.slice(0, slash)])) ?? "";
    return idByName(await admin("GET", `${edges}/sites/${site}/outboundroutes?pageSize=100`), name.slice(slash + 1));
  }

  return {
    add: (target, id) => void ids.set(keyOf(target), id),
    idOf: async (target) => {
      const id = ids.get(keyOf(target)) ?? (await lookedUp(target));
      if (id === undefined) throw new SeedError(`nothing is called ${keyOf(target)}`);
      ids.set(keyOf(target), id);
      return id;
    },
  };
}

/** The value with every reference marker replaced by an id. */
export async function resolved(
  value: SeedValue,
  ids: KnownIds,
  targetOf: (value: SeedValue) => Target | undefined,
): Promise<SeedValue> {
  const target = targetOf(value);
  if (target) return ids.idOf(target);
  if (Array.isArray(value)) {
    const list: SeedValue[] = [];
    for (const entry of value as readonly SeedValue[]) list.push(await resolved(entry, ids, targetOf));
    return list;
  }
  if (!isSeedObject(value)) return value;
  const entries: [string, SeedValue][] = [];
  for (const [name, entry] of Object.entries(value)) entries.push([name, await resolved(entry, ids, targetOf)]);
  return Object.fromEntries(entries);
}
