import { describe, expect, it } from "vitest";
import { planAsReport } from "../../src/drift/plan-report.ts";
import { KINDS } from "../../src/kinds/index.ts";
import type { Finding } from "../../src/model/snapshot.ts";
import { planSummary } from "../../src/report/plan-text.ts";
import { planFor } from "../importers/planning.ts";

const desired = { "item/a": { name: "a" }, "item/b": { name: "b" }, "item/same": { name: "same" } };
const current = { "item/same": { name: "same" } };

function missing(coordinate: string, what: string, code: Finding["code"] = "missing-in-standby"): Finding {
  return { code, coordinate, path: "/text", message: `Refers to ${what}, which the standby does not have` };
}

/** Lines of the section about references, as a person sees them. */
function missingLines(findings: readonly Finding[]): string[] {
  const text = planSummary(planAsReport(KINDS, planFor(desired, current, { findings })), { colour: false });
  const [, section = ""] = text.split("\nnot there, and not created by this plan\n");
  return section.split("\n\n")[0]?.trimEnd().split("\n") ?? [];
}

describe("a plan on the terminal", () => {
  it("names references that cannot be resolved, once each, first what makes a write fail", () => {
    const leftOut = missing("item/a", "user/u");
    expect(
      missingLines([
        { ...leftOut, message: `${leftOut.message}; the reference is left out` },
        missing("item/b", "prompt/One", "missing-reference"),
        missing("item/a", "prompt/Two"),
        missing("item/b", "prompt/Two"),
        missing("item/b", "prompt/Two"),
      ]),
    ).toEqual([
      "  2 objects: Refers to prompt/Two, which the standby does not have",
      "  item/b: Refers to prompt/One, which the standby does not have",
      "  item/a: Refers to user/u, which the standby does not have; the reference is left out",
    ]);
  });

  it("says nothing of objects that stay as they are, and of other findings", () => {
    expect(missingLines([missing("item/same", "prompt/One"), missing("item/a", "x", "override-unmatched")])).toEqual([
      "",
    ]);
  });

  it("leaves the end of a long list to the plan file", () => {
    const many = Array.from({ length: 30 }, (_, at) => missing("item/a", `prompt/${String(at).padStart(2, "0")}`));
    const lines = missingLines(many);
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe("  and 10 more, which the plan file holds");
  });

  it.each<Finding>([
    { code: "duplicate-key", coordinate: "item/a", message: "two have this name" },
    { code: "platform-keeps-value", coordinate: "item/a", path: "/description", message: "it is kept" },
    { code: "names-exchanged", coordinate: "item/a", message: "they exchanged names" },
  ])("says $code of an object that cannot be written once", (finding) => {
    const [a, other] = [
      { name: "a", description: "new" },
      { name: "a", description: "old" },
    ];
    const plan = planFor({ "item/a": a }, { "item/a": other }, { findings: [finding] });
    const text = planSummary(planAsReport(KINDS, plan), { colour: false });
    expect(text.split(finding.code)).toHaveLength(2);
  });

  it("says of an object that is written which of its values the platform keeps", () => {
    const finding: Finding = {
      code: "platform-keeps-value",
      coordinate: "item/a",
      path: "/tags",
      message: "it is kept",
    };
    const a = { name: "a", description: "new", tags: ["new"] };
    const plan = planFor({ "item/a": a }, { "item/a": { name: "a" } }, { findings: [finding] });
    expect(planSummary(planAsReport(KINDS, plan), { colour: false })).toContain("1 finding platform-keeps-value");
  });

  it("keeps names from acting on the terminal", () => {
    expect(missingLines([missing("item/a", "prompt/\u001b[31mred")]).join("")).not.toContain("\u001b");
  });
});
