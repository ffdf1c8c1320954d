import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const DEFER = fileURLToPath(new URL("../../../dist/cli/up/defer-unneeded.js", import.meta.url));

/** Imports the SDK as `lockstep up` does, then serializes a function, and prints which modules were loaded before and after. */
const PROGRAM = `import { createRequire } from "node:module";
const { deferUnneeded } = await import(process.argv[1]);
deferUnneeded();
const { cache } = createRequire(import.meta.url);
const names = () => ["typescript/lib/typescript.js", "@npmcli/arborist/lib/arborist/index.js"].filter(
  (name) => Object.keys(cache).some((file) => file.endsWith(name)),
);
await import("@pulumi/pulumi/automation/index.js");
const { runtime } = await import("@pulumi/pulumi");
const before = names();
const three = 3;
const { text } = await runtime.serializeFunction(() => three);
console.log(JSON.stringify({ before, after: names(), text }));`;

it("the SDK of Pulumi is imported without its compiler, which is there as soon as a function is serialized", async () => {
  const cwd = fileURLToPath(new URL("../../../", import.meta.url));
  const args = ["--input-type=module", "--eval", PROGRAM, DEFER];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd });
  const { before, after, text } = JSON.parse(stdout) as { before: string[]; after: string[]; text: string };
  expect(before).toEqual([]);
  expect(after).toContain("typescript/lib/typescript.js");
  expect(text).toContain("three");
});
