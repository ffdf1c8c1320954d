// Finds the moto server that the tests of the dns stack run: in a virtual environment that `npm run moto` made.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cached } from "./cache.mjs";

/** The packages of the environment, all of them pinned. */
export const REQUIREMENTS = fileURLToPath(new URL("../../test/engine/moto-requirements.txt", import.meta.url));

/** Written last: an environment without it was left half made. */
export const READY = "ready";

/**
 * Where `npm run moto` makes the environment; a change of what is pinned makes another.
 *
 * @returns {string}
 */
export function motoEnvironment() {
  const digest = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex");
  return cached(`moto-${digest.slice(0, 12)}`);
}

/**
 * Path of the Python that can run `-m moto.server`; undefined when there is none.
 *
 * @returns {string | undefined}
 */
export function findMoto() {
  const environment = motoEnvironment();
  return existsSync(join(environment, READY)) ? pythonOf(environment) : undefined;
}

/**
 * The interpreter of a virtual environment.
 *
 * @param {string} environment
 * @returns {string}
 */
export function pythonOf(environment) {
  return process.platform === "win32" ? join(environment, "Scripts", "python.exe") : join(environment, "bin", "python");
}
