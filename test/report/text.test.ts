import type { Finding } from "../../src/model/snapshot.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columns } from "../../src/report/width.ts";
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
  expect(textReport(report, plain)).toBe(`4 of 20 objects differ: 2 missing, 1 different, 1 only in the standby
primary  Acme (mypurecloud.com)
standby  Acme DR (usw2.pure.cloud)

  kind   missing  different  only in the standby  compared
  queue        1          1                    1        10
  skill        1          0                    0        10

+ queue Billing  division Sales
~ queue Support › enabled: false → true  (2 edits ignored)
· queue Zed  "Old"

+ skill Spanish

2 edits of these objects ignored by lockstep.yaml.
`);
});

it("says that everything is there when only the standby has something more, which stays", () => {
  const text = textReport(reportOf([{ coordinate: "queue/Zed", action: "delete", edits: [] }]), plain);
  expect(text).toMatch(/^in step: 10 objects compared; 1 only in the standby, which stay\n/);
  expect(text).toContain("\n· queue Zed\n");
});

it("tells places in words, members by name, and lists in steps", () => {
  const edits = [
    { path: "/wrapUpCodes/wrap-up-code~1Broker", after: "wrap-up-code/Broker" },
    { path: "/members/a@example.com", before: { ringNumber: 1 } },
    { path: '/emergencyCallFlows/{"flow":"A","ivrs":["B"]}', after: { ivrs: ["B"], flow: "A" } },
    { path: "/codecs/0", before: "pcma", after: "opus" },
    { path: "/codecs/1", before: "opus", after: "pcma" },
    { path: "/yaml/inboundCall/menus/Main/choices/Sales/targetQueue/lit/name", before: "A", after: "B" },
  ];
  const lists = [{ path: "/codecs", steps: [{ op: "move" as const, from: 1, to: 0, value: "opus" }] }];
  expect(textReport(reportOf([{ coordinate: "queue/A", action: "update", edits, lists }]), plain)).toContain(`
~ queue A
    wrap-up codes: + Broker
    members: - a@example.com {"ringNumber":1}
    emergency call flows: + {"flow":"A","ivrs":["B"]}
    codecs: > "opus" (2 → 1)
    menu Main › choice Sales › target queue: "A" → "B"
`);
});

it("shows of two long texts the part that differs, and everything on demand", () => {
  const url = (host: string): string => `https://crm.${host}.example.com/${"path/".repeat(20)}end`;
  const edits = [{ path: "/url", before: url("standby"), after: url("primary") }];
  const report = reportOf([{ coordinate: "queue/A", action: "update", edits }]);
  expect(textReport(report, { ...plain, width: 60 })).toContain(`~ queue A
    URL:
      - "https://crm.standby.example.com/pa…
      + "https://crm.primary.example.com/pa…
`);
  expect(textReport(report, { ...plain, full: true })).toContain(`"${url("standby")}" → "${url("primary")}"`);
});

it("shows of values of 200,000 characters the part that differs, at once", () => {
  const text = (end: string): string => `${"schöne Wörter ".repeat(15_000)}${end}`;
  const edits = [{ path: "/description", before: text("old"), after: text("new") }];
  const report = reportOf([{ coordinate: `queue/${"long ö ".repeat(5_000)}A`, action: "update", edits }]);
  const shown = textReport(report, { ...plain, width: 80 });
  expect(shown).toContain('schöne Wörter old"\n');
  expect(shown).toContain('schöne Wörter new"\n');
  expect(textReport(report, { ...plain, full: true })).toContain(`"${text("old")}" → "${text("new")}"`);
});

it("counts what it does not show, and says where everything is", () => {
  const edits = Array.from({ length: 12 }, (_, index) => ({ path: `/rows/${index}`, after: index }));
  const report = reportOf([{ coordinate: "data-table/T", action: "update", edits }]);
  const text = textReport(report, plain);
  expect(text).toContain("    and 4 more edits\n");
  expect(text).toContain("Shortened; --full shows everything");
  expect(textReport(report, { ...plain, full: true })).not.toMatch(/more edits|Shortened/);
  expect(textReport(report, { ...plain, stat: true })).toContain("\n~ data table T  12  ~~~~~~~~~~~~\n");
});

it("fits the width of the terminal, whatever the names are", () => {
  fc.assert(
    fc.property(hostileReport, fc.integer({ min: 50, max: 140 }), (report, width) => {
      const text = textReport({ ...report, findings: [], operational: [], reported: [] }, { ...plain, width });
      const changed = text.split("\n").filter((line) => line.startsWith("    "));
      expect(changed.filter((line) => columns(line) > width)).toEqual([]);
    }),
  );
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
            /^(|primary .*|standby .*|[+~<>=·] .*| {2}.*|\d.*|(configuration )?in step.*|Operational.*|Follows.*|Outside.*|Shortened.*)$/u,
          );
      }),
    );
  });
});
