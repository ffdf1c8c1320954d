// Bundles the prober into one file that Lambda runs as it is: dist/prober/index.mjs.
// The AWS SDK goes in with it: what was tested is what runs, whichever SDK the runtime of the day brings along.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const root = new URL("..", import.meta.url);

/** Packages inside the SDK that are CommonJS ask for `require`, which an ES module does not have. */
const REQUIRE = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** @param {string} outfile where the bundle goes */
export async function bundleProber(outfile) {
  await build({
    entryPoints: [fileURLToPath(new URL("src/prober/handler.ts", root))],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    mainFields: ["module", "main"],
    banner: { js: REQUIRE },
    legalComments: "inline",
    minifySyntax: true,
    logLevel: "warning",
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await bundleProber(fileURLToPath(new URL("dist/prober/index.mjs", root)));
