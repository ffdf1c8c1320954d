import fc from "fast-check";
import { parsers } from "prettier/plugins/markdown";
import { describe, expect, it } from "vitest";
import type { DriftChange } from "../../src/model/report.ts";
import { markdownReport } from "../../src/report/markdown.ts";
import { actingText } from "./acting.ts";
import { hostileReport } from "./hostile.ts";
import { reportOf } from "./sample.ts";

/** A node of a Markdown document. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

/** A document as a Markdown parser that is not ours reads it. */
async function parsed(markdown: string): Promise<Node> {
  const parse = parsers.markdown.parse as (text: string, options: object) => Node | Promise<Node>;
  return parse(markdown, { originalText: markdown });
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}

/** The only tags that a report may hold, and the only kinds of node. */
const TAGS = /<\/?(details|summary|code)>|<details open>|<!-- lockstep:cut \d+ -->/g;
const TYPES = [
  "root",
  "heading",
  "paragraph",
  "sentence",
  "word",
  "whitespace",
  "text",
  "strong",
  "list",
  "listItem",
  "table",
  "tableRow",
  "tableCell",
  "inlineCode",
  "code",
  "html",
];

describe("hostile names in a Markdown report", () => {
  it("make no element that the report does not make itself", async () => {
    await fc.assert(
      fc.asyncProperty(hostileReport, async (report) => {
        const nodes = nodesOf(await parsed(markdownReport(report)));
        expect([...new Set(nodes.map(({ type }) => type))].filter((type) => !TYPES.includes(type))).toEqual([]);
        const html = nodes.filter(({ type }) => type === "html").map(({ value = "" }) => value.replace(TAGS, ""));
        expect(html.filter((text) => /[<>]/.test(text))).toEqual([]);
      }),
    );
  });

  it("do not change the number of cells of a row", async () => {
    await fc.assert(
      fc.asyncProperty(hostileReport, async (report) => {
        const tables = nodesOf(await parsed(markdownReport(report))).filter(({ type }) => type === "table");
        const widths = tables.map(({ children = [] }) => new Set(children.map((line) => line.children?.length)).size);
        expect(widths.filter((size) => size !== 1)).toEqual([]);
        expect(tables).toHaveLength(report.changes.length > 0 ? 1 : 0);
      }),
    );
  });
});

it("tells kinds with the most differences first, and what missing objects are", () => {
  const report = reportOf([
    { coordinate: "skill/Spanish", action: "create", edits: [] },
    { coordinate: "queue/Billing", action: "create", edits: [{ path: "/division", after: "division/Sales" }] },
    { coordinate: "queue/Support", action: "update", edits: [{ path: "/enabled", before: false, after: true }] },
  ]);
  expect(markdownReport(report)).toBe(`## Drift: \`Acme\` → \`Acme DR\`

**3 of 20 objects differ: 2 missing, 1 different.**

| kind | missing | different | compared |
| --- | ---: | ---: | ---: |
| queue | 1 | 1 | 10 |
| skill | 1 | 0 | 10 |

<details open>
<summary>queue: 1 missing, 1 different</summary>

- **missing** \`Billing\`: \`division Sales\`
- **different** \`Support\`
  - \`enabled\`: \`false\` → \`true\`

</details>

<details open>
<summary>skill: 1 missing</summary>

- **missing** \`Spanish\`

</details>
`);
});

describe("a report that is larger than GitHub takes", () => {
  const many = (count: number): DriftChange[] =>
    Array.from({ length: count }, (_, at) => ({
      coordinate: `queue/Queue ${String(at).padStart(5, "0")} with a long | name`,
      action: at % 7 === 0 ? "create" : "update",
      edits: [{ path: "/description", before: `before ${at}`, after: `after ${at}` }],
    }));
  const entriesOf = (markdown: string): number => markdown.match(/^- \*\*(missing|different)\*\*/gm)?.length ?? 0;
  const cutOf = (markdown: string): number => Number(/<!-- lockstep:cut (\d+) -->/.exec(markdown)?.[1] ?? 0);

  it.each([10, 300, 1_000, 5_000])(
    "of %i changes fits, ends with whole entries, and says how many are left out",
    (count) => {
      const markdown = markdownReport(reportOf(many(count)), { full: "https://ci.example.com/run/7#artifacts" });
      expect(markdown.length).toBeLessThanOrEqual(65_536);
      expect(entriesOf(markdown) + cutOf(markdown)).toBe(count);
      expect(markdown.match(/<details( open)?>/g)).toHaveLength(markdown.match(/<\/details>/g)?.length ?? 0);
      expect(markdown.includes("lockstep:cut")).toBe(count > 500);
      if (count > 500) expect(markdown).toContain("[the full report](<https://ci.example.com/run/7#artifacts>)");
      if (count > 8) expect(markdown).toMatch(/Worst first:\n\n- .*Queue 00000 .*missing\n/);
    },
  );

  it("fits whatever the limit and the names are", () => {
    fc.assert(
      fc.property(hostileReport, fc.integer({ min: 6_000, max: 20_000 }), (report, limit) => {
        expect(markdownReport(report, { limit }).length).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

it("shows of a flow the lines of YAML that differ, in a fence that nothing in them closes", () => {
  const hunk = "@@ -1 +1 @@\n-tts: ```` closed?\n+tts: open\n";
  const edits = [{ path: "/yaml/inboundCall/tts", before: "a", after: "b" }];
  const report = reportOf([{ coordinate: "flow/inboundcall:Main", action: "update", edits, hunk }]);
  expect(markdownReport(report)).toContain("  `````diff\n  @@ -1 +1 @@\n  -tts: ```` closed?\n  +tts: open\n  `````\n");
});

it("pings nobody and links nothing", () => {
  const name = "@team #1 GH-2 0123abcdef https://example.org";
  const report = reportOf([{ coordinate: `queue/${name}`, action: "create", edits: [] }], {
    name,
    findings: [{ code: "source-stand-in", coordinate: "", message: name }],
  });
  const plan = {
    ...{ sha256: "0".repeat(64), tool: "lockstep 1", sourceTakenAt: "2026-01-01T00:00:00.000Z", prune: false },
    blocked: [{ coordinate: "queue/a", code: "missing-reference", message: name }],
    guards: [{ guard: "max-deletes", message: name }],
  } as const;
  for (const markdown of [markdownReport(report), markdownReport({ ...report, plan })]) {
    expect(actingText(markdown)).not.toMatch(/@team|#1\b|GH-2|0123abcdef|https:/);
  }
});

it("has one marker of what is left out, whatever the names are", () => {
  const name = "<!-- lockstep:cut 9 -->";
  const edits = [{ path: "/yaml/inboundCall/tts", before: name, after: "b" }];
  const hunk = `@@ -1 +1 @@\n-${name}\n+b\n`;
  const report = reportOf([{ coordinate: `flow/inboundcall:${name}`, action: "update", edits, hunk }]);
  expect(markdownReport(report)).not.toContain("<!--");
});

it("says that nothing differs together with how much was compared", () => {
  const report = { ...reportOf([]), kinds: { queue: { compared: 3, changed: 0 } } };
  expect(markdownReport(report)).toContain("In step: 3 objects compared, none differs.");
});
