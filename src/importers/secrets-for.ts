import type { App } from "../model/app.ts";
import { LockstepError } from "../model/error.ts";
import type { Operation } from "../model/plan.ts";
import { secretRefsOf } from "../pairing/secret-refs.ts";
import type { SecretsFor } from "./write-one.ts";

/** Looks up the secrets of an object where the configuration says they are. @throws LockstepError `secret-missing` … */
export function secretsFor({ workspace, readSecret }: Pick<App, "workspace" | "readSecret">): SecretsFor {
  return async (coordinate) => {
    const references = [...secretRefsOf(workspace.config.secrets, coordinate)];
    const secrets = references.map(async ([path, reference]) => [path, await readSecret(reference)] as const);
    return new Map(await Promise.all(secrets));
  };
}

/**
 * Looks up every secret that operations need, before anything is written or read: what is missing shows at once, and all of it.
 * @throws LockstepError `secret-missing`, `secret-reference`, `file-unreadable` of the first one, telling of all of them
 */
export async function assertSecrets(
  app: Pick<App, "workspace" | "readSecret">,
  operations: readonly Pick<Operation, "coordinate" | "action">[],
): Promise<void> {
  const secretsOf = secretsFor(app);
  const written = operations.filter(({ action }) => action !== "delete").map(({ coordinate }) => coordinate);
  const missing: { readonly message: string; readonly error: LockstepError }[] = [];
  for (const coordinate of new Set(written)) {
    const error = await secretsOf(coordinate).then(() => undefined, asExpected);
    if (error !== undefined) missing.push({ message: `${coordinate}: ${error.message}`, error });
  }
  const [first] = missing;
  if (first !== undefined) throw first.error.reworded({ message: missing.map(({ message }) => message).join("\n") });
}

function asExpected(error: unknown): LockstepError {
  if (error instanceof LockstepError) return error;
  throw error;
}
