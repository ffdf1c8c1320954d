import type { App } from "../model/app.ts";
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
