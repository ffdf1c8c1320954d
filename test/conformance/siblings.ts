import type { Side } from "../../src/model/side.ts";
import type { JsonObject } from "../../src/simulator/json.ts";
import { registryOf } from "../../src/simulator/resource.ts";
import { resources } from "../../src/simulator/resources/index.ts";
import type { Office } from "./office.ts";

/** What else a reference may point to. */
export interface Siblings {
  /** Another object of the same collection and sort as the one with this id; never the object that refers. */
  readonly another: (id: string) => string | undefined;
  /** Id of the Home division. */
  readonly home: string;
}

const SERVED = registryOf(resources).resources;

/**
 * The objects of an organisation, as a choice for references. Looked up where the simulator keeps them: this is asked for each value
 * that a test changes, and the control interface would write out the whole organisation each time.
 * @param self path of the object that refers
 */
export function siblings({ simulator }: Office, side: Side, self: string): Siblings {
  const stored = simulator.world.orgs.get(side)?.state.collections ?? new Map<string, never>();
  const collections = [...stored].flatMap(([name, entries]) => (SERVED.has(name.split("@")[0] ?? "") ? [entries] : []));
  const own = decodeURIComponent(self.slice(self.lastIndexOf("/") + 1));
  const home = collections
    .flatMap((entries) => [...entries.values()])
    .find(({ data }) => data["homeDivision"] === true);
  return {
    home: String(home?.id),
    another: (id) => {
      const entries = collections.find((some) => some.has(id));
      const entry = entries?.get(id);
      if (entries === undefined || entry === undefined) return undefined;
      const sort = sortOf(entry.data);
      return [...entries.values()].find((other) => other !== entry && other.id !== own && sortOf(other.data) === sort)
        ?.id;
    },
  };
}

function sortOf({ type, trunkType, system, deleted, state, publishedVersion }: JsonObject): string {
  const live = deleted !== true && state !== "deleted" && state !== "inactive";
  return JSON.stringify([type, trunkType, system === true, live, publishedVersion === undefined]);
}
