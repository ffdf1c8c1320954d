/** Mutation testing of what decides about writes: `npm run mutation`. It takes a while and is no part of `npm test`. */
export default {
  mutate: [
    "src/drift/{compare,edits}.ts",
    "src/topology/pairing/*.ts",
    "src/importers/{plan,drafts,order,graph,guards,plan-file}.ts",
    "src/importers/{execute,write-one,preflight,target,read-touched,verify,undo,journal,apply,baseline}.ts",
  ],
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  coverageAnalysis: "perTest",
  concurrency: 2,
  reporters: ["progress-append-only", "json"],
  jsonReporter: { fileName: "reports/mutation.json" },
  allowConsoleColors: false,
  tempDirName: ".stryker-tmp",
  ignorePatterns: ["dist", "reports", "bench", "docs"],
};
