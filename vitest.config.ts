import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongFilesFirst } from "./tools/long-files-first.mjs";

/** Folders whose tests start no process and open no port. */
const FAST = ["canonical", "dns", "drift", "formats", "kinds", "model", "pairing", "policy", "report", "snapshot"].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

/** Tests in whose process the Pulumi SDK runs programs: it keeps settings of the last one. */
const PULUMI = ["engine", "pulumi", "stacks"]
  .map((folder) => `test/${folder}/**/*.test.ts`)
  .concat("test/docs/pulumi.test.ts", "test/scenarios/up.test.ts");

export default defineConfig({
  test: {
    globalSetup: "test/setup/record-traffic.ts",
    // A test that waits for ever is rare, a machine that is busy is not.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    env: { NO_PROXY: "127.0.0.1,localhost" },
    // One more than there are cores: tests wait for timers and for processes of their own, while another one can compute.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongFilesFirst },
    reporters: ["default", "json", "./tools/slowest-files.mjs"],
    outputFile: { json: "reports/tests.json" },
    // To load the modules of the product takes a second, so the files of a worker share them where they can.
    projects: [
      { extends: true, test: { name: "fast", include: FAST, isolate: false } },
      {
        extends: true,
        test: { name: "system", include: ["test/**/*.test.ts"], exclude: [...FAST, ...PULUMI], isolate: false },
      },
      { extends: true, test: { name: "pulumi", include: PULUMI, setupFiles: "test/setup/pulumi-sdk.ts" } },
    ],
  },
});
