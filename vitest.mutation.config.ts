import { defineConfig } from "vitest/config";

/** The fast tests of the core. Whole jobs on random organisations are left out: they would be repeated for each mutant. */
export default defineConfig({
  test: {
    include: ["test/{drift,importers}/**/*.test.ts", "test/topology/pairing/*.test.ts"],
    exclude: ["test/importers/job.test.ts"],
    setupFiles: ["test/setup/quick-properties.ts"],
    testTimeout: 30_000,
    isolate: false,
  },
});
