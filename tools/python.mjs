// Prints the path of a Python that has the packages of an environment: moto's server for the tests of the dns stack, or the
// official client that the simulator is tried with. Where there is none, it is made in the user's cache.
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeCached } from "./engine/cache.mjs";
import { environmentOf, findPython, pythonNames, pythonOf, READY, requirementsOf } from "./engine/find-python.mjs";

const [name] = process.argv.slice(2);
try {
  if (!pythonNames().includes(name)) throw new Error(`name one of ${pythonNames().join(", ")}`);
  process.stdout.write(`${findPython(name) ?? install()}\n`);
} catch (error) {
  process.stderr.write(`${name}: ${error.message}\n`);
  process.exitCode = 1;
}

function install() {
  const environment = environmentOf(name);
  makeCached(dirname(environment));
  rmSync(environment, { recursive: true, force: true });
  process.stderr.write(`installing ${name} into a virtual environment of its own\n`);
  run("python3", ["-m", "venv", environment], "python3 with its venv module is needed (Debian: python3-venv)");
  const python = pythonOf(environment);
  const quiet = ["--quiet", "--disable-pip-version-check", "--no-input"];
  run(
    python,
    ["-m", "pip", "install", ...quiet, "--requirement", requirementsOf(name)],
    "Python 3.11 or later is needed",
  );
  writeFileSync(join(environment, READY), "");
  return python;
}

function run(command, args, need) {
  const { error, status } = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (error !== undefined || status !== 0) throw new Error(`${command} ${args.slice(0, 2).join(" ")} failed: ${need}`);
}
