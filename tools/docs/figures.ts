import { readFileSync } from "node:fs";
import type { Report } from "../../bench/report.ts";

/** A row of the table: a measurement of the bench and one of its figures. */
interface Row {
  readonly what: string;
  readonly measure: string;
  readonly figure: string;
}

const ROWS: readonly Row[] = [
  { what: "objects", measure: "full", figure: "objects" },
  { what: "full snapshot: requests", measure: "full", figure: "requests" },
  { what: "full snapshot: requests / floor", measure: "full", figure: "requests / floor" },
  { what: "snapshot without a change since: requests", measure: "unchanged", figure: "requests" },
  { what: "snapshot without a change since: requests / floor", measure: "unchanged", figure: "requests / floor" },
  { what: "flows exported without a change", measure: "unchanged", figure: "flows exported" },
  { what: "live `diff` of both organisations: requests", measure: "live", figure: "diff: requests" },
  { what: "live `diff` of both organisations: requests / floor", measure: "live", figure: "diff: requests / floor" },
  { what: "`plan` after it: requests", measure: "live", figure: "plan after it: requests" },
  { what: "`plan` after it: requests / floor", measure: "live", figure: "plan after it: requests / floor" },
  ...["one flow republished, `diff --only` it: requests", "one flow republished, `diff`: requests"].map((figure) => ({
    what: figure,
    measure: "live",
    figure,
  })),
  ...["1.5", "4", "8"]
    .map((seconds) => `polls for 25 export jobs of ${seconds} s`)
    .map((figure) => ({
      what: figure,
      measure: "polls",
      figure,
    })),
  { what: "objects per second, full", measure: "full", figure: "objects per second" },
  { what: "objects per second, without a change", measure: "unchanged", figure: "objects per second" },
  { what: "peak memory of a snapshot, MB", measure: "full", figure: "peak memory, MB" },
  { what: "apply: operations", measure: "apply", figure: "operations" },
  { what: "apply: writes per operation", measure: "apply", figure: "writes / operation" },
  { what: "apply: writes / fewest possible", measure: "apply", figure: "writes / fewest" },
  { what: "apply: requests of the lock", measure: "apply", figure: "requests of the lock" },
  {
    what: "apply: reads of one object before, at most",
    measure: "apply",
    figure: "reads of one object before, at most",
  },
  { what: "apply: reads of one object after, at most", measure: "apply", figure: "reads of one object after, at most" },
  { what: "apply: requests before, per object", measure: "apply", figure: "requests before / object" },
  { what: "apply: requests after, per object", measure: "apply", figure: "requests after / object" },
  { what: "peak memory of an apply, MB", measure: "apply", figure: "peak memory, MB" },
  {
    what: "`diff` of two directories / script, ratio of medians",
    measure: "diff",
    figure: "ratio of medians",
  },
  { what: "the same in processor time", measure: "diff", figure: "ratio of processor time" },
  {
    what: "`diff` that only loads / `node -e 0`, processor time",
    measure: "loading",
    figure: "diff that only loads / node -e 0, processor time",
  },
  { what: "`--help` / `node -e 0`", measure: "help", figure: "--help / node -e 0" },
];

/** The table of docs/performance.md, from the figures that `npm run bench -- --json bench/figures.json` wrote. */
export function figureTable(): string {
  const { node, cores, load, sections } = JSON.parse(
    readFileSync(new URL("../../bench/figures.json", import.meta.url), "utf8"),
  ) as Report;
  const sizes = [...new Set(sections.flatMap(({ size }) => (size === undefined ? [] : [size])))];
  const figureOf = (
    { measure, figure }: Row,
    size: string | undefined,
  ): Report["sections"][number]["figures"][number] | undefined =>
    sections
      .find((section) => section.measure === measure && section.size === size)
      ?.figures.find(({ what }) => what === figure);
  const rows = ROWS.map((row) => {
    const found = sizes.map(
      (size, index) => figureOf(row, size) ?? (index === 0 ? figureOf(row, undefined) : undefined),
    );
    const goal = found.find((figure) => figure?.goal !== undefined)?.goal ?? "";
    return [row.what, ...found.map((figure) => told(figure)), goal.replace("<=", "≤")];
  });
  const head = ["what", ...sizes.map((size) => `org ${size}`), "goal"];
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `Node ${node.slice(1)}, ${String(cores)} cores, load average ${String(load)} at the start. The rate limit was off and jobs finished immediately.\n\n${lines.join("\n")}`;
}

function told(figure: { readonly value: string; readonly met?: boolean } | undefined): string {
  if (figure === undefined) return "";
  return figure.met === false ? `${figure.value} (missed)` : figure.value;
}
