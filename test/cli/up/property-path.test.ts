import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pointerOf } from "../../../src/cli/up/property-path.ts";
import { formatPath } from "../../../src/importers/provider/rpc/property-path.ts";
import { formatPointer } from "../../../src/model/pointer.ts";
import { readPath } from "../../importers/provider/property-paths.ts";

describe("the pointer of a property path", () => {
  it("keeps backslashes: the engine escapes quotes alone", () => {
    expect(pointerOf('paths["C:\\new x"]')).toBe("/paths/C:\\new x");
    expect(pointerOf('paths["\\\\host\\share"].to')).toBe("/paths/\\\\host\\share/to");
    expect(pointerOf('rows["say \\"a\\""]')).toBe('/rows/say "a"');
    expect(pointerOf('rows["back\\\\"quote"][2]')).toBe('/rows/back\\"quote/2');
    expect(pointerOf('rows.ends"here\\')).toBe('/rows/ends"here\\');
  });

  it("names what the engine reads", () => {
    const odd = fc.string({ unit: fc.constantFrom("\\", '"', ".", "[", "]", "a", " ", "/", "~", "é") });
    fc.assert(
      fc.property(fc.array(odd, { minLength: 1, maxLength: 3 }), (names) => {
        const path = formatPath(names);
        fc.pre(path !== "");
        expect(pointerOf(path)).toBe(formatPointer(readPath(path).map(String)));
      }),
    );
  });
});
