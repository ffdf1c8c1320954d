import fc from "fast-check";
import { parsers } from "prettier/plugins/markdown";
import { describe, expect, it } from "vitest";
import { markdownReport } from "../../src/report/markdown.ts";
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
const TAGS = /<\/?(details|summary|code)>/g;
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
        const edited = report.changes.filter(({ action }) => action === "update" || action === "rename");
        const reported = (report.reported ?? []).filter(({ action }) => action === "update");
        expect(tables).toHaveLength(edited.length + reported.length + (report.changes.length > 0 ? 1 : 0));
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

**3 of 20 objects differ:** 2 missing, 1 different.

| kind | missing | different | compared |
| --- | ---: | ---: | ---: |
| queue | 1 | 1 | 10 |
| skill | 1 | 0 | 10 |

### queue

- \`Billing\` missing: \`division/Sales\`

<details>
<summary><code>Support</code> different, 1 edit</summary>

| path | standby | should be |
| --- | --- | --- |
| \`/enabled\` | \`false\` | \`true\` |

</details>

### skill

- \`Spanish\` missing
`);
});

it("says that nothing differs together with how much was compared", () => {
  const report = { ...reportOf([]), kinds: { queue: { compared: 3, changed: 0 } } };
  expect(markdownReport(report)).toContain("In step: 3 objects compared, none differs.");
});
