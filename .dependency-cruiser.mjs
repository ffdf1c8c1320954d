// The arrows of the architecture, from the layout in tools/layout.mjs. They point one way only.
import { createRequire } from "node:module";
import { EDGES, ROOMS } from "./tools/layout.mjs";

// dependency-cruiser matches by regular expression; the layout names files by glob.
const picomatch = createRequire(import.meta.url)("picomatch");
const EDGE_FILES = EDGES.map((glob) => picomatch.makeRe(glob).source);

/** Builtin modules that reach the outside world: network, disk, processes, the machine, time. */
const EFFECTS =
  "^(node:)?(fs|net|http|http2|https|tls|dgram|dns|child_process|cluster|worker_threads|os|process|timers|readline|tty)(/promises)?$";

/** What ships as a bundle that holds its packages. */
const BUNDLED = [
  "^src/prober/handler\\.ts$",
  "^src/platform/github/octokit\\.ts$",
  "^src/platform/route53/sdk\\.ts$",
  "^src/platform/status/metrics\\.ts$",
  "^src/platform/messages/sns-sdk\\.ts$",
  "^src/importers/provider/rpc/",
];

const inside = (names) => `^src/(${names.join("|")})/`;
/** Rooms inside a room, which have rules of their own. */
const nested = (name) => ROOMS.filter((room) => room.name.startsWith(`${name}/`)).map((room) => room.name);

const roomRules = ROOMS.filter(({ imports }) => imports !== "*").map(({ name, imports, edges = [] }) => ({
  name: `${name.replaceAll("/", "-")}-imports-only-what-is-below`,
  comment:
    `src/${name} may import ${imports.length === 0 ? "nothing else of src" : imports.map((other) => `src/${other}`).join(", ")}. ` +
    "Move what both sides need down a layer, or hand it over as a port of src/model.",
  severity: "error",
  // The edge of a nested room opens organisations itself: its entry is a process of its own.
  from: {
    path: inside([name]),
    pathNot: [...nested(name).map((other) => inside([other])), ...(name.includes("/") ? edges : [])].map((path) =>
      path.startsWith("^") ? path : picomatch.makeRe(path).source,
    ),
  },
  to: { path: "^src/", pathNot: inside([name, ...imports]) },
}));

export default {
  forbidden: [
    ...roomRules,
    {
      name: "known-rooms-only",
      comment: "A new directory of src needs its place in the layout: add it to tools/layout.mjs.",
      severity: "error",
      from: { path: "^src/", pathNot: inside(ROOMS.map(({ name }) => name)) },
      to: {},
    },
    {
      name: "no-circular",
      comment:
        "Files that import one another cannot be understood or tested apart. Move the shared part to a file of its own.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "help-loads-flags-only",
      comment:
        "`lockstep --help` has to answer at once: what assembles the command line loads declarations only. " +
        "Load what a command works with inside its work: `await import(…)`.",
      severity: "error",
      from: { path: "^src/cli/(main|program|command|context)\\.ts$|^src/cli/commands/" },
      to: {
        path: "^src/",
        pathNot: "^src/(model|report)/|^src/cli/(program|command|context)\\.ts$|^src/cli/commands/",
        dynamic: false,
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "effects-at-the-edge",
      comment:
        "Only platform, the simulator's server, the provider's server and the command line touch network, disk, processes and timers. " +
        "Take a port of src/model/ports.ts instead.",
      severity: "error",
      from: { path: "^src/", pathNot: EDGE_FILES },
      to: { dependencyTypes: ["core"], path: EFFECTS },
    },
    {
      name: "hashing-only-in-digest",
      comment:
        "node:crypto is for digests (src/canonical/digest.ts, src/model/bytes.ts) and for the edge; randomness comes from the Random port.",
      severity: "error",
      from: {
        path: "^src/",
        pathNot: [...EDGE_FILES, "^src/canonical/digest\\.ts$", "^src/model/bytes\\.ts$", "^src/simulator/ids\\.ts$"],
      },
      to: { dependencyTypes: ["core"], path: "^(node:)?crypto$" },
    },
    {
      name: "genesys-sdk-only-in-platform",
      comment: "The SDK has hazards that src/platform/genesys takes care of; everything else talks to the Api port.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/platform/genesys/" },
      to: { path: "purecloud-platform-client-v2" },
    },
    {
      name: "product-does-not-import-tests",
      comment: "What ships must not depend on tests, benchmarks or tools.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(test|bench|tools)/" },
    },
    {
      name: "no-undeclared-packages",
      comment:
        "A package that is imported must stand in package.json; what ships must not rest on a development dependency. " +
        "What tools/bundle.mjs bundles ships with what it imports.",
      severity: "error",
      from: { path: "^src/", pathNot: BUNDLED },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only", "npm-peer"] },
    },
    {
      name: "optional-packages-only-in-stacks",
      comment:
        "Pulumi's packages are installed only by those who use the stacks: everything else has to run without them. " +
        "Load what needs them inside `lockstep up`: `await import(…)`.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/(stacks|pulumi|cli/up)/", ...BUNDLED] },
      to: { path: "(^|/)node_modules/@pulumi/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "stacks-load-when-needed",
      comment: "Whoever has not installed the optional packages loads neither the stacks nor what runs their engine.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/(stacks|pulumi|cli/up)/"] },
      to: { path: "^src/(stacks|pulumi|cli/up)/", dynamic: false, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "resolvable",
      comment: "The import leads nowhere: a misspelt path or a package that is not installed.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-orphans",
      comment: "Nothing imports this file and it imports nothing: delete it or use it.",
      severity: "error",
      from: { orphan: true, path: "^src/" },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
    skipAnalysisNotInRules: true,
  },
};
