import { dirname, isAbsolute, join } from "node:path";
import type { Config } from "../model/config.ts";
import { LockstepError } from "../model/error.ts";
import type { Clock, Files, Random } from "../model/ports.ts";
import type { Side } from "../model/side.ts";
import { loadConfig } from "./config.ts";
import { resolveSecret, type Environment } from "./secrets.ts";
import type { GenesysClient } from "./genesys/options.ts";
import type { Access } from "./genesys/read-only.ts";
import type { Transport } from "./genesys/transport.ts";

/** A loaded configuration and the directory that its paths start from. */
export interface Workspace {
  readonly config: Config;
  readonly directory: string;
  readonly file: string;
}

/** What opening an organisation takes from the outside world. */
export interface Machine {
  readonly env: Environment;
  readonly files: Files;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted when the work is to end: waits and requests under way end with it. */
  readonly signal: AbortSignal;
  /** Answers in place of the network; tests and the demo use it. */
  readonly transport?: Transport;
}

/** A login that is used instead of the one in `lockstep.yaml`, by reference. */
export interface OtherLogin {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Loads `lockstep.yaml` by its absolute path. @throws LockstepError when it is missing or wrong */
export async function loadWorkspace(file: string, files: Files): Promise<Workspace> {
  return { config: await loadConfig(file, files), directory: dirname(file), file };
}

/** A path of the configuration, from where the configuration lies. */
export function besideConfig(workspace: Pick<Workspace, "directory">, path: string): string {
  return isAbsolute(path) ? path : join(workspace.directory, path);
}

/** A file below `.lockstep`, where the state of a workspace lies. Ids become part of a name that stays inside. */
export function statePath(workspace: Pick<Workspace, "directory">, directory: string, name: string): string {
  return join(workspace.directory, ".lockstep", directory, name.replace(/[^A-Za-z0-9_.-]/g, "_"));
}

/** The lock that whoever writes an organisation holds meanwhile. */
export function lockPath(workspace: Pick<Workspace, "directory">, orgId: string): string {
  return statePath(workspace, "lock", `${orgId}.json`);
}

/**
 * Logs in to one of the organisations and asks it who it is.
 * @param login instead of the login in `lockstep.yaml`
 * @param orgId the organisation that it has to be besides what `lockstep.yaml` says
 * @throws LockstepError `login-failed`, `no-network`, `org-mismatch`, `secret-missing` …
 */
export async function connectOrg(
  machine: Machine,
  workspace: Workspace,
  side: Side,
  access: Access,
  { login, orgId }: { readonly login?: OtherLogin | undefined; readonly orgId?: string | undefined } = {},
): Promise<GenesysClient> {
  const org = workspace.config.orgs[side];
  const { clientId, clientSecret } = login ?? org;
  try {
    const { connect } = await import("./genesys/connect.ts");
    return await connect({
      region: org.region,
      baseUrl: org.baseUrl,
      orgId: org.orgId,
      pinnedOrgId: orgId,
      clientId: await secretOf(machine, workspace, clientId),
      clientSecret: await secretOf(machine, workspace, clientSecret),
      tokens: org.tokens,
      access,
      clock: machine.clock,
      random: machine.random,
      signal: machine.signal,
      transport: machine.transport,
    });
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    const place = { ...error.place, path: error.place.path ?? `/orgs/${side}` };
    throw new LockstepError(error.code, `${side}: ${error.message}`, error.hint, place, error.exit);
  }
}

/** The secrets behind references: pointer → reference becomes pointer → value. @throws LockstepError `secret-missing` … */
export async function secretsOf(
  machine: Pick<Machine, "env" | "files">,
  workspace: Pick<Workspace, "directory">,
  references: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const resolved = [...references].map(
    async ([path, reference]) => [path, await secretOf(machine, workspace, reference)] as const,
  );
  return new Map(await Promise.all(resolved));
}

function secretOf(
  { env, files }: Pick<Machine, "env" | "files">,
  { directory }: Pick<Workspace, "directory">,
  reference: string,
): Promise<string> {
  return resolveSecret(reference, env, files, directory);
}
