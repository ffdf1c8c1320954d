import type { SecretRule } from "../model/config.ts";
import { splitCoordinate } from "../model/coordinate.ts";
import type { Kind } from "../model/kind.ts";
import type { Operation } from "../model/plan.ts";
import { pointerCovers } from "../model/pointer.ts";
import type { Finding } from "../model/snapshot.ts";
import { secretRefsOf } from "../pairing/secret-refs.ts";

/**
 * Secrets that operations need and no rule of the configuration gives. Whether the values behind the rules exist shows when
 * they are written: a plan may be made where they are not available.
 */
export function missingSecrets(
  operations: readonly Operation[],
  kinds: ReadonlyMap<string, Kind>,
  rules: readonly SecretRule[],
): Finding[] {
  return operations.flatMap((operation) => {
    const { coordinate, after, action } = operation;
    const { kind: name, key } = splitCoordinate(coordinate);
    const verb = action === "create" ? "create" : "update";
    const needed = after === undefined ? [] : (kinds.get(name)?.write?.needsSecrets?.(verb, after) ?? []);
    const given = [...secretRefsOf(rules, coordinate).keys()];
    return needed
      .filter((place) => !given.some((path) => pointerCovers(place, path)))
      .map((path) => ({
        code: "secret-missing",
        coordinate,
        path,
        message: `Needs what no organisation tells; add to "secrets" of lockstep.yaml: {kind: ${name}, name: ${JSON.stringify(key)}, path: ${path.replace("*", "FIELD")}, value: env:NAME}`,
      }));
  });
}
