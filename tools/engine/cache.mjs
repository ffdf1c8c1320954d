// Where big things that only tests need are kept: outside the checkout, one directory per version, so that they are made once.
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Directory of one thing in the user's cache; it need not exist.
 *
 * @param {string} name what is kept there, with its version
 * @returns {string}
 */
export function cached(name) {
  const { XDG_CACHE_HOME: chosen } = process.env;
  return join(chosen || join(homedir(), ".cache"), "lockstep", name);
}

/**
 * Makes a directory of the cache.
 *
 * @param {string} directory
 * @throws {Error} naming the setting by which another place is chosen, when it cannot be made
 */
export function makeCached(directory) {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw new Error(
      `cannot write ${directory} (${error.code}): set XDG_CACHE_HOME to a directory that may be written`,
      {
        cause: error,
      },
    );
  }
}
