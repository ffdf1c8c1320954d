import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planAsReport } from "../../src/drift/plan-report.ts";
import { KINDS } from "../../src/kinds/index.ts";
import { canonicalJson } from "../../src/model/json.ts";
import { printable } from "../../src/model/printable.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { DriftReport } from "../../src/model/report.ts";
import { applySummary, type AppliedSummary } from "../../src/report/apply-text.ts";
import { jsonReport } from "../../src/report/json.ts";
import { markdownReport } from "../../src/report/markdown.ts";
import { planSummary } from "../../src/report/plan-text.ts";
import { textReport } from "../../src/report/text.ts";
import { objectWords } from "../../src/report/words.ts";
import { hostileReport } from "./hostile.ts";

// Text and JSON tell the same: the text can be made from what JSON says, and each outcome in JSON has its words in the text.

const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 });
const coordinate = name.map((key) => `queue/${key}`);
const count = fc.nat({ max: 9 });
const said = { coordinate, code: fc.constantFrom("missing-reference", "api-error"), message: name } as const;

const applied: fc.Arbitrary<AppliedSummary> = fc.record({
  operations: fc.record({ done: count, failed: count, skipped: count, resumed: count }),
  failures: fc.array(fc.record({ ...said, hint: name, blocked: fc.array(coordinate, { maxLength: 2 }) }), {
    maxLength: 2,
  }),
  blocked: fc.array(fc.record(said), { maxLength: 2 }),
  unequal: fc.array(fc.record({ coordinate, edits: fc.array(fc.record({ path: name }), { maxLength: 2 }) }), {
    maxLength: 2,
  }),
  unchecked: fc.array(coordinate, { maxLength: 2 }),
  writes: count,
  lock: fc.oneof(
    fc.record({ state: fc.constant("held"), takenOver: fc.boolean() }),
    fc.record({ state: fc.constant("unavailable"), reason: name }),
    fc.constant({ state: "off" }),
  ),
  lockRequests: count,
  verified: fc.boolean(),
  findings: fc.array(fc.record({ code: fc.constant("unknown-id" as const), coordinate, message: name }), {
    maxLength: 2,
  }),
  undoPlan: fc.constantFrom(null, ".lockstep/undo/1.json"),
});

describe("the result of an apply", () => {
  it("is made from the JSON document, and tells each outcome that is in it", () => {
    fc.assert(
      fc.property(applied, (result) => {
        const text = applySummary(result);
        expect(applySummary(JSON.parse(canonicalJson(result)) as AppliedSummary)).toBe(text);
        for (const { coordinate, code, message, hint, blocked } of result.failures) {
          expect(text).toContain(`failed: ${printable(coordinate)}: ${code}: ${printable(message)}`);
          expect(text).toContain(printable(hint));
          for (const held of blocked) expect(text).toContain(printable(held));
        }
        for (const { coordinate, code, message } of result.blocked) {
          expect(text).toContain(`cannot be done: ${printable(coordinate)}: ${code}: ${printable(message)}`);
        }
        for (const { coordinate } of result.unequal) expect(text).toContain(`not as wanted: ${printable(coordinate)}`);
        for (const at of result.unchecked) expect(text).toContain(`not checked: ${printable(at)}`);
        if (result.findings.length > 0) expect(text).toContain(`findings: ${result.findings.length} unknown-id`);
        if (result.lock.reason !== undefined) expect(text).toContain(printable(result.lock.reason));
        if (result.lock.takenOver === true) expect(text).toContain("lock: taken over");
        expect(text).toContain(result.verified ? "; verified" : "; not verified");
        expect(text.includes("undo with")).toBe(result.undoPlan !== null);
      }),
    );
  });
});

describe("the drift", () => {
  it("is made from the JSON document, in text and in Markdown", () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const parsed = JSON.parse(jsonReport(report)) as DriftReport;
        expect(textReport(parsed, { colour: false })).toBe(textReport(report, { colour: false }));
        expect(markdownReport(parsed)).toBe(markdownReport(report));
      }),
    );
  });

  it("tells each outcome that is in the JSON document", () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const text = textReport(report, { colour: false });
        const all = [report.changes, report.derived, report.reported ?? [], report.operational, report.findings];
        for (const { coordinate } of all.flat()) {
          expect([objectWords(coordinate), printable(coordinate)].some((name) => text.includes(name))).toBe(true);
        }
      }),
    );
  });
});

const finding = fc.record({
  code: fc.constantFrom(
    "missing-reference",
    "unknown-reference-type",
    "operational-state",
    "secret-missing",
    "source-stand-in",
  ),
  coordinate,
  message: name,
});

const plan: fc.Arbitrary<Plan> = fc
  .record({
    blocked: fc.array(fc.record({ coordinate, code: fc.constant("missing-reference" as const), message: name }), {
      maxLength: 3,
    }),
    findings: fc.array(finding, { maxLength: 6 }),
    guards: fc.array(fc.record({ guard: fc.constantFrom("max-updates", "live-traffic"), message: name }), {
      maxLength: 2,
    }),
    operated: fc.array(coordinate, { maxLength: 3 }),
  })
  .map(({ operated, ...told }) => ({
    schemaVersion: 1,
    sha256: "0".repeat(64),
    tool: "lockstep",
    source: { orgId: "p", name: "Acme" },
    target: { orgId: "s", name: "Acme DR" },
    sourceTakenAt: "2026-01-01T00:00:00.000Z",
    prune: false,
    members: "emails",
    operations: operated.map((at, index) => ({
      id: String(index),
      wave: 1,
      action: "create",
      coordinate: at,
      dependsOn: [],
      edits: [],
    })),
    ids: {},
    equal: {},
    ...told,
  }));

describe("a plan", () => {
  it("is made from its file, and tells each outcome that is in it", () => {
    fc.assert(
      fc.property(plan, (made) => {
        const text = planSummary(planAsReport(KINDS, made), { colour: false });
        const parsed = JSON.parse(canonicalJson(made)) as Plan;
        expect(planSummary(planAsReport(KINDS, parsed), { colour: false })).toBe(text);
        for (const { message } of [...made.blocked, ...made.findings, ...made.guards]) {
          expect(text).toContain(printable(message));
        }
        for (const { coordinate } of made.operations) expect(text).toContain(objectWords(coordinate));
        for (const { coordinate } of made.blocked) expect(text).toContain(printable(coordinate));
      }),
    );
  });
});
