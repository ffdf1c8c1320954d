import { expect, it } from "vitest";
import { pullText } from "../../src/collab/pull-text.ts";
import { reportOf } from "../report/sample.ts";
import { pullOf } from "./sample.ts";

it("tells on a terminal all parts that the JSON document has", () => {
  const anyway = {
    ...reportOf([]),
    operational: [{ coordinate: "integration/CRM", path: "/intendedState", standby: "DISABLED", off: true }],
    findings: [{ code: "unlisted-kind" as const, coordinate: "", message: "The source lists no objects" }],
  };
  const text = pullText(pullOf(["Help"], { anyway, settings: ["include"] }));
  expect(text).toContain(`Commit ${"a".repeat(12)} compared with its snapshot of 2026-01-01`);
  for (const line of [
    "  + queue Help",
    "  changed include: its settings differ",
    "  integration CRM",
    "  unlisted-kind: The source lists no objects",
  ]) {
    expect(text.split("\n")).toContain(line);
  }
});
