// What every generator of this directory shares: write a file as prettier wants it, or, with `--check`, only compare.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { format, resolveConfig } from "prettier";

const check = process.argv.includes("--check");

/**
 * Writes a generated file when it differs from what is there.
 * With `--check` on the command line nothing is written: a difference is reported and the process will exit with 1.
 *
 * @param {string} path where it belongs, from the root of the repository
 * @param {string} text its content, in any formatting
 * @returns {Promise<void>}
 */
export async function emit(path, text) {
  emitAsIs(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}

/**
 * The same for a file that nobody reads: it stays in the form that its generator gave it.
 *
 * @param {string} path where it belongs, from the root of the repository
 * @param {string} wanted its content
 */
export function emitAsIs(path, wanted) {
  if (readText(path) === wanted) return;
  if (check) fail(path);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, wanted);
  }
}

/**
 * Says that a generated file is out of date; the process will exit with 1.
 *
 * @param {string} path
 */
export function fail(path) {
  process.stderr.write(`out of date, run "npm run generate": ${path}\n`);
  process.exitCode = 1;
}

/** True when nothing may be written. */
export const checking = check;

function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}
