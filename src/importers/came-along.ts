import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import { LockstepError } from "../model/error.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation, Plan } from "../model/plan.ts";
import { isKept } from "../canonical/kept.ts";
import type { ListReader } from "./read-touched.ts";
import { canonical, coordinateIn, type Target } from "./target.ts";
import type { Verification } from "./verify.ts";

/** What is known of a plan when its apply is verified. */
export interface Expected {
  readonly plan: Pick<Plan, "operations" | "blocked">;
  /** Operations whose result is there, of this run or an earlier one. */
  readonly done: readonly Operation[];
  /** Is the object kept in step at all? */
  readonly compared: (coordinate: Coordinate) => boolean;
}

/**
 * What the platform made by itself in an object that was created, and that nothing wanted: such as the first route of a new site
 * (genesys-api §5.5). Looked for where another kind has its objects in the created one; where that cannot be read, the created
 * object is unchecked.
 * @throws LockstepError `interrupted`
 */
export async function cameAlong(
  target: Target,
  expected: Expected,
  listed: ListReader,
): Promise<Pick<Verification, "unequal" | "unchecked">> {
  const { done } = expected;
  const created = new Set(done.flatMap(({ action, coordinate }) => (action === "create" ? [coordinate] : [])));
  const parents = new Set([...created].map((coordinate) => splitCoordinate(coordinate).kind));
  const kinds = [...target.kinds.values()].filter(
    ({ mode, parent }) => mode === "write" && parent !== undefined && parents.has(parent.kind),
  );
  const found = await Promise.all(
    kinds.map(async (kind) => {
      try {
        return { unequal: await surplus(target, kind, await listed(kind), { ...expected, created }), unchecked: [] };
      } catch (error) {
        if (!(error instanceof LockstepError) || error.code === "interrupted") throw error;
        return { unequal: [], unchecked: [...created].filter((at) => splitCoordinate(at).kind === kind.parent?.kind) };
      }
    }),
  );
  const unchecked = found.flatMap((one) => one.unchecked);
  return { unequal: found.flatMap((one) => one.unequal), unchecked: [...new Set(unchecked)] };
}

async function surplus(
  target: Target,
  kind: Kind,
  entities: readonly Obj[],
  { plan, compared, created }: Expected & { readonly created: ReadonlySet<Coordinate> },
): Promise<Verification["unequal"]> {
  const told = new Set([...plan.operations, ...plan.blocked].map(({ coordinate }) => coordinate));
  const isSurplus = (entity: Obj, coordinate: Coordinate): boolean => {
    const parent = target.names.get(`${kind.parent?.kind ?? ""}/${kind.parent?.id(entity) ?? ""}`);
    if (parent === undefined || !created.has(parent) || told.has(coordinate)) return false;
    return isThere(kind, entity) && compared(coordinate);
  };
  const found = entities.map((entity) => ({ entity, coordinate: coordinateIn(target, kind, entity) }));
  return Promise.all(
    found
      .filter(({ entity, coordinate }) => isSurplus(entity, coordinate))
      .map(async ({ entity, coordinate }) => {
        const { object } = await canonical(target, { kind, coordinate }, entity, {});
        return { coordinate, edits: [{ path: "", before: object }] };
      }),
  );
}

function isThere(kind: Kind, entity: Obj): boolean {
  return entity["state"] !== "deleted" && isKept(kind, entity);
}
