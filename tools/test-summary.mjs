// Reads what vitest reported and ends with the line that CI looks for. Fails when a test failed or was skipped without need:
// a test whose name says "skipped without ../shared" or "skipped without Chromium" may be skipped where that is missing, every
// other one only with a reason in .ci/skips.json, a list of { "test": full name of the test, "why": what CI cannot provide }.
import { existsSync, readFileSync } from "node:fs";
import { findChromium } from "./find-chromium.mjs";

const report = JSON.parse(readFileSync("reports/tests.json", "utf8"));
const reasons = new Map(JSON.parse(readFileSync(".ci/skips.json", "utf8")).map(({ test, why }) => [test, why]));
const missing = [
  ["../shared", existsSync("../shared")],
  ["Chromium", findChromium() !== undefined],
].flatMap(([what, isThere]) => (isThere ? [] : [what]));

function reasonFor(test) {
  const what = missing.find((one) => test.includes(`skipped without ${one}`));
  return reasons.get(test) ?? (what === undefined ? undefined : `${what} is not there`);
}

const tests = report.testResults.flatMap(({ name, assertionResults }) =>
  assertionResults.map(({ fullName, status }) => ({ file: name, test: fullName, status })),
);
const brokenFiles = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
const passed = tests.filter(({ status }) => status === "passed").length;
const failed = tests.filter(({ status }) => status === "failed").length + brokenFiles.length;
const skipped = tests.filter(({ status }) => status !== "passed" && status !== "failed");

const unneeded = skipped.filter(({ test }) => reasonFor(test) === undefined);
for (const { test } of skipped) console.log(`skipped: ${test} (${reasonFor(test) ?? "no reason"})`);
for (const { file, test } of unneeded) console.error(`skipped although CI could have run it: ${test} (${file})`);

const idle = [...reasons.keys()].filter((test) => !skipped.some((entry) => entry.test === test));
for (const test of idle) console.error(`listed in .ci/skips.json, yet not skipped: ${test}`);

const counts = [`${passed} passed`, `${failed} failed`];
console.log([...counts, ...(skipped.length > 0 ? [`${skipped.length} skipped`] : [])].join(", "));
if (failed > 0 || passed === 0 || unneeded.length > 0 || idle.length > 0) process.exitCode = 1;
