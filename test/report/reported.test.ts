import { expect, it } from "vitest";
import type { ReportedObject } from "../../src/model/report.ts";
import { markdownReport } from "../../src/report/markdown.ts";
import { answersText } from "../../src/report/reported.ts";
import { textReport } from "../../src/report/text.ts";
import { reportOf } from "./sample.ts";

const flipped: ReportedObject = {
  coordinate: "failover-name/CNAME:chat.example.com",
  action: "update",
  edits: [
    { path: "/prefers", before: "standby", after: "primary" },
    { path: "/primary/weight", before: 0, after: 100 },
  ],
  answers: [{ side: "standby", share: 1 }],
};
const reported: readonly ReportedObject[] = [
  flipped,
  { coordinate: "failover-name/A:sip.example.com", action: "create", edits: [{ path: "/policy", after: "failover" }] },
  { coordinate: "failover-name/SRV:_sips._tcp.example.com", action: "none", edits: [] },
];

it("is a section of its own in the text, though the organisations are in step", () => {
  expect(textReport(reportOf([], { reported }), { colour: false })).toBe(`in step: 0 objects compared, none differs
primary  Acme (mypurecloud.com)
standby  Acme DR (usw2.pure.cloud)

Outside the organisations (compared with lockstep.yaml, never written):
~ failover name CNAME:chat.example.com  (answers now: standby)
    prefers: "standby" → "primary"
    primary › weight: 0 → 100
+ failover name A:sip.example.com  (there is no such record)
= failover name SRV:_sips._tcp.example.com  (who answers now is not known)
`);
});

it("is shortened like everything else", () => {
  const edits = Array.from({ length: 9 }, (_, at) => ({ path: `/weight${at}`, before: 0, after: 1 }));
  const text = textReport(reportOf([], { reported: [{ ...flipped, edits }] }), { colour: false });
  expect(text).toContain("    and 1 more edit\n");
  expect(text).toContain("Shortened; --full shows everything");
});

it("is a section of its own in Markdown", () => {
  expect(markdownReport(reportOf([], { reported }))).toContain(`
### Outside the organisations, never written

- \`failover name CNAME:chat.example.com\` different; answers now: standby
  - \`prefers\`: \`"standby"\` → \`"primary"\`
  - \`primary › weight\`: \`0\` → \`100\`
- \`failover name A:sip.example.com\` missing; there is no such record
- \`failover name SRV:_sips._tcp.example.com\` as described; who answers now is not known
`);
});

it("says who answers, with shares where there are several", () => {
  const text = (answers: ReportedObject["answers"]): string =>
    answersText({ coordinate: "", action: "none", edits: [], ...(answers === undefined ? {} : { answers }) });
  expect(text([])).toBe("nothing answers");
  expect(
    text([
      { side: "primary", share: 0.996 },
      { side: "other", share: 0.004 },
    ]),
  ).toBe("answers now: primary 99.6 %, other 0.4 %");
  // A sum of shares may miss 1 by a rounding error.
  expect(text([{ side: "primary", share: 0.9999999999999999 }])).toBe("answers now: primary");
});

it("says of operational state where it is off, and does not call the standby in step without it", () => {
  const operational = [
    { coordinate: "trunk/Carrier", path: "/properties/trunk_enabled", primary: true, standby: false, off: true },
    { coordinate: "integration/CRM", path: "/intendedState", primary: "ENABLED", off: true, configured: true },
  ] as const;
  expect(textReport(reportOf([], { operational }), { colour: false }))
    .toBe(`configuration in step: 0 objects compared, none differs; operational state differs or is off in 2 places
primary  Acme (mypurecloud.com)
standby  Acme DR (usw2.pure.cloud)

Operational state, never copied:
  trunk Carrier › properties › trunk enabled: false, primary true; off in the standby
  integration CRM › intended state: nothing, primary "ENABLED"; off in the standby; as lockstep.yaml says
`);
  expect(markdownReport(reportOf([], { operational }))).toContain(
    "- `trunk Carrier › properties › trunk enabled`: standby `false`, primary `true`; **off in the standby**\n",
  );
});
