import type { SecretRule } from "../model/config.ts";
import { splitCoordinate } from "../model/coordinate.ts";
import { compactJson } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Blocked } from "../model/obstacles.ts";
import type { HiddenSecrets } from "../model/placeholders.ts";
import type { Operation } from "../model/plan.ts";
import { pointerCovers } from "../model/pointer.ts";
import type { Finding } from "../model/snapshot.ts";
import type { Draft } from "./needs.ts";
import { placeholdersOf, secretHint, sentBy } from "./show-secrets.ts";
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

/**
 * What cannot be written because it holds a secret that is known by its placeholder only: neither does the object of the standby
 * hold the same one, nor does the configuration give it.
 */
export function blockedBySecrets(drafts: readonly Draft[], given: HiddenSecrets = new Map()): Blocked[] {
  return drafts.flatMap(({ kind, difference: { coordinate, wanted, current, action, edits } }): Blocked[] => {
    if (wanted === undefined) return [];
    const touched = new Set(edits.map(({ path }) => path.split("/")[1] ?? ""));
    const isSent = sentBy(kind, action === "create" ? new Set(Object.keys(wanted)) : touched, current !== undefined);
    const held = new Set(current === undefined ? [] : placeholdersOf(current).map(({ placeholder }) => placeholder));
    const missing = placeholdersOf(wanted, isSent).find(
      ({ placeholder }) => !held.has(placeholder) && !given.has(placeholder),
    );
    if (missing === undefined) return [];
    const edit = edits.find(({ after }) => after !== undefined && compactJson(after).includes(missing.placeholder));
    const path = edit?.path ?? missing.path;
    const message = `Needs a secret at ${path} that the standby does not have. ${secretHint(path)}`;
    return [{ coordinate, code: "secret-missing", message }];
  });
}
