// The arrows of the architecture. They point one way only:
// model <- formats <- kinds <- topology <- {exporters, drift, report, dns, importers, readiness, collab} <- cli.

/** What each layer may import besides itself; `platform` and `simulator` stand apart. */
const LAYERS = {
  model: [],
  formats: ["model"],
  kinds: ["model", "formats"],
  topology: ["model", "formats", "kinds"],
  exporters: ["model", "formats", "kinds", "topology"],
  drift: ["model", "formats", "kinds", "topology"],
  report: ["model", "formats", "kinds", "topology"],
  dns: ["model", "formats", "kinds", "topology"],
  importers: ["model", "formats", "kinds", "topology", "drift"],
  readiness: ["model", "formats", "kinds", "topology", "dns"],
  collab: ["model", "formats", "kinds", "topology"],
  platform: ["model", "formats"],
  simulator: [],
  pulumi: ["model"],
  prober: ["model"],
  stacks: [
    "model",
    "formats",
    "kinds",
    "topology",
    "drift",
    "dns",
    "exporters",
    "importers",
    "platform",
    "pulumi",
    "prober",
  ],
};

/** Builtin modules that reach the outside world: network, disk, processes, the machine, time. */
const EFFECTS =
  "^(node:)?(fs|net|http|http2|https|tls|dgram|dns|child_process|cluster|worker_threads|os|process|timers|readline|tty)(/promises)?$";

/** Where the outside world may be touched. */
const EDGES =
  "^src/(platform/|cli/|stacks/|prober/handler\\.ts$|simulator/http\\.ts$|importers/provider/(server|main))";

/** A refresh of the provider is a sweep, and its server is an edge that opens the organisation. */
const PROVIDER = "^src/importers/provider/";

const layerRules = Object.entries(LAYERS).map(([layer, allowed]) => ({
  name: `${layer}-imports-only-what-is-below`,
  comment:
    `src/${layer} may import ${allowed.length === 0 ? "nothing else of src" : allowed.map((name) => `src/${name}`).join(", ")}. ` +
    "Move what both sides need down a layer, or hand it over as a port of src/model.",
  severity: "error",
  from: { path: `^src/${layer}/`, ...(layer === "importers" ? { pathNot: PROVIDER } : {}) },
  to: { path: "^src/", pathNot: `^src/(${[layer, ...allowed].join("|")})/` },
}));

export default {
  forbidden: [
    ...layerRules,
    {
      name: "provider-imports-only-what-is-below",
      comment: "The provider is an importer that also sweeps; only its server and entry open organisations.",
      severity: "error",
      from: { path: PROVIDER, pathNot: `${PROVIDER}(server|main)` },
      to: { path: "^src/", pathNot: "^src/(model|formats|kinds|topology|drift|exporters|importers)/" },
    },
    {
      name: "known-layers-only",
      comment: "A new directory of src needs its place among the layers: add it to LAYERS in this file.",
      severity: "error",
      from: { path: "^src/", pathNot: `^src/(${[...Object.keys(LAYERS), "cli"].join("|")})/` },
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
      name: "effects-at-the-edge",
      comment:
        "Only platform, the simulator's server, the provider's server and the command line touch network, disk, processes and timers. " +
        "Take a port of src/model/ports.ts instead.",
      severity: "error",
      from: { path: "^src/", pathNot: EDGES },
      to: { dependencyTypes: ["core"], path: EFFECTS },
    },
    {
      name: "hashing-only-in-digest",
      comment:
        "node:crypto is for digests (src/topology/digest.ts) and for the edge; randomness comes from the Random port.",
      severity: "error",
      from: { path: "^src/", pathNot: [EDGES, "^src/topology/digest\\.ts$", "^src/simulator/ids\\.ts$"] },
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
        "The prober's entry ships as a bundle that holds what it imports.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/prober/handler\\.ts$" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
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
