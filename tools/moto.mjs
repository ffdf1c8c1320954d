// Prints the path of a Python that can run moto's server for the tests of the dns stack. Where there is none, a virtual
// environment with the packages of test/engine/moto-requirements.txt is made in the user's cache.
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeCached } from "./engine/cache.mjs";
import { findMoto, motoEnvironment, pythonOf, READY, REQUIREMENTS } from "./engine/find-moto.mjs";

try {
  process.stdout.write(`${findMoto() ?? install()}\n`);
} catch (error) {
  process.stderr.write(`moto: ${error.message}\n`);
  process.exitCode = 1;
}

function install() {
  const environment = motoEnvironment();
  makeCached(dirname(environment));
  rmSync(environment, { recursive: true, force: true });
  process.stderr.write("installing moto into a virtual environment of its own\n");
  run("python3", ["-m", "venv", environment], "python3 with its venv module is needed (Debian: python3-venv)");
  const python = pythonOf(environment);
  const quiet = ["--quiet", "--disable-pip-version-check", "--no-input"];
  run(python, ["-m", "pip", "install", ...quiet, "--requirement", REQUIREMENTS], "Python 3.11 or later is needed");
  writeFileSync(join(environment, READY), "");
  return python;
}

function run(command, args, need) {
  const { error, status } = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (error !== undefined || status !== 0) throw new Error(`${command} ${args.slice(0, 2).join(" ")} failed: ${need}`);
}
