import { createRequire } from "node:module";
import { LockstepError } from "../model/error.ts";

const require = createRequire(import.meta.url);

/**
 * Asserts that packages are there which only the stacks need, and which therefore are not installed with lockstep.
 * @param isInstalled tells whether a package can be imported from here
 * @throws LockstepError `package-missing`
 */
export function assertPackages(names: readonly string[], isInstalled: (name: string) => boolean = canResolve): void {
  const missing = names.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const { peerDependencies } = require("../../package.json") as { peerDependencies: Record<string, string> };
  const wanted = missing.map((name) => `"${name}@${peerDependencies[name] ?? "latest"}"`).join(" ");
  throw new LockstepError(
    "package-missing",
    `Not installed, and needed by this stack: ${missing.join(", ")}`,
    `Install it beside lockstep: \`npm install --save-exact ${wanted}\`.`,
  );
}

function canResolve(name: string): boolean {
  try {
    require.resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}
