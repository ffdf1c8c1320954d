/**
 * Mutation testing of what decides about writes: `npm run mutation`. It takes a few minutes and is not part of `npm test`.
 * `npx stryker run --mutate FILES` measures some files.
 */
export default {
  mutate: [
    "src/drift/{compare,edits}.ts",
    "src/pairing/*.ts",
    "src/importers/{plan,drafts,order,graph,guards,plan-file,secret-needs}.ts",
    "src/importers/{execute,write-one,preflight,target,read-touched,verify,undo,journal,apply,baseline}.ts",
  ],
  plugins: ["./tools/mutation/runner.mjs"],
  testRunner: "in-process",
  // The fast tests of the core. Whole jobs on random organisations are left out: they would be repeated for each mutant.
  inProcess: {
    include: ["test/{drift,importers}/*.test.ts", "test/pairing/*.test.ts"],
    exclude: ["test/importers/job.test.ts"],
    setup: ["test/setup/quick-properties.ts"],
  },
  coverageAnalysis: "perTest",
  concurrency: 2,
  // A busy machine must not make a survivor look like an endless loop.
  timeoutMS: 60_000,
  reporters: ["progress-append-only", "json"],
  jsonReporter: { fileName: "reports/mutation.json" },
  allowConsoleColors: false,
  warnings: { slow: false },
  tempDirName: ".stryker-tmp",
  ignorePatterns: ["dist", "reports", "bench", "docs"],
};
