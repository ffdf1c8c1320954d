import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";

const RECORDER = new URL("../../tools/fidelity/record-traffic.mjs", import.meta.url);

/**
 * Has the traffic of every simulator in this test run recorded to the directory LOCKSTEP_RECORD, for `npm run fidelity`:
 * in the workers, and in command lines that a test starts. Does nothing where that variable is not set.
 */
export function setup(): void {
  const directory = process.env["LOCKSTEP_RECORD"];
  if (directory === undefined) return;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  process.env["LOCKSTEP_RECORD"] = resolve(directory);
  process.env["NODE_OPTIONS"] = [process.env["NODE_OPTIONS"], `--import=${RECORDER.href}`].filter(Boolean).join(" ");
}
