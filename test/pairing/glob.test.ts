import { describe, expect, it } from "vitest";
import { exactly, nameMatcher } from "../../src/pairing/glob.ts";

describe("globs of names", () => {
  it.each([
    ["*", "Any / thing"],
    ["*", ".hidden"],
    ["Sales*", "Sales/EU (new)"],
    ["*(new)", "Sales (new)"],
    ["a|b*", "a|bc"],
    ["+1*", "+18005550100"],
    ["!Important*", "!Important queue"],
    ["{A,B}-1", "B-1"],
    ["{A,B}-1", "{A,B}-1"],
    ["Team [EU]", "Team [EU]"],
    ["Q?", "Q1"],
    ["*😀*", "a 😀 b"],
    ["*", "two\nlines"],
    ["#1 *", "#1 queue"],
    ["__proto__", "__proto__"],
  ])("%j matches %j", (glob, name) => {
    expect(nameMatcher(glob)(name)).toBe(true);
  });

  it.each([
    ["Sales", "Sales EU"],
    ["sales*", "Sales"],
    ["a|b", "a"],
    ["Q?", "Q12"],
    ["*-PROD", "X-PROD-2"],
    ["!a", "b"],
  ])("%j does not match %j", (glob, name) => {
    expect(nameMatcher(glob)(name)).toBe(false);
  });
});

describe("the glob of one name", () => {
  it.each(["Sales", "Team [EU] *", "Q?", "{A,B}", "a\\b", "(x|y)", "!#", "__proto__", "two\nlines"])("%j", (name) => {
    const matches = nameMatcher(exactly(name));
    expect(matches(name)).toBe(true);
    expect(
      ["Team E *", "Q1", "A", "ab", "x", "Team [EU] x"].filter((other) => other !== name && matches(other)),
    ).toEqual([]);
  });
});
