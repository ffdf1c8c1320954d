import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editValues, objectFacts, shortValue } from "../../src/report/values.ts";

describe("the values of an edit", () => {
  it("are whole when they are short", () => {
    expect(editValues({ path: "/a", before: "x", after: 3 })).toEqual({ before: '"x"', after: "3" });
    expect(editValues({ path: "/a", after: null })).toEqual({ before: "nothing", after: "null" });
  });

  it("stay short and different, however long the texts are", () => {
    const long = fc.string({ unit: "grapheme", maxLength: 90 });
    fc.assert(
      fc.property(
        long,
        fc.string({ minLength: 1, maxLength: 20 }),
        fc.string({ minLength: 1, maxLength: 20 }),
        long,
        (start, a, b, end) => {
          fc.pre(a !== b && !/\p{C}/u.test(a + b));
          const { before, after } = editValues({
            path: "/a",
            before: `${start}${a}${end}`,
            after: `${start}${b}${end}`,
          });
          expect(before).not.toBe(after);
          // A quoted text of sixty characters, each of which may need six to be quoted.
          expect(Math.max(before.length, after.length)).toBeLessThanOrEqual(62 + 60 * 6);
        },
      ),
    );
  });

  it("show where a text that only grew has grown", () => {
    const text = "word ".repeat(30);
    const { before, after } = editValues({ path: "/a", before: text, after: `${text}more` });
    expect(before).toBe('"… word word word "');
    expect(after).toBe('"… word word word more"');
  });
});

it("shortens values by character, not by half of one", () => {
  expect(shortValue("😀".repeat(80))).toBe(`"${"😀".repeat(58)}…`);
});

it("tells what an object is by what describes it, what it refers to and how much it holds", () => {
  const facts = objectFacts([
    { path: "/enabled", after: true },
    { path: "/mediaSettings", after: { call: {} } },
    { path: "/members", after: { "a@example.com": {}, "b@example.com": {} } },
    { path: "/name", after: "Billing" },
    { path: "/queueFlow", after: "flow/inqueuecall:Wait" },
    { path: "/division", after: "division/Sales" },
    { path: "/description", after: "Bills" },
  ]);
  expect(facts).toBe('"Bills", queueFlow flow/inqueuecall:Wait, division/Sales, 2 members');
});
