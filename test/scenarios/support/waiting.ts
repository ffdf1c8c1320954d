import { setTimeout as pause } from "node:timers/promises";
import type { Control, LogLine } from "./control.ts";

/** Waits until the simulator has got a request that matches; the test's own time limit ends a wait for nothing. */
export async function requestSeen(control: Control, since: number, matches: (line: LogLine) => boolean): Promise<void> {
  while (!(await control.log(since)).some(matches)) await pause(20);
}
