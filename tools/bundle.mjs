// Bundles what starts as a process of its own:
// - dist/prober/index.mjs, which Lambda runs as it is. The AWS SDK goes in with it: what was tested is what runs, whichever SDK
//   the runtime of the day brings along.
// - dist/importers/provider/bundle/main.js, the provider plugin. Each command of the engine starts it, mostly more than once,
//   and finding and reading its hundreds of modules one by one takes longer than many a command does.
import { build } from "esbuild";
import { rmSync } from "node:fs";
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

/** What the plugin loads only when it is needed is split off. Its directory is as deep as that of the plugin's own module. */
async function bundlePlugin() {
  const outdir = at("dist/importers/provider/bundle");
  rmSync(outdir, { recursive: true, force: true });
  await build({
    ...COMMON,
    entryPoints: [at("src/importers/provider/rpc/main.ts")],
    outdir,
    target: "node20",
    splitting: true,
    legalComments: "linked",
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await Promise.all([bundleProber(at("dist/prober/index.mjs")), bundlePlugin()]);
