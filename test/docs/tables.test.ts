import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { EXIT } from "../../src/model/error.ts";
import { readingCalls } from "../../src/platform/genesys/read-only.ts";
import { GUARDS } from "../../src/app/index.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { pageText, ROOT, tableOf } from "./support/pages.ts";

it("lists every exit code", () => {
  const codes = tableOf("README.md", ["code", "meaning"]).map(([code]) => Number(code));
  expect(codes).toEqual(Object.values(EXIT));
});

it("lists every guard that --allow knows", () => {
  const guards = tableOf("docs/concepts.md", ["guard", "stops a plan that"]).map(([guard]) => guard);
  expect(guards).toEqual([...GUARDS]);
});

it("names only refusals that the code has", () => {
  const sentence = /^Each is lifted by[^]*?new plan\.$/m.exec(pageText("docs/concepts.md"))?.[0] ?? "";
  const named = [...sentence.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code ?? "");
  const sources = [
    "src/importers/apply.ts",
    "src/importers/comparable.ts",
    "src/importers/plan-file.ts",
    "src/importers/preflight.ts",
  ];
  const code = sources.map((file) => readFileSync(join(ROOT, file), "utf8")).join("\n");
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !code.includes(`"${name}"`))).toEqual([]);
});

it("lists everything that may be sent to the primary besides GET and HEAD", () => {
  const listed = tableOf("docs/security.md", ["operation", "why it is only a read"]).map(([operation]) => operation);
  expect(listed).toEqual(readingCalls.map(({ op }) => op));
});

it("lists every command, and none that does not exist", () => {
  const commands = buildProgram(() => Promise.resolve()).commands.map((command) => command.name());
  const listed = tableOf("README.md", ["command", "does"]).map(([command = ""]) => command.replace("lockstep ", ""));
  expect(listed.map((command) => command.split(" ")[0])).toEqual(commands);
});
