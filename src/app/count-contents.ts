import type { App } from "../model/app.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { runSteps } from "../canonical/run-steps.ts";
import type { Contents } from "../importers/left-inside.ts";
import { KINDS } from "../kinds/index.ts";
import type { FoundDrift } from "./find-drift.ts";

/**
 * Asks the standby what it counts in the objects that pruning would delete, where it refuses to delete what is not empty.
 * @throws LockstepError of the login and of reading
 */
export async function countContents(
  app: Pick<App, "connect">,
  { differences, target: { snapshot } }: Pick<FoundDrift, "differences" | "target">,
): Promise<Contents> {
  const asked = differences.flatMap(({ action, coordinate }) => {
    const { kind } = splitCoordinate(coordinate);
    const contents = KINDS.get(kind)?.write?.contents;
    const id = snapshot.ids.get(coordinate);
    return action !== "delete" || contents === undefined || id === undefined
      ? []
      : [{ coordinate, kind, steps: () => contents(id) }];
  });
  if (asked.length === 0) return new Map();
  const connection = await app.connect("standby", "read-only", { orgId: snapshot.org.id });
  try {
    const counted = asked.map(
      async ({ coordinate, kind, steps }): Promise<[Coordinate, ReadonlyMap<string, number>]> => [
        coordinate,
        await runSteps(connection, kind, steps()),
      ],
    );
    return new Map(await Promise.all(counted));
  } finally {
    connection.close();
  }
}
