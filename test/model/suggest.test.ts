import { describe, expect, it } from "vitest";
import { didYouMean, editDistance, nearest } from "../../src/model/suggest.ts";

describe("suggestions", () => {
  it.each([
    ["", "", 0],
    ["abc", "abc", 0],
    ["abc", "", 3],
    ["form", "from", 1],
    ["queue", "queues", 1],
    ["kitten", "sitting", 3],
  ])("distance of %j and %j is %d", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });

  it("names the nearest first, whatever the case", () => {
    expect(nearest("Bilings", ["Sales", "BILLING", "Billings 2", "billings"])).toEqual(["billings", "BILLING"]);
  });

  it("says nothing when nothing is near", () => {
    expect(didYouMean("zebra", ["queue", "flow"])).toBe("");
    expect(didYouMean("form", ["from", "to"])).toBe('Did you mean "from"?');
  });
});
