import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SUMMARY_LIMIT } from "../../src/cli/pull/compare-pull.ts";
import { ownTexts, pairKey, markerLine } from "../../src/collab/marker.ts";
import { pullComment } from "../../src/collab/pull-comment.ts";
import { pullCheck } from "../../src/collab/pull-check.ts";
import { splitDrift } from "../../src/collab/split-drift.ts";
import type { DriftChange } from "../../src/model/report.ts";
import { actingText } from "../report/acting.ts";
import { hostileReport } from "../report/hostile.ts";
import { reportOf } from "../report/sample.ts";
import { commit, pullOf } from "./sample.ts";

const billing = (...edits: DriftChange["edits"]): DriftChange => ({
  coordinate: "queue/Billing",
  action: "update",
  edits,
});
const A = { path: "/a", before: 1, after: 2 };
const B = { path: "/b", before: 1, after: 2 };

describe("two drifts of one standby", () => {
  it("share out the differences of an object that differs in both", () => {
    const { only, both } = splitDrift(reportOf([billing(A, B)]), reportOf([billing(A)]));
    expect(only.changes).toEqual([billing(B)]);
    expect(both.changes).toEqual([billing(A)]);
    expect(only).toMatchObject({ summary: { update: 1 }, kinds: { queue: { compared: 10, changed: 1 } } });
  });

  it("take a list that gained or lost items as one difference, and another value as another difference", () => {
    const list = (value: string): DriftChange => ({
      ...billing({ path: "/items/0", before: "x", after: value }, { path: "/items/1", after: "x" }),
      lists: [{ path: "/items", steps: [{ op: "insert", at: 0, value }] }],
    });
    expect(splitDrift(reportOf([list("y")]), reportOf([list("y")])).only.changes).toEqual([]);
    expect(splitDrift(reportOf([list("y")]), reportOf([list("z")])).only.changes).toEqual([list("y")]);
    const other = splitDrift(reportOf([billing({ ...A, after: 3 })]), reportOf([billing(A)]));
    expect(other.only.changes).toHaveLength(1);
    expect(other.both.changes).toEqual([]);
  });
});

describe("the comment", () => {
  it("fits, and nothing in it can be taken for a marker, whatever objects and rules are called", () => {
    fc.assert(
      fc.property(hostileReport, fc.string({ unit: "grapheme" }), (drift, name) => {
        const marker = { key: pairKey(drift, ""), run: { number: 9, attempt: 1 }, head: commit("f") };
        const rule = { change: "added", list: "ignores", words: `${markerLine(marker)}\n@everybody ${name}` } as const;
        const reach = { moves: [], sets: [], drops: [], hides: [], shows: [] };
        const report = pullOf([], { afterMerge: drift, anyway: drift, rules: [{ ...rule, ...reach }] });
        const text = pullComment(report, { limit: 20_000 });
        expect(text.length).toBeLessThanOrEqual(20_000);
        expect(actingText(text)).not.toContain("@everybody");
        expect(ownTexts([{ id: 1, body: text, isTrusted: true }], marker.key)).toEqual([]);
      }),
    );
  });

  it("fits a job summary in bytes, whatever letters names are written in", () => {
    const names = Array.from({ length: 3_000 }, (_, at) => `${"請求書".repeat(30)} ${at}`);
    const text = pullComment(pullOf(names), { limit: SUMMARY_LIMIT });
    expect(text).toContain("<!-- lockstep:cut ");
    // GitHub Docs, "Workflow commands": 1 MiB for each step.
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
  });

  it("is told in notes that GitHub takes, however long a rule is", () => {
    const words = "queue Billing › description is ö".padEnd(200_000, " and ö");
    const reach = { moves: [], sets: [], drops: [], hides: [], shows: [] };
    const at = { file: "lockstep.yaml", line: 3 };
    const rules = [{ change: "added", list: "overrides", words, at, ...reach }] as const;
    const [note] = pullCheck(pullOf([], { rules }), "never").notes;
    expect(note?.message).toMatch(/^queue Billing › description is ö.*…$/);
    // GitHub takes 64 KB (REST, "Create a check run").
    expect(Buffer.byteLength(note?.message ?? "")).toBeLessThanOrEqual(65_536);
  });

  it("is the summary of a check that fails from its threshold on", () => {
    const drifted = pullOf([], { anyway: reportOf([billing(A)]) });
    const conclusions = (["never", "change", "drift", "any"] as const).map(
      (failOn) => pullCheck(drifted, failOn).conclusion,
    );
    expect(conclusions).toEqual(["neutral", "neutral", "failure", "failure"]);
    expect(pullCheck(pullOf([]), "any").conclusion).toBe("success");
  });
});
