import { expect, it } from "vitest";
import { EXIT } from "../../src/model/error.ts";
import { readingCalls } from "../../src/platform/genesys/read-only.ts";
import { GUARDS } from "../../src/model/catalogue/guards.ts";
import { isGuard } from "../../src/model/guard.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { pageText, tableOf } from "./support/pages.ts";

it("lists every exit code", () => {
  const codes = tableOf("README.md", ["code", "meaning"]).map(([code]) => Number(code));
  expect(codes).toEqual(Object.values(EXIT));
});

it("says of no guard that it cannot be overridden though it can", () => {
  const sentence = /You cannot override[^]*?:/.exec(pageText("docs/concepts.md"))?.[0] ?? "";
  const named = [...sentence.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code ?? "");
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !isGuard(name) || GUARDS[name].passage !== "never")).toEqual([]);
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
