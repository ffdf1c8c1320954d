// Bundles what starts as a process of its own:
// - dist/prober/index.mjs, which Lambda runs as it is. The AWS SDK goes in with it: what was tested is what runs, whichever SDK
//   the runtime of the day brings along.
// - dist/importers/provider/bundle/main.js, the provider plugin. Each command of the engine starts it, mostly more than once,
//   and finding and reading its hundreds of modules one by one takes longer than many a command does.
// - dist/cli/bundle/program.js, the command line, for the same reason; dist/cli/program.js passes it on.
// And it bundles packages of which little is used: with them, the command line would be twice as large to install.
import { build } from "esbuild";
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("..", import.meta.url);

/** @param {string} path from the root of the package */
const at = (path) => fileURLToPath(new URL(path, root));

/** Packages that are CommonJS ask for `require`, which an ES module does not have. */
const REQUIRE = 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);';

const COMMON = {
  bundle: true,
  format: "esm",
  platform: "node",
  banner: { js: REQUIRE },
  minifySyntax: true,
  logLevel: "warning",
};

/** The official SDK of the platform, and what of it is used besides its client. */
const SDK = "purecloud-platform-client-v2";
const SDK_CLASSES = ["AbstractHttpClient", "DefaultHttpClient", "HttpRequestOptions"];

/** Modules that pass packages on, without extension. */
const PACKED = [
  "platform/github/octokit",
  "platform/route53/sdk",
  "platform/status/metrics",
  "platform/messages/sns-sdk",
];

/** @param {string} outfile where the bundle goes */
export async function bundleProber(outfile) {
  await build({
    ...COMMON,
    entryPoints: [at("src/prober/handler.ts")],
    outfile,
    target: "node22",
    mainFields: ["module", "main"],
    legalComments: "inline",
  });
}

/**
 * Modules that find files beside themselves still do: in a bundle, too, their address is the one that the compiler gives them.
 * @param {string} directory of the bundle, from the root of the package
 * @returns {import("esbuild").Plugin}
 */
const ownAddress = (directory) => ({
  name: "own-address",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!text.includes("import.meta.url")) return undefined;
      const compiled = join(at("dist"), relative(at("src"), path)).replace(/\.ts$/, ".js");
      const address = JSON.stringify(relative(at(directory), compiled).replaceAll("\\", "/"));
      const contents = text
        .replaceAll(`createRequire(import.meta.url)("${SDK}")`, `require("${SDK}")`)
        .replaceAll("import.meta.url", `new URL(${address}, import.meta.url).href`);
      return { contents, loader: "ts" };
    });
  },
});

/**
 * The official SDK with its client only. Whoever loads the package as it is reads 4 MB of code, one class for each part of the API,
 * which takes longer than many a command does.
 * @type {import("esbuild").Plugin}
 */
const clientOfSdk = {
  name: "client-of-sdk",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: new RegExp(`^${SDK}$`) }, () => ({ path: SDK, namespace: "client-of-sdk" }));
    onLoad({ filter: /./, namespace: "client-of-sdk" }, () => ({
      contents: [
        ...["ApiClient", ...SDK_CLASSES].map(
          (name) => `import ${name} from "./node_modules/${SDK}/src/${SDK}/${name}.js";`,
        ),
        "const client = new ApiClient();",
        `export { client as ApiClient, ApiClient as ApiClientClass, ${SDK_CLASSES.join(", ")} };`,
      ].join("\n"),
      resolveDir: at("."),
    }));
  },
};

/**
 * Bundles a program of this package. What it loads only when it is needed is split off.
 * @param {string} source its module
 * @param {string} directory where the bundle goes, from the root of the package; it holds nothing else
 * @param {string[]} [external] packages that stay outside
 */
async function bundleProgram(source, directory, external = []) {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: [at(source)],
    outdir: at(directory),
    external,
    target: "node20",
    splitting: true,
    legalComments: "linked",
    plugins: [ownAddress(directory), clientOfSdk],
    write: false,
  });
  mkdirSync(at(directory), { recursive: true });
  // Parts are named after what they hold, and go before what starts with them: a program that is started meanwhile finds its own.
  const entry = basename(source).replace(/\.ts$/, ".js");
  const parts = outputFiles.filter(({ path }) => basename(path) !== entry);
  const entries = outputFiles.filter(({ path }) => basename(path) === entry);
  for (const { path, text } of [...parts, ...entries]) replaceFile(path, text);
  const kept = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const name of readdirSync(at(directory))) if (!kept.has(name)) rmSync(join(at(directory), name));
}

/** @param {string} path @param {string} text */
function replaceFile(path, text) {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

/** The command line and the programs of stacks share one Pulumi SDK, whose loading the command line also cuts short. */
async function bundleCommandLine() {
  await bundleProgram("src/cli/program.ts", "dist/cli/bundle", ["@pulumi/*"]);
  replaceFile(at("dist/cli/program.js"), 'export * from "./bundle/program.js";\n');
}

/**
 * In the places where the compiler has put what only passes packages on, with the packages in it: whoever installs lockstep does
 * not have to install them, and what of them is not used stays out.
 */
async function bundlePackages() {
  await build({
    ...COMMON,
    entryPoints: PACKED.map((path) => ({ in: at(`src/${path}.ts`), out: path })),
    outdir: at("dist"),
    target: "node20",
    legalComments: "linked",
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await Promise.all([
    bundleProber(at("dist/prober/index.mjs")),
    bundleProgram("src/importers/provider/rpc/main.ts", "dist/importers/provider/bundle"),
    bundleCommandLine(),
    bundlePackages(),
  ]);
