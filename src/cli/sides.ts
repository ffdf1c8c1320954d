import { ApiError, LockstepError } from "../model/error.ts";
import { isObj, textOf } from "../model/json.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Side } from "../model/side.ts";
import { sweep } from "../exporters/sweep.ts";
import { KINDS } from "../kinds/index.ts";
import type { GenesysClient } from "../platform/genesys/options.ts";
import { loadSnapshot } from "../snapshot/snapshot-directory.ts";
import type { Context } from "./context.ts";
import { progressSink } from "./progress.ts";
import { besideConfig, connectSide, type Workspace } from "./workspace.ts";

/** One organisation's configuration and where it came from. */
export interface LoadedSide {
  readonly snapshot: Snapshot;
  /** When it was read, ISO 8601. */
  readonly takenAt: string;
  /** Set when a saved snapshot stands in for an organisation that cannot be reached. */
  readonly standIn?: string;
}

/** Reads a snapshot directory. @throws LockstepError `not-a-snapshot`, `snapshot-damaged` … */
export async function loadDirectory(context: Context, directory: string): Promise<LoadedSide> {
  const { snapshot, run } = await loadSnapshot(context.files, directory, KINDS);
  return { snapshot, takenAt: isObj(run) ? textOf(run["finishedAt"]) : "" };
}

/** Sweeps a live organisation. A snapshot of the same organisation that lies in its directory saves requests. */
export async function sweepSide(
  context: Context,
  workspace: Workspace,
  client: GenesysClient,
  directory: string,
  allowIncomplete = false,
): Promise<LoadedSide> {
  const previous = await previousSnapshot(context, directory, client.org.id);
  const sink = progressSink(context, client);
  const snapshot = await sweep({
    api: client,
    org: client.org,
    region: client.region,
    kinds: KINDS,
    members: workspace.config.include.members,
    allowIncomplete,
    sink,
    ...(previous === undefined ? {} : { previous }),
  });
  return { snapshot, takenAt: new Date(context.clock.now()).toISOString() };
}

async function previousSnapshot(context: Context, directory: string, orgId: string): Promise<Snapshot | undefined> {
  try {
    const { snapshot } = await loadSnapshot(context.files, directory, KINDS);
    return snapshot.org.id === orgId ? snapshot : undefined;
  } catch (error) {
    // A missing, damaged or older snapshot only costs requests here: everything is read anew.
    if (error instanceof LockstepError) return undefined;
    throw error;
  }
}

/** Loads one side for a comparison: from a directory when one is named, otherwise live. */
export async function loadSide(
  context: Context,
  workspace: Workspace,
  side: Side,
  directory: string | undefined,
): Promise<LoadedSide> {
  if (directory !== undefined) return loadDirectory(context, directory);
  const client = await connectSide(context, workspace, side);
  try {
    return await sweepSide(context, workspace, client, besideConfig(workspace, workspace.config.snapshots[side]));
  } finally {
    client.close();
  }
}

/** The primary for a plan: live, or its last good snapshot while it cannot be reached. */
export async function loadSource(
  context: Context,
  workspace: Workspace,
  directory: string | undefined,
): Promise<LoadedSide> {
  try {
    return await loadSide(context, workspace, "primary", directory);
  } catch (error) {
    if (directory !== undefined || !isUnreachable(error)) throw error;
    const saved = besideConfig(workspace, workspace.config.snapshots.primary);
    if ((await context.files.list(saved)) === undefined) throw error;
    const loaded = await loadDirectory(context, saved);
    return { ...loaded, standIn: `the primary cannot be reached; its snapshot of ${loaded.takenAt} stands in` };
  }
}

function isUnreachable(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 0 || error.status >= 500;
  return error instanceof LockstepError && error.code === "no-network";
}
