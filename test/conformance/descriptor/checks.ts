import type { Kind } from "../../../src/model/kind.ts";
import { cycleFaults } from "./cycles.ts";
import { deletedFaults } from "./deleted.ts";
import { exclusionFaults } from "./exclusions.ts";
import type { Fault } from "./fault.ts";
import { listFaults } from "./lists.ts";
import { orderFaults } from "./order.ts";
import { permissionFaults } from "./permissions.ts";
import { referenceFaults } from "./references.ts";
import { switchFaults } from "./switches.ts";
import { updateFaults } from "./updates.ts";
import type { World } from "./world.ts";

/** Finds what is wrong about some kinds. @param all the kinds that there are */
type Check = (some: readonly Kind[], world: World, all: ReadonlyMap<string, Kind>) => Promise<readonly Fault[]>;

/** One kind after the other: checks change the organisation and put it back. */
function each(check: (kind: Kind, world: World) => readonly Fault[] | Promise<readonly Fault[]>): Check {
  return async (some, world) => {
    const faults: Fault[] = [];
    for (const kind of some) faults.push(...(await check(kind, world)));
    return faults;
  };
}

/** What a descriptor can say wrongly, by what it is about. */
export const CHECKS = {
  "how its lists page": each(listFaults),
  "which objects were deleted": each(deletedFaults),
  "which fields are the server's": each(exclusionFaults),
  "which switches are operational": each(switchFaults),
  "where order means something": each(orderFaults),
  "what refers to other objects": each(referenceFaults),
  "which references may close a cycle": async (some, world, all) =>
    cycleFaults(all, world).filter((fault) => some.some(({ name }) => name === fault.kind)),
  "how it is updated": each(updateFaults),
  "which permissions it needs": each(permissionFaults),
} satisfies Readonly<Record<string, Check>>;

export type CheckName = keyof typeof CHECKS;

export const CHECK_NAMES = Object.keys(CHECKS) as CheckName[];
