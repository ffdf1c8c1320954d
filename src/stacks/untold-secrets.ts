import type { App } from "../model/app.ts";
import type { Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { Blocked } from "../model/obstacles.ts";
import type { PairedSides } from "../app/pair-sides.ts";
import { compare } from "../drift/compare.ts";
import { draftsOf } from "../importers/drafts.ts";
import { givenSecrets } from "../importers/given-secrets.ts";
import { blockedBySecrets } from "../importers/secret-needs.ts";
import { placeholdersOf } from "../importers/show-secrets.ts";
import { KINDS } from "../kinds/index.ts";

/**
 * What a program cannot write because it holds a secret that is known by its placeholder only, as a plan says it. Only objects with
 * a placeholder that the configuration does not give are looked at in the organisation, which may hold the same secret.
 * @param read gives the named objects as the organisation has them, in canonical form; others may be among them
 */
export async function untoldSecrets(
  app: Pick<App, "workspace" | "placeholders">,
  { pairing, renamed }: Pick<PairedSides, "pairing" | "renamed">,
  read: (coordinates: readonly Coordinate[]) => Promise<ReadonlyMap<Coordinate, Obj>>,
): Promise<Blocked[]> {
  const given = await givenSecrets(app);
  const desired = new Map(
    [...pairing.desired].filter(([, object]) =>
      placeholdersOf(object).some(({ placeholder }) => !given.has(placeholder)),
    ),
  );
  if (desired.size === 0) return [];
  const current = await read([...desired.keys()].map((at) => renamed.get(at) ?? at));
  const differences = compare({ kinds: KINDS, desired, current, ignored: pairing.ignored, renamed });
  return blockedBySecrets(draftsOf(differences, KINDS, false).drafts, given);
}
