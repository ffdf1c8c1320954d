// The layout of src, told once: the dependency rules, the lint edges and the layout in CONTRIBUTING.md derive from it.

const PURE = ["model", "formats", "kinds", "canonical", "snapshot", "pairing"];

/**
 * The rooms of src in the order of the arrows: what each holds, which rooms it may import besides itself, and which of its
 * files may touch network, disk, processes, environment, time and randomness (globs; none unless given).
 */
export const ROOMS = [
  { name: "model", holds: "words, tiny pure functions, and the ports", imports: [] },
  { name: "formats", holds: "foreign formats; architect/ reads, renames and compares flow YAML", imports: ["model"] },
  { name: "kinds", holds: "one descriptor per kind", imports: ["model", "formats"] },
  {
    name: "canonical",
    holds: "the one traversal of schema and value; normalise, link, digest; steps that read or write one object",
    imports: ["model", "formats", "kinds"],
  },
  {
    name: "snapshot",
    holds: "the snapshot directory: codec and validation",
    imports: ["model", "formats", "kinds", "canonical"],
  },
  {
    name: "pairing",
    holds: "renames, overrides, ignores, numbers: from the source to the desired state",
    imports: ["model", "formats", "kinds", "canonical"],
  },
  { name: "exporters", holds: "sweep an organisation into a snapshot", imports: PURE },
  { name: "drift", holds: "align and compare the desired state with the standby", imports: PURE },
  { name: "report", holds: "(report) => text, one file per format", imports: PURE },
  {
    name: "collab",
    holds: "what a pull request and an issue are told, and how one comment is kept up to date",
    imports: [...PURE, "drift", "report"],
  },
  { name: "dns", holds: "which target Route 53 answers with", imports: PURE },
  { name: "importers", holds: "plan, guards, apply, verify, undo", imports: [...PURE, "drift"] },
  {
    name: "importers/provider",
    holds: "the Pulumi provider: rpc, check, read, write, schema",
    imports: [...PURE, "drift", "importers", "exporters"],
    edges: ["src/importers/provider/rpc/main.ts"],
  },
  {
    name: "prober",
    holds: "probes and verdicts of the health checks",
    imports: ["model"],
    edges: ["src/prober/handler.ts"],
  },
  { name: "pulumi", holds: "the generated resource classes", imports: ["model"] },
  {
    name: "platform",
    holds: "the adapters of all ports: Genesys client, files, clock, configuration, Route 53",
    imports: ["model", "formats"],
    edges: ["src/platform/**"],
  },
  {
    name: "app",
    holds: "the use cases that the command line, the stacks and tests call: the package's API",
    imports: [...PURE, "exporters", "drift", "report", "collab", "dns", "importers"],
  },
  {
    name: "stacks",
    holds: "the Pulumi program of the stacks primary, standby and dns",
    imports: [...PURE, "exporters", "drift", "dns", "importers", "app", "platform", "pulumi", "prober"],
    edges: ["src/stacks/**"],
  },
  { name: "cli", holds: "one small file per command", imports: "*", edges: ["src/cli/**"] },
  {
    name: "simulator",
    holds: "simulated organisations; centre/ is a seeded contact centre; shares no code with the rest",
    imports: [],
    edges: ["src/simulator/{http,system-clock}.ts"],
  },
];

/** Files that may touch the outside world, as globs. */
export const EDGES = ROOMS.flatMap(({ edges = [] }) => edges);

/** The rooms as CONTRIBUTING.md shows them. */
export function layoutBlock() {
  const width = Math.max(...ROOMS.map(({ name }) => name.length)) + "src//  ".length;
  return ROOMS.map(({ name, holds }) => `${`src/${name}/`.padEnd(width)}${holds}`).join("\n");
}
