import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPath, pointerOfPath } from "../../src/formats/property-path.ts";
import { formatPointer } from "../../src/model/pointer.ts";
import { readPath } from "../importers/provider/property-paths.ts";

const element = fc.oneof(
  fc.nat(20),
  fc.constantFrom("a", "a.b", 'say "x"', '\\"', "x[0]", "[", "]", "", "*", "a@b", "ü", " "),
  fc.string(),
);

describe("a property path", () => {
  it("is read by the engine as it was meant, as far as its grammar can hold it", () => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 4 }), (elements) => {
        const lost = elements.findIndex((one) => typeof one === "string" && one.endsWith("\\") && /[.[]/.test(one));
        expect(readPath(formatPath(elements))).toEqual(lost < 0 ? elements : elements.slice(0, lost));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    [["acwSettings", "timeoutMs"], "acwSettings.timeoutMs"],
    [["members", "a@b"], 'members["a@b"]'],
    [["rows", 'say "x"', "c"], 'rows["say \\"x\\""].c'],
    [["rules", 0, "groups", 12], "rules[0].groups[12]"],
    [["rows", "c:\\"], "rows.c:\\"],
    [["rows", "c:\\x.\\", "below"], "rows"],
  ])("of %j is %s", (elements, path) => {
    expect(formatPath(elements)).toBe(path);
  });
});

describe("the pointer of a property path", () => {
  it("keeps backslashes: the engine escapes quotes alone", () => {
    expect(pointerOfPath('paths["C:\\new x"]')).toBe("/paths/C:\\new x");
    expect(pointerOfPath('paths["\\\\host\\share"].to')).toBe("/paths/\\\\host\\share/to");
    expect(pointerOfPath('rows["say \\"a\\""]')).toBe('/rows/say "a"');
    expect(pointerOfPath('rows["back\\\\"quote"][2]')).toBe('/rows/back\\"quote/2');
    expect(pointerOfPath('rows.ends"here\\')).toBe('/rows/ends"here\\');
  });

  it("names what the engine reads", () => {
    const odd = fc.string({ unit: fc.constantFrom("\\", '"', ".", "[", "]", "a", " ", "/", "~", "é") });
    fc.assert(
      fc.property(fc.array(odd, { minLength: 1, maxLength: 3 }), (names) => {
        const path = formatPath(names);
        fc.pre(path !== "");
        expect(pointerOfPath(path)).toBe(formatPointer(readPath(path).map(String)));
      }),
    );
  });

  it.each([
    [["acwSettings", "timeoutMs"]],
    [["members", "a@b.example"]],
    [["members", 'say "hi"', "x/y~z"]],
    [["rows", "1", "two words"]],
    [["list", 0, "name"]],
    [[""]],
  ])("is the one that the provider made the path from: %j", (elements) => {
    expect(pointerOfPath(formatPath(elements))).toBe(formatPointer(elements));
  });

  it("is one name where the path cannot be taken apart", () => {
    expect(pointerOfPath('a["b')).toBe('/a["b');
  });
});
