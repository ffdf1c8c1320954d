import { describe, expect, it } from "vitest";
import { planAsReport } from "../../src/drift/plan-report.ts";
import { KINDS } from "../../src/kinds/index.ts";
import type { SecretRule } from "../../src/model/config.ts";
import type { Plan } from "../../src/model/plan.ts";
import { planSummary } from "../../src/report/plan-text.ts";
import { planFor } from "./planning.ts";

const pin: SecretRule = { kind: "team", name: "a*", path: "/pin", value: "env:PIN" };
const code: SecretRule = { kind: "team", name: "*", path: "/codes/door", value: "file:code" };
const finding = (name: string, path: string) => ({
  code: "secret-missing",
  coordinate: `team/${name}`,
  path,
  message: expect.stringContaining(
    `{kind: team, name: "${name}", path: ${path.replace("*", "FIELD")}, value: env:NAME}`,
  ) as string,
});

/** Findings of a plan about secrets; teams cannot be deleted, which is told as well. */
const told = (...planned: Parameters<typeof planFor>): Plan["findings"] =>
  planFor(...planned).findings.filter((one) => one.code !== "cannot-be-undone");

function textOf(plan: Plan): string {
  return planSummary(planAsReport(KINDS, plan), { colour: false });
}

describe("a plan", () => {
  const desired = { "team/a": { name: "a" }, "team/b": { name: "b" }, "item/i": { name: "i" } };

  it.each<[string, readonly SecretRule[], readonly ReturnType<typeof finding>[]]>([
    [
      "every secret that no rule gives",
      [],
      [finding("a", "/pin"), finding("a", "/codes/*"), finding("b", "/pin"), finding("b", "/codes/*")],
    ],
    ["none that a rule gives to this object", [pin, code], [finding("b", "/pin")]],
    ["none where all are given", [{ ...pin, name: "*" }, code], []],
    [
      "none that is given to another kind",
      [
        { ...pin, name: "*" },
        { ...code, kind: "item" },
      ],
      [finding("a", "/codes/*"), finding("b", "/codes/*")],
    ],
  ])("tells %s", (_, secrets, findings) => {
    expect(told(desired, {}, { secrets })).toEqual(findings);
  });

  it("asks for what the write needs: an update may take other secrets than a create, a deletion takes none", () => {
    const current = { "team/a": { name: "a", lead: "person/x" }, "team/b": { name: "b" }, "team/c": { name: "c" } };
    const changed = { "team/a": { name: "a" }, "team/b": { name: "b", lead: "person/x" } };
    expect(told(changed, current, { secrets: [code], prune: true, known: ["person/x"] })).toEqual([
      finding("b", "/pin"),
    ]);
  });

  it("keeps other findings", () => {
    const other = { code: "ambiguous-name" as const, coordinate: "item/i", message: "something else" };
    expect(told(desired, {}, { findings: [other], secrets: [pin, code] })).toEqual([other, finding("b", "/pin")]);
  });

  it("shows on the terminal what is missing before anything is applied", () => {
    const text = textOf(planFor(desired, {}, { secrets: [pin, code] }));
    expect(text).toContain(
      '\nsecrets are missing\n  team/b/pin: Needs what no organisation tells; add to "secrets" of lockstep.yaml: {kind: team, name: "b", path: /pin, value: env:NAME}\n',
    );
    expect(textOf(planFor(desired, {}, { secrets: [{ ...pin, name: "*" }, code] }))).not.toContain("secrets");
  });
});
