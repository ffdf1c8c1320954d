import { expect, it } from "vitest";
import { canonicalJson } from "../../src/model/json.ts";
import { lineOfPointer } from "../../src/snapshot/json-text.ts";

const text = canonicalJson({ a: { b: 1, "c/d": [{ e: 1 }, { e: 2 }] }, z: null });

it.each([
  ["/a", 2],
  ["/a/b", 3],
  ["/a/c~1d/1/e", 9],
  ["/a/c~1d/7", 4],
  ["/none", 1],
])("%s is on line %i of the text, or what is around it", (pointer, line) => {
  expect(lineOfPointer(text, pointer)).toBe(line);
});
