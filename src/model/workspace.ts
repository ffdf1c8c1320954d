import { isAbsolute, join } from "node:path";
import type { Config } from "./config.ts";

/** A loaded configuration, its file, and the directory that its paths start from. */
export interface Workspace {
  readonly config: Config;
  readonly directory: string;
  readonly file: string;
  /** The line of the file that a JSON pointer leads to. */
  readonly lineOf: (pointer: string) => number;
}

/** A path of the configuration, from where the configuration lies. */
export function besideConfig(workspace: Pick<Workspace, "directory">, path: string): string {
  return isAbsolute(path) ? path : join(workspace.directory, path);
}

/** A file below `.lockstep`, where the state of a workspace lies. Ids become part of a name that stays inside. */
export function statePath(workspace: Pick<Workspace, "directory">, directory: string, name: string): string {
  return join(workspace.directory, ".lockstep", directory, name.replace(/^\.+|[^A-Za-z0-9_.-]/g, "_"));
}

/** Where lockstep keeps the key of placeholders that it made itself. */
export function ownKeyPath(workspace: Pick<Workspace, "directory">): string {
  return statePath(workspace, "secrets", "key");
}
