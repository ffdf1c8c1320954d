import { dirname, isAbsolute, join, resolve } from "node:path";
import type { Config } from "../model/config.ts";
import { LockstepError } from "../model/error.ts";
import { loadConfig } from "../platform/config.ts";
import { resolveSecret } from "../platform/secrets.ts";
import type { Access } from "../platform/genesys/read-only.ts";
import type { GenesysClient } from "../platform/genesys/options.ts";
import type { Context } from "./context.ts";

/** Which of the two organisations. */
export type Side = "primary" | "standby";

/** A loaded configuration and the directory that its paths start from. */
export interface Workspace {
  readonly config: Config;
  readonly directory: string;
  readonly file: string;
}

/** Options that every command has. */
export interface CommonOptions {
  readonly config?: string;
  readonly format?: string;
}

/** Loads `lockstep.yaml`. @throws LockstepError when it is missing or wrong */
export async function openWorkspace(context: Context, options: CommonOptions): Promise<Workspace> {
  const file = resolve(context.cwd, options.config ?? "lockstep.yaml");
  return { config: await loadConfig(file, context.files), directory: dirname(file), file };
}

/** A path of the configuration, from where the configuration lies. */
export function besideConfig(workspace: Workspace, path: string): string {
  return isAbsolute(path) ? path : join(workspace.directory, path);
}

/** A path given on the command line, from the working directory. */
export function fromCwd(context: Context, path: string): string {
  return resolve(context.cwd, path);
}

/**
 * Logs in to one of the organisations. Only apply and sync ask for `write`, and only for the standby.
 * @throws LockstepError `login-failed`, `no-network`, `org-mismatch`, `secret-missing` …
 */
export async function connectSide(
  context: Context,
  workspace: Workspace,
  side: Side,
  access: Access = "read-only",
): Promise<GenesysClient> {
  if (side === "primary" && access === "write") throw new Error("the primary is never opened for writing");
  const org = workspace.config.orgs[side];
  const secret = (reference: string): Promise<string> =>
    resolveSecret(reference, context.env, context.files, workspace.directory);
  const { connect } = await import("../platform/genesys/connect.ts");
  try {
    return await connect({
      region: org.region,
      baseUrl: org.baseUrl,
      orgId: org.orgId,
      clientId: await secret(org.clientId),
      clientSecret: await secret(org.clientSecret),
      tokens: org.tokens,
      access,
      clock: context.clock,
      random: context.random,
      signal: context.signal,
      transport: context.transport,
    });
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    const place = { ...error.place, path: error.place.path ?? `/orgs/${side}` };
    throw new LockstepError(error.code, `${side}: ${error.message}`, error.hint, place, error.exit);
  }
}
