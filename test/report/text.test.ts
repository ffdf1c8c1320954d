import type { Finding } from "../../src/model/snapshot.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textReport } from "../../src/report/text.ts";
import { hostileReport } from "./hostile.ts";
import { reportOf } from "./sample.ts";

const plain = { colour: false };

it("shows the summary, then kinds with the most differences first, missing objects before different ones", () => {
  const report = reportOf([
    {
      coordinate: "queue/Support",
      action: "update",
      edits: [{ path: "/enabled", before: false, after: true }],
      ignored: 2,
    },
    { coordinate: "queue/Zed", action: "delete", edits: [{ path: "/description", before: "Old" }] },
    { coordinate: "skill/Spanish", action: "create", edits: [] },
    { coordinate: "queue/Billing", action: "create", edits: [{ path: "/division", after: "division/Sales" }] },
  ]);
  expect(textReport(report, plain)).toBe(`primary  Acme (mypurecloud.com)
standby  Acme DR (usw2.pure.cloud)

4 of 20 objects differ: 2 missing, 1 different, 1 only in the standby

  kind   missing  different  only in the standby  compared
  queue        1          1                    1        10
  skill        1          0                    0        10

+ queue/Billing  division/Sales
~ queue/Support
    /enabled: false → true
    2 edits ignored
- queue/Zed  "Old"

+ skill/Spanish

2 edits of these objects ignored by lockstep.yaml.
`);
});

it("shows of two long texts the part that differs", () => {
  const url = (host: string): string => `https://crm.${host}.example.com/${"path/".repeat(20)}end`;
  const edits = [{ path: "/url", before: url("standby"), after: url("primary") }];
  const report = reportOf([{ coordinate: "queue/A", action: "update", edits }]);
  expect(textReport(report, plain)).toContain(
    '    /url: "https://crm.standby.example.com/pa…" → "https://crm.primary.example.com/pa…"',
  );
});

it("counts what it does not show, and says where everything is", () => {
  const edits = Array.from({ length: 12 }, (_, index) => ({ path: `/rows/${index}`, after: index }));
  const text = textReport(reportOf([{ coordinate: "data-table/T", action: "update", edits }]), plain);
  expect(text).toContain("    and 4 more edits\n");
  expect(text).toContain("Shortened; --format json holds everything.");
});

it("groups findings by code", () => {
  const finding = (coordinate: string): Finding => ({
    code: "missing-reference",
    coordinate,
    message: "There is no such queue",
  });
  const findings = [finding("flow/a"), { ...finding("ivr/c"), code: "unknown-field" as const }, finding("flow/b")];
  expect(textReport(reportOf([], { findings }), plain)).toContain(`
2 findings missing-reference
  flow/a: There is no such queue
  flow/b: There is no such queue

1 finding unknown-field
  ivr/c: There is no such queue
`);
});

describe("hostile names in a text report", () => {
  it("cannot act on a terminal, and cannot make lines", () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const text = textReport(report, plain);
        expect(/[^\P{Cc}\n]|[\p{Cf}\u2028\u2029]/u.test(text)).toBe(false);
        for (const line of text.split("\n"))
          expect(line).toMatch(
            /^(|primary .*|standby .*|[+~<>=-] .*| {2}.*|\d.*|(configuration )?in step.*|Operational.*|Follows.*|Outside.*|Shortened.*)$/u,
          );
      }),
    );
  });
});
