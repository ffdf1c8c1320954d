import { resolve } from "node:path";
import type { App } from "../model/app.ts";
import { openApp as openWithPorts } from "../platform/open-app.ts";
import type { Context } from "./context.ts";
import { progressSink } from "./progress.ts";

/** Options that every command has. */
export interface CommonOptions {
  readonly config?: string;
  readonly format?: string;
}

/**
 * Loads `lockstep.yaml` for the use cases. No command line opens the primary for writing: only its stack does.
 * @throws LockstepError when the configuration is missing or wrong
 */
export async function openApp(context: Context, { config = "lockstep.yaml" }: CommonOptions): Promise<App> {
  const { tool, cwd } = context;
  const progress: App["progress"] = (requests) => progressSink(context, requests);
  const app = await openWithPorts(resolve(cwd, config), context, { tool, progress });
  const connect: App["connect"] = (side, access, options) => {
    if (side === "primary" && access === "write") throw new Error("the primary is never opened for writing");
    return app.connect(side, access, options);
  };
  return { ...app, connect };
}

/** A path given on the command line, from the working directory; undefined where none was given. */
export function fromCwd(context: Context, path: string): string;
export function fromCwd(context: Context, path: string | undefined): string | undefined;
export function fromCwd({ cwd }: Context, path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(cwd, path);
}
