import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columns } from "../../src/report/width.ts";
import { pairTexts, valueText } from "../../src/report/value-text.ts";

const pair = (before: string | undefined, after: string, width = 60): readonly string[] =>
  pairTexts({ path: "/text", after, ...(before === undefined ? {} : { before }) }, width);

describe("a value in words", () => {
  it.each([
    ["division/Sales", "/division", "Sales"],
    ["flow/inqueuecall:Wait", "/queueFlow", "inqueuecall:Wait"],
    ["wrap-up-code/Done", "/other", "wrap-up code Done"],
    ["audio/opus", "/codecs/0", '"audio/opus"'],
    [{ lit: "P-Asserted-Identity" }, "/yaml/inboundCall/x", '"P-Asserted-Identity"'],
    [undefined, "/other", "not set"],
  ])("%j at %s is %s", (value, path, text) => {
    expect(valueText(value, path)).toBe(text);
  });
});

describe("two values that differ", () => {
  it("are whole when they fit", () => {
    expect(pair("x", "y")).toEqual(['"x"', '"y"']);
    expect(pairTexts({ path: "/a", before: { a: 1 }, after: null }, 40)).toEqual(['{"a":1}', "null"]);
  });

  it("fit the columns and stay different, however long they are", () => {
    const long = fc.string({ unit: "grapheme", maxLength: 90 });
    const piece = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(long, piece, piece, long, fc.integer({ min: 30, max: 90 }), (start, a, b, end, width) => {
        fc.pre(a !== b);
        const [before = "", after = ""] = pair(start + a + end, start + b + end, width);
        expect(before).not.toBe(after);
        expect(Math.max(columns(before), columns(after))).toBeLessThanOrEqual(width);
      }),
      { numRuns: 500 },
    );
  });

  it("show where a text that only grew has grown", () => {
    const text = "word ".repeat(30);
    const [before, after] = pair(text, `${text}more`);
    expect(before).toBe('… word word word "');
    expect(after).toBe('… word word word more"');
  });

  it("are spelled out where they look the same", () => {
    expect(pair("a\u0085b", "a\u0086b")).toEqual(['"a\\u{85}b"', '"a\\u{86}b"']);
    expect(pair("a\u202eb", "a\u202db")).toEqual(['"a\\u202eb"', '"a\\u202db"']);
  });
});
