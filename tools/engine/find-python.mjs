// Finds the Python programs that tests run: each in a virtual environment of its own, which `npm run moto` or
// `npm run genesys-python` made.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cached } from "./cache.mjs";

/** Written last: an environment without it was left half made. */
export const READY = "ready";

/** The files that pin the packages of each environment, all of them. */
const REQUIREMENTS = {
  moto: "test/engine/moto-requirements.txt",
  "genesys-python": "test/official-python/requirements.txt",
};

/**
 * The names of the environments.
 *
 * @returns {string[]}
 */
export function pythonNames() {
  return Object.keys(REQUIREMENTS);
}

/**
 * The file that pins the packages of an environment.
 *
 * @param {"moto" | "genesys-python"} name
 * @returns {string}
 */
export function requirementsOf(name) {
  return fileURLToPath(new URL(`../../${REQUIREMENTS[name]}`, import.meta.url));
}

/**
 * Where an environment is made; a change of what is pinned makes another.
 *
 * @param {"moto" | "genesys-python"} name
 * @returns {string}
 */
export function environmentOf(name) {
  const digest = createHash("sha256")
    .update(readFileSync(requirementsOf(name)))
    .digest("hex");
  return cached(`${name}-${digest.slice(0, 12)}`);
}

/**
 * Path of the Python that has the packages of an environment; undefined when it was not made.
 *
 * @param {"moto" | "genesys-python"} name
 * @returns {string | undefined}
 */
export function findPython(name) {
  const environment = environmentOf(name);
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
