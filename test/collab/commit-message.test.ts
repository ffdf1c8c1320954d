import { describe, expect, it } from "vitest";
import { commitMessage } from "../../src/collab/commit-message.ts";

const message = (name: string, author = "anna@example.com"): string =>
  commitMessage("Acme", new Map([[`queue/${name}`, "changed"]]), () => [author]);

describe("the message of a commit", () => {
  it("names what changed and who changed it", () => {
    expect(message("Billing")).toBe("Snapshot of Acme: 1 changed\n\n- changed: queue/Billing (anna@example.com)\n");
  });

  it.each([
    ["Fixes #1", "Fixes %231"],
    ["closes acme/other#1", "closes acme/other%231"],
    ["Fixes GH-1", "Fixes GH%2D1"],
    ["Fixes https://github.com/acme/other/issues/1", "Fixes https%3A//github.com/acme/other/issues/1"],
    ["ask @acme/team", "ask %40acme/team"],
    ["[skip ci]", "%5Bskip ci%5D"],
    ["Fixes %231", "Fixes %25231"],
  ])("holds %j so that it does nothing on GitHub", (name, shown) => {
    expect(message(name)).toContain(`- changed: queue/${shown} (`);
    expect(message("Billing", name)).toContain(` (${shown})`);
    expect(commitMessage(name, new Map(), () => [])).toBe(`Snapshot of ${shown}: records only\n`);
  });

  it("keeps a name from becoming a line or a trailer of its own", () => {
    const lines = message("A\n\nCo-authored-by: Mallory <m@example.com>").trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/^- changed: queue\/A/);
  });
});
