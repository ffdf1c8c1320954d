import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPath } from "../../../src/importers/provider/rpc/property-path.ts";
import { readPath } from "./property-paths.ts";

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
