import { resolve } from "node:path";
import type { Side } from "../model/side.ts";
import { connectOrg, loadWorkspace, type Workspace } from "../platform/workspace.ts";
import type { Access } from "../platform/genesys/read-only.ts";
import type { GenesysClient } from "../platform/genesys/options.ts";
import type { Context } from "./context.ts";

export { besideConfig, type Workspace } from "../platform/workspace.ts";

/** Options that every command has. */
export interface CommonOptions {
  readonly config?: string;
  readonly format?: string;
}

/** Loads `lockstep.yaml`. @throws LockstepError when it is missing or wrong */
export async function openWorkspace(context: Context, options: CommonOptions): Promise<Workspace> {
  return loadWorkspace(resolve(context.cwd, options.config ?? "lockstep.yaml"), context.files);
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
  return connectOrg(context, workspace, side, access);
}
