import { expect, it } from "vitest";
import { shown } from "../../src/snapshot/problem.ts";

it("shows long values cut between characters, never inside one", () => {
  expect(shown("\u{1f600}".repeat(58))).toBe(`"${"\u{1f600}".repeat(58)}"`);
  expect(shown("\u{1f600}".repeat(60))).toBe(`"${"\u{1f600}".repeat(59)}…`);
  expect(shown("a".repeat(58) + "\u{1f600}b")).toBe(`"${"a".repeat(58)}\u{1f600}…`);
  expect(shown(undefined)).toBe("nothing");
});
