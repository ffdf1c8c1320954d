import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { systemClock } from "../platform/clock.ts";
import { nodeFiles } from "../platform/files.ts";
import { loadWorkspace } from "../platform/workspace.ts";
import { runError } from "./failure.ts";
import { readSettings } from "./settings.ts";

/** The outputs of a stack, by name. */
export type StackOutputs = Record<string, unknown>;

/**
 * The program of every stack: what it builds is told by `lockstep:role`. The engine runs it through `index.ts`; it can also
 * be given to the Automation API as an inline program.
 * @throws RunError one line for every expected failure
 */
export async function program(): Promise<StackOutputs> {
  try {
    return await build();
  } catch (error) {
    throw runError(error);
  }
}

async function build(): Promise<StackOutputs> {
  const settings = readSettings(pulumi.runtime.allConfig());
  // An inline program has no project directory of its own.
  const root = pulumi.getRootDirectory() || process.cwd();
  const files = nodeFiles();
  const workspace = await loadWorkspace(resolve(root, settings.config), files);
  if (settings.role === "dns") {
    const { dnsStack } = await import("./dns/index.ts");
    return dnsStack({ config: workspace.config, file: workspace.file });
  }
  const { primaryStack, standbyStack } = await import("./org-stack.ts");
  const stack = settings.role === "primary" ? primaryStack : standbyStack;
  return { ...(await stack({ settings, workspace, files, root, now: new Date(systemClock.now()) })) };
}
