import type { Side } from "../../src/model/side.ts";
import { rawState, type Body, type Office } from "./office.ts";

/** What else a reference may point to. */
export interface Siblings {
  /** Another object of the same collection and sort as the one with this id; never the object that refers. */
  readonly another: (id: string) => string | undefined;
  /** Id of the Home division. */
  readonly home: string;
}

/** The objects of an organisation, as a choice for references. @param self path of the object that refers */
export async function siblings(office: Office, side: Side, self: string): Promise<Siblings> {
  const state = Object.entries(await rawState(office, side));
  const home = state.find(([, { homeDivision }]) => homeDivision === true)?.[1]["id"];
  const idAt = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
  const baseOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));
  return {
    home: String(home),
    another: (id) => {
      const own = state.find(([path]) => idAt(path) === id);
      if (own === undefined) return undefined;
      const [path, entity] = own;
      const found = state.find(
        ([other, candidate]) =>
          other !== path && other !== self && baseOf(other) === baseOf(path) && sortOf(candidate) === sortOf(entity),
      );
      return found === undefined ? undefined : idAt(found[0]);
    },
  };
}

function sortOf({ type, trunkType, system, deleted, state, publishedVersion }: Body): string {
  const live = deleted !== true && state !== "deleted" && state !== "inactive";
  return JSON.stringify([type, trunkType, system === true, live, publishedVersion === undefined]);
}
