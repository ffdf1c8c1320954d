import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/setup/record-traffic.ts",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { NO_PROXY: "127.0.0.1,localhost" },
    reporters: ["default", "json"],
    outputFile: { json: "reports/tests.json" },
  },
});
