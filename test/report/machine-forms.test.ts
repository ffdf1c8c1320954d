import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { Ajv, type AnySchemaObject } from "ajv";
import fc from "fast-check";
import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import { create } from "xmlbuilder2";
import type { DriftReport } from "../../src/model/report.ts";
import { annotationReport } from "../../src/report/annotations.ts";
import { junitReport } from "../../src/report/junit.ts";
import { problemsIn } from "../../src/report/problems.ts";
import { sarifReport } from "../../src/report/sarif.ts";
import { hostileReport } from "./hostile.ts";
import { reportOf } from "./sample.ts";

const edits = [{ path: "/yaml/inboundCall/tts", before: "Hello", after: "Good morning" }];
const at = { file: "snapshots/primary/flow/inboundcall%3AMain.yaml", line: 12 };
const sample = reportOf(
  [
    { coordinate: "flow/inboundcall:Main", action: "update", edits, at },
    { coordinate: "queue/Billing", action: "create", edits: [] },
    { coordinate: "queue/Extra", action: "delete", edits: [] },
  ],
  {
    operational: [{ coordinate: "trunk/Carrier", path: "/enabled", primary: true, standby: false, off: true }],
    findings: [{ code: "missing-reference", coordinate: "flow/a", path: "/x", message: "There is no such queue" }],
  },
);

// The schema is of a draft that names itself otherwise; what it uses means the same in later drafts.
const { $schema: _, id: __, ...schema }: AnySchemaObject = sarifSchema;
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

describe("SARIF", () => {
  it("is valid by its schema, whatever the names are", () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const log = JSON.parse(sarifReport(report)) as Log;
        expect(isSarif(log) ? [] : isSarif.errors).toEqual([]);
        expect(log.runs[0]?.results).toHaveLength(problemsIn(report).length);
      }),
    );
  });

  it("has for each object a rule, a level and the line of the snapshot", () => {
    const log = JSON.parse(sarifReport(sample)) as Log;
    const results = log.runs[0]?.results ?? [];
    expect(results.map(({ ruleId, level }) => `${level} ${ruleId}`)).toEqual([
      "error drift/different",
      "error drift/missing",
      "note drift/only-in-standby",
      "warning operational",
      "note finding/missing-reference",
    ]);
    expect(results[0]?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "snapshots/primary/flow/inboundcall%253AMain.yaml" },
      region: { startLine: 12 },
    });
    const places = results.map(({ locations }) => locations?.[0]?.physicalLocation);
    expect(places[1]).toEqual({ artifactLocation: { uri: "lockstep.yaml" }, region: { startLine: 1 } });
    expect(places).not.toContain(undefined);
    expect(results[0]?.message.text).toContain('TTS: "Hello" → "Good morning"');
  });

  it("keeps its fingerprints when values change", () => {
    const prints = (report: DriftReport): unknown =>
      (JSON.parse(sarifReport(report)) as Log).runs[0]?.results?.map(({ partialFingerprints }) => partialFingerprints);
    const later = sample.changes.map((change) => ({ ...change, edits: [{ path: "/other", after: 1 }] }));
    expect(prints({ ...sample, changes: later })).toEqual(prints(sample));
  });
});

describe("JUnit", () => {
  it("is XML with as many cases and failures as it says, whatever the names are", () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const root = create(junitReport(report)).root();
        const found = { cases: 0, failures: 0 };
        root.each(
          ({ node }) => {
            if (node.nodeName === "testcase") found.cases += 1;
            if (node.nodeName === "failure") found.failures += 1;
          },
          false,
          true,
        );
        const [, tests, failures] = /tests="(\d+)" failures="(\d+)"/.exec(junitReport(report)) ?? [];
        expect({ cases: Number(tests), failures: Number(failures) }).toEqual(found);
      }),
    );
  });

  it("fails for what is missing or different, and not for what only the standby has", () => {
    const xml = junitReport(sample);
    expect(xml).toContain('<testsuite name="queue" tests="3" failures="1" errors="0">');
    expect(xml).toContain('<testcase classname="queue" name="8 in step"/>');
    expect(xml).toContain(`file="${at.file}" line="12"`);
  });
});

describe("annotations for GitHub Actions", () => {
  it("tell the gravest first, at the line of the snapshot", () => {
    const [first = "", ...others] = annotationReport(sample).trimEnd().split("\n");
    expect(first).toBe(
      '::error file=snapshots/primary/flow/inboundcall%253AMain.yaml,line=12,title=flow inboundcall%3AMain is different::flow inboundcall:Main is different%0ATTS: "Hello" → "Good morning"',
    );
    expect(others.map((line) => line.split(" ")[0])).toEqual(["::error", "::warning", "::notice", "::notice"]);
  });

  it("are one command for each problem, whatever the names are", () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const lines = annotationReport(report).split("\n").slice(0, -1);
        expect(lines).toHaveLength(problemsIn(report).length);
        for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) [^:]*::/);
      }),
    );
  });
});
