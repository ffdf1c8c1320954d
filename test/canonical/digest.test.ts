import { describe, expect, it } from "vitest";
import { digestJson, digestText } from "../../src/canonical/digest.ts";

describe("digests", () => {
  it("are SHA-256 of the UTF-8 bytes (FIPS 180-4, one-block example)", () => {
    expect(digestText("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it("of JSON do not depend on the order of keys, but on that of arrays", () => {
    expect(digestJson({ a: 1, b: { c: [1, 2], d: null } })).toBe(digestJson({ b: { d: null, c: [1, 2] }, a: 1 }));
    expect(digestJson([1, 2])).not.toBe(digestJson([2, 1]));
  });

  it("see an own __proto__ key", () => {
    const plain = JSON.parse('{"__proto__":{"x":1}}') as Record<string, never>;
    expect(digestJson(plain)).not.toBe(digestJson({}));
  });
});
