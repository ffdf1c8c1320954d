// Finds the Pulumi command line that the tests of the real engine run: an installed one, or the one that `npm run engine` built.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cached } from "./cache.mjs";

/** The Go module that pins the version to build. */
export const MODULE = fileURLToPath(new URL("../../test/engine/cli", import.meta.url));

/** Older ones take an import under another id than the API's for a replacement. */
const OLDEST = [3, 252];

/**
 * The version that the Go module pins, such as `3.259.0`.
 *
 * @returns {string}
 */
export function pinnedVersion() {
  const found = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\d+\.\d+\.\d+)/.exec(
    readFileSync(join(MODULE, "go.mod"), "utf8"),
  );
  if (found === null) throw new Error(`${MODULE}/go.mod does not require github.com/pulumi/pulumi/pkg/v3`);
  return found[1];
}

/**
 * Where `npm run engine` puts what it builds.
 *
 * @returns {string}
 */
export function builtEngine() {
  return join(cached(`pulumi-${pinnedVersion()}`), "pulumi");
}

/**
 * Path of a Pulumi command line that the tests can use; undefined when there is none.
 *
 * @returns {string | undefined}
 */
export function findEngine() {
  const installed = onPath();
  if (installed !== undefined && isRecent(installed)) return installed;
  const built = builtEngine();
  return existsSync(built) ? built : undefined;
}

function onPath() {
  const directories = (process.env["PATH"] ?? "").split(delimiter).filter((directory) => isAbsolute(directory));
  return directories.map((directory) => join(directory, "pulumi")).find((file) => existsSync(file));
}

function isRecent(file) {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { stdout } = spawnSync(file, ["version"], { encoding: "utf8", env, timeout: 30_000 });
  const [major = 0, minor = 0] = (stdout ?? "").trim().replace(/^v/, "").split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
