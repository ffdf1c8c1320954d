import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Folders whose tests start no process and open no port. Their files share one module graph in each worker. */
const FAST = ["canonical", "dns", "drift", "formats", "kinds", "model", "pairing", "policy", "report", "snapshot"].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    globalSetup: "test/setup/record-traffic.ts",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { NO_PROXY: "127.0.0.1,localhost" },
    // By default vitest keeps one core to itself, which halves the speed on two.
    maxWorkers: availableParallelism(),
    reporters: ["default", "json", "./tools/slowest-files.mjs"],
    outputFile: { json: "reports/tests.json" },
    projects: [
      { extends: true, test: { name: "fast", include: FAST, isolate: false } },
      { extends: true, test: { name: "system", include: ["test/**/*.test.ts"], exclude: FAST } },
    ],
  },
});
