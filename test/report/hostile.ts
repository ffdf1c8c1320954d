import fc from "fast-check";
import type { DriftChange } from "../../src/model/report.ts";
import type { DriftReport, ReportedObject } from "../../src/model/report.ts";
import { reportOf } from "./sample.ts";

const MARKS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "</details></summary></code>",
  "`",
  "``` \n```",
  "|",
  "\\|",
  "\\",
  "\n",
  "\r\n# heading\n",
  "[link](https://example.org)",
  "![image](https://example.org/i.png)",
  "https://example.org",
  "@somebody",
  "&lt;b&gt;",
  "**bold**",
  "\u001b[2J\u001b]8;;https://example.org\u0007",
  "\u202Egnp.exe",
  "\u2028",
  "$$x$$",
  "\uFFFE\uFFFF",
  "\uD800",
  "##vso[task.setvariable variable=x]y",
  "::set-output name=x::y",
  "<!-- lockstep:cut 9 -->",
  " ",
];

/** Text as somebody with bad intentions would name an object. */
const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...MARKS), fc.string({ unit: "grapheme", maxLength: 5 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(""));

const hostileChange: fc.Arbitrary<DriftChange> = fc
  .record({ key: hostileText, path: hostileText, before: hostileText, after: hostileText })
  .chain(({ key, path, before, after }) => {
    const edits = [
      { path: `/${path}`, before, after },
      { path: "/description", after: before },
      { path: "/members", before: { [after]: path } },
    ];
    const coordinate = `queue/${key}`;
    return fc.constantFrom<DriftChange>(
      { coordinate, action: "create", edits, at: { file: `snapshots/${key}.json`, line: 1 } },
      { coordinate, action: "delete", edits },
      { coordinate, action: "update", edits, ignored: 1 },
      { coordinate, action: "rename", from: `queue/${before}`, edits },
    );
  });

function reportedOf({ coordinate, action, edits }: DriftChange): ReportedObject {
  if (action === "create") return { coordinate, action, edits };
  if (action === "update") return { coordinate, action, edits, answers: [{ side: "standby", share: 0.5 }] };
  return { coordinate, action: "none", edits: [] };
}

/** A report in which every text that an organisation decides is hostile. */
export const hostileReport: fc.Arbitrary<DriftReport> = fc
  .record({ changes: fc.array(hostileChange, { maxLength: 4 }), name: hostileText, message: hostileText })
  .map(({ changes, name, message }) =>
    reportOf(changes, {
      name,
      derived: changes,
      reported: changes.map(reportedOf),
      operational: changes.map(({ coordinate }) => {
        const state = { path: `/${message}`, primary: name, standby: message, off: true };
        return { coordinate, ...state };
      }),
      findings: [{ code: "missing-reference", coordinate: `queue/${name}`, path: `/${message}`, message }],
    }),
  );
