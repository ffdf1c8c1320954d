import { ApiError, LockstepError } from "../model/error.ts";
import type { Kind } from "../model/kind.ts";
import type { Finding } from "../model/snapshot.ts";
import { readGrants } from "../canonical/grants.ts";
import { runSteps } from "../canonical/run-steps.ts";
import { assertNoGaps, type SweepOptions } from "./options.ts";

/**
 * Lists are silently cut to the divisions that a client may see (genesys-api §2), so a narrow grant would look like mass
 * deletion. Gives the reason by kind for those that would be cut.
 * @throws LockstepError `narrow-grant` unless incomplete snapshots are allowed
 */
export async function narrowKinds(
  options: SweepOptions,
  kinds: readonly Kind[],
): Promise<{ reasons: ReadonlyMap<string, string>; findings: readonly Finding[] }> {
  const grants = await runSteps(options.api, "grants", readGrants()).catch((error: unknown) => {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500) return undefined;
    throw error;
  });
  if (grants === undefined) {
    const message = "The organisation does not tell what the client may see, so a narrow grant would go unnoticed";
    return { reasons: new Map(), findings: [{ code: "grants-unknown", coordinate: "", message }] };
  }
  const gaps = kinds.flatMap((kind) =>
    kind.permissions.read.flatMap((permission) => {
      const reach = grants(permission);
      return reach.scope === "some" ? [{ kind: kind.name, error: narrowGrant(kind, permission, reach.divisions) }] : [];
    }),
  );
  assertNoGaps(options, gaps);
  return { reasons: new Map(gaps.map(({ kind, error }) => [kind, error.message])), findings: [] };
}

function narrowGrant(kind: Kind, permission: string, divisions: readonly string[]): LockstepError {
  return new LockstepError(
    "narrow-grant",
    `${permission} is granted in ${divisions.join(", ")} only, so objects of other divisions would be missing`,
    "Grant the role of the OAuth client for all divisions.",
    { coordinate: kind.name },
  );
}
