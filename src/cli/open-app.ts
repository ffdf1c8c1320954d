import type { App } from "../model/app.ts";
import { openApp } from "../platform/open-app.ts";
import { fromCwd, type Context } from "./context.ts";
import { progressBoard } from "./progress.ts";

/**
 * Loads `lockstep.yaml` for the use cases. No command line opens the primary for writing: only its stack does.
 * @param config as given on the command line
 * @param secretsFrom what relative paths of `file:` references start from; the directory of the configuration unless given
 * @throws LockstepError when the configuration is missing or wrong
 */
export async function openCliApp(context: Context, config: string, secretsFrom?: string): Promise<App> {
  const app = await openApp(fromCwd(context, config), context, {
    tool: context.tool,
    progress: progressBoard(context),
    secretsFrom,
  });
  const connect: App["connect"] = (side, access, options) => {
    if (side === "primary" && access === "write") throw new Error("the primary is never opened for writing");
    return app.connect(side, access, options);
  };
  return { ...app, connect };
}
