import { isList, isObj, textOf } from "../../model/json.ts";
import { parseJsonLines } from "../../model/json-lines.ts";
import type { Files } from "../../model/ports.ts";
import { statePath, type Workspace } from "../../model/workspace.ts";

/** Where the runs of this directory are kept that did not release the lock of an organisation. */
export function runNotesPath(workspace: Pick<Workspace, "directory">, orgId: string): string {
  return statePath(workspace, "standby-lock", `${orgId}.json`);
}

/**
 * Runs of this directory that hold the lock or were killed while they did. Only one process works in a directory at a time, so
 * that whatever of them is found in the organisation is over.
 */
export async function readRuns(files: Files, path: string): Promise<string[]> {
  const [line] = parseJsonLines((await files.read(path)) ?? "");
  const runs = isObj(line?.value) ? line.value["runs"] : undefined;
  return isList(runs) ? runs.map((run) => textOf(run)).filter((run) => run !== "") : [];
}

/** Replaces them. */
export function writeRuns(files: Files, path: string, runs: readonly string[]): Promise<void> {
  return files.write(path, `${JSON.stringify({ runs })}\n`);
}
