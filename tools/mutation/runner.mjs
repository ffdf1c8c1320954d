// A test runner for Stryker that keeps everything in one process. Mutation testing runs a few small tests thousands of times, and
// starting a worker and loading the modules takes far longer than such a test. So all test files are bundled once, and a mutant
// that is switched on is met by calling the tests that cover it. Their assertions are vitest's own.
import { build } from "esbuild";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import picomatch from "picomatch";

/** What Stryker's instrumented code reads and counts. */
const state = (globalThis.__stryker__ ??= {});

class InProcessRunner {
  static inject = ["options"];

  constructor({ inProcess }) {
    this.settings = inProcess;
    this.strays = [];
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    process.on("unhandledRejection", (reason) => this.strays.push(reason));
    this.vitest = await import("vitest");
    this.script = new Script(await bundle(this.settings), { filename: "tests.cjs" });
  }

  async dryRun({ disableBail }) {
    await this.load();
    const tests = await this.run(this.tests, disableBail);
    return { status: "complete", tests, mutantCoverage: state.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, reloadEnvironment, testFilter, hitLimit, disableBail }) {
    Object.assign(state, { hitCount: 0, hitLimit, activeMutant: undefined });
    if (mutantActivation === "static") state.activeMutant = activeMutant.id;
    try {
      if (reloadEnvironment || this.tests === undefined) await this.load();
      state.activeMutant = activeMutant.id;
      const wanted = new Set(testFilter);
      const chosen = testFilter === undefined ? this.tests : this.tests.filter(({ id }) => wanted.has(id));
      const results = await this.run(chosen, disableBail);
      return verdict(results, state.hitCount > hitLimit);
    } catch (error) {
      // A static mutant may prevent that the modules can be loaded at all.
      return { status: "killed", killedBy: [], failureMessage: text(error), nrOfTests: 0 };
    } finally {
      state.activeMutant = undefined;
    }
  }

  /** Evaluates all modules again. */
  async load() {
    this.tests = undefined;
    const module = { exports: {} };
    const here = createRequire(join(process.cwd(), "package.json"));
    const require = (name) => (name === "vitest" ? this.vitest : here(name));
    this.script.runInThisContext()(require, module);
    this.tests = await module.exports.load();
  }

  async run(tests, disableBail) {
    const results = [];
    for (const { id, file, name, work } of tests) {
      const started = performance.now();
      this.strays.length = 0;
      state.currentTestId = id;
      const failure = await this.failureOf(work);
      state.currentTestId = undefined;
      const timeSpentMs = performance.now() - started;
      const about = { id, name, fileName: join(process.cwd(), file), timeSpentMs };
      results.push(
        failure === undefined ? { ...about, status: 0 } : { ...about, status: 1, failureMessage: text(failure.error) },
      );
      if (failure !== undefined && !disableBail) break;
    }
    return results;
  }

  async failureOf(work) {
    try {
      await work();
      // Node tells of rejections that nobody handles after the microtasks of a turn.
      await new Promise(setImmediate);
    } catch (error) {
      return { error };
    }
    return this.strays.length === 0 ? undefined : { error: this.strays[0] };
  }
}

function verdict(results, endless) {
  if (endless) return { status: "timeout", reason: "the mutant was met far more often than the original" };
  const failed = results.filter(({ status }) => status === 1);
  if (failed.length === 0) return { status: "survived", nrOfTests: results.length };
  const killedBy = failed.map(({ id }) => id);
  return { status: "killed", killedBy, failureMessage: failed[0].failureMessage, nrOfTests: results.length };
}

/** All test files and what they import, but packages, as the text of a function of `require` and `module`. */
async function bundle({ include, exclude, setup }) {
  const isWanted = picomatch([...include], { ignore: [...exclude] });
  const collects = readdirSync("test", { recursive: true })
    .map((file) => `test/${file}`)
    .filter((file) => isWanted(file))
    .sort()
    .map((file) => `await collect(${JSON.stringify(file)}, () => import(${JSON.stringify(`./${file}`)}));`);
  const entry = [
    ...setup.map((file) => `import ${JSON.stringify(`./${file}`)};`),
    `import { collect, tests } from "vitest";`,
    `export async function load() { ${collects.join("\n")} return tests; }`,
  ];
  const { outputFiles } = await build({
    stdin: { contents: entry.join("\n"), resolveDir: process.cwd(), sourcefile: "entry.mjs" },
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "error",
    plugins: [standIn],
  });
  return `(function (require, module) { ${outputFiles[0].text}\n})`;
}

const TESTS = fileURLToPath(new URL("tests.mjs", import.meta.url));

const standIn = {
  name: "vitest stand-in",
  setup({ onResolve }) {
    onResolve({ filter: /^vitest$/ }, ({ importer }) =>
      importer === TESTS ? { path: "vitest", external: true } : { path: TESTS },
    );
  },
};

function text(error) {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

export const strykerPlugins = [{ kind: "TestRunner", name: "in-process", injectableClass: InProcessRunner }];
export const strykerValidationSchema = { properties: { inProcess: { type: "object" } } };
