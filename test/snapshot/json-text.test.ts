import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson, repeatedKeys } from "../../src/snapshot/json-text.ts";

describe("parsing JSON text", () => {
  it("gives the value, with __proto__ as data", () => {
    const parsed = parseJson('{"__proto__":{"a":1}}');
    expect("value" in parsed && JSON.stringify(parsed.value)).toBe('{"__proto__":{"a":1}}');
  });

  it.each([
    ["", 1, 1, "the end of the file"],
    ["x", 1, 1, '"x"'],
    ['{"a": 1,}', 1, 9, '"}"'],
    ['{\n  "a": tru\n}', 2, 8, '"t"'],
    ['{"a": [1, 2', 1, 12, "the end of the file"],
    ['{"a": "cut', 1, 7, '"\\""'],
    ["{} {}", 1, 4, '"{"'],
    ["[1 2]", 1, 4, '"2"'],
    ["{'a': 1}", 1, 2, `"'"`],
    ["[01]", 1, 3, '"1"'],
  ])("says where %j stops being JSON", (text, line, column, found) => {
    expect(parseJson(text)).toEqual({ error: { line, column }, found });
  });

  it("refuses what is too deep to walk, wherever brackets count", () => {
    const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    expect("value" in parseJson(nested(500))).toBe(true);
    expect(parseJson(`\n ${nested(501)}`)).toEqual({
      error: { line: 2, column: 502 },
      found: "more than 500 levels of nesting",
    });
    expect("value" in parseJson(JSON.stringify([nested(600), '\\"', "[".repeat(600)]))).toBe(true);
  });

  it("never points behind the first character that is wrong", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, seed) => {
        const wrong = seed % text.length;
        const parsed = parseJson(`${text.slice(0, wrong)}\u0001${text.slice(wrong + 1)}`);
        expect("error" in parsed && parsed.error.column).toBeLessThanOrEqual(wrong + 1);
      }),
    );
  });
});

describe("repeated keys", () => {
  it("are found at their second place, escapes understood, in nested objects too", () => {
    const text = '{\n  "a": {"x": 1, "y": [{"z": 1,\n  "z": 2}]},\n  "\\u0061": 2\n}';
    expect(repeatedKeys(text)).toEqual([
      { path: "/a/y/0/z", line: 3, column: 3 },
      { path: "/a", line: 4, column: 3 },
    ]);
  });

  it("are not keys of different objects", () => {
    expect(repeatedKeys('[{"a":1},{"a":1,"b":{"a":1}}]')).toEqual([]);
  });

  it("are found behind any JSON, which itself has none", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = `[${JSON.stringify(value, null, indent)}, {"k": 1, "k": 2}]`;
        expect(repeatedKeys(text).map(({ path }) => path)).toEqual(["/1/k"]);
      }),
    );
  });
});
