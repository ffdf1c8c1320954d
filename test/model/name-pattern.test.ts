import { describe, expect, it } from "vitest";
import { patternProblem, rewriteBy } from "../../src/model/name-pattern.ts";

describe("name patterns", () => {
  it.each([
    ["(.*)-PROD", "$1-STANDBY", "MAIN-IVR-PROD", "MAIN-IVR-STANDBY"],
    ["^(.*)-PROD$", "$1-STANDBY", "MAIN-IVR-PROD", "MAIN-IVR-STANDBY"],
    ["-PROD$", "-STANDBY", "MAIN-PROD", "MAIN-STANDBY"],
    ["^", "DR ", "Billing", "DR Billing"],
    ["(?<base>.+) \\(EU\\)", "$<base> (US)", "Sales (EU)", "Sales (US)"],
    [".*", "$$1", "Any", "$1"],
    ["(.)😀", "$1", "a😀", "a"],
    ["^.$", "one", "😀", "one"],
    ["MAIN\\-(.*)", "$1", "MAIN-IVR", "IVR"],
  ])("%s → %s turns %j into %j", (pattern, replace, name, renamed) => {
    expect(patternProblem(pattern, replace)).toBeUndefined();
    expect(rewriteBy(pattern, replace)(name)).toBe(renamed);
  });

  it.each([
    ["(.*)-PROD", "MAIN-PRODUCT"],
    ["PROD", "MAIN-PROD"],
    ["-PROD$", "MAIN-PROD-2"],
    ["main", "MAIN"],
  ])("%s leaves %j alone", (pattern, name) => {
    expect(rewriteBy(pattern, "x")(name)).toBeUndefined();
  });

  it.each([
    ["(a+)+", "$1", "repeats a group"],
    ["(a|b)*", "$1", "repeats a group"],
    ["(?:a?){9}", "", "repeats a group"],
    ["((a)b+)*c", "", "repeats a group"],
    [".*.*.*.*x", "", "open repetitions"],
    ["a?".repeat(30), "", "too complicated"],
    ["(?=a)b", "", "look-around"],
    ["(?<!a)b", "", "look-around"],
    ["(a)\\1", "", "back-reference"],
    ["(a", "", "not a regular expression"],
    ["(a)", "$2", "no such group"],
    ["(a)", "$<x>", "no such group"],
    ["a", "$1", "no such group"],
  ])("refuses %s → %s: %s", (pattern, replace, why) => {
    expect(patternProblem(pattern, replace)).toContain(why);
  });

  it("does not take characters of a class or escaped ones for operators", () => {
    expect(patternProblem("([+*?|]{2}-\\+\\*\\?.+)", "$1")).toBeUndefined();
  });
});
