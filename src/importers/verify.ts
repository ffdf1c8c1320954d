import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { Operation } from "../model/plan.ts";
import type { Edit } from "../model/report.ts";
import { objectEdits } from "../drift/edits.ts";
import { readTarget, type Target } from "./target.ts";

/** Objects as they are after an apply, and those that are not what they should be. */
export interface Verification {
  readonly objects: ReadonlyMap<Coordinate, Obj>;
  readonly unequal: readonly { readonly coordinate: Coordinate; readonly edits: readonly Edit[] }[];
}

/** Reads every object that was written and compares it with what was wanted. */
export async function verify(target: Target, operations: readonly Operation[]): Promise<Verification> {
  const last = new Map(operations.map((operation) => [operation.coordinate, operation]));
  const objects = new Map<Coordinate, Obj>();
  const unequal: { coordinate: Coordinate; edits: readonly Edit[] }[] = [];
  await Promise.all(
    [...last].map(async ([coordinate, operation]) => {
      const kind = target.kinds.get(splitCoordinate(coordinate).kind);
      const id = target.ids.get(coordinate);
      if (kind === undefined || id === undefined) return;
      const now = await readTarget(target, kind, coordinate, id, operation.after);
      if (now !== undefined) objects.set(coordinate, now.object);
      if (now === undefined && operation.after === undefined) return;
      const edits: readonly Edit[] =
        now === undefined || operation.after === undefined
          ? [{ path: "", ...(now === undefined ? {} : { before: now.object }) }]
          : objectEdits(kind, now.object, operation.after);
      if (edits.length > 0) unequal.push({ coordinate, edits });
    }),
  );
  return { objects, unequal: unequal.sort((a, b) => (a.coordinate < b.coordinate ? -1 : 1)) };
}
