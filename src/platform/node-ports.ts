import { systemClock } from "./clock.ts";
import { nodeFiles } from "./files.ts";
import type { ProcessPorts } from "./open-app.ts";
import { takeLock } from "./org-lock.ts";

/** The ports of this process: its disk, its clock, its environment. @param signal ends waits and requests under way */
export function nodePorts(signal: AbortSignal): ProcessPorts {
  return { env: process.env, files: nodeFiles(), clock: systemClock, random: Math.random, takeLock, signal };
}
