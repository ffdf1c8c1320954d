import { describe, expect, it } from "vitest";
import type { Obj } from "../../src/model/json.ts";
import { compare } from "../../src/drift/compare.ts";
import { KINDS } from "../../src/kinds/index.ts";

const flow = (division: string, description: string): Obj => ({
  name: "Main",
  type: "inboundcall",
  yaml: `inboundCall:\n  name: Main\n  division: ${division}\n  description: ${description}\n`,
});

/** Coordinates and paths that differ while the division Claims is to be called Cases. */
function different(desired: Obj, current: Obj): (readonly [string, readonly string[]])[] {
  const differences = compare({
    kinds: KINDS,
    desired: new Map<string, Obj>([
      ["division/Cases", { name: "Cases" }],
      ["flow/inboundcall:Main", desired],
    ]),
    current: new Map<string, Obj>([
      ["division/Claims", { name: "Claims" }],
      ["flow/inboundcall:Main", current],
    ]),
    ignored: () => false,
    renamed: new Map([["division/Cases", "division/Claims"]]),
  });
  return differences.map(({ coordinate, edits }) => [coordinate, edits.map(({ path }) => path)]);
}

describe("a text that names a renamed object", () => {
  it("is no difference by that, because the text gets the new name by itself", () => {
    expect(different(flow("Cases", "one"), flow("Claims", "one"))).toEqual([["division/Cases", ["/name"]]]);
  });

  it("is still a difference where more of it changed", () => {
    const [, found] = different(flow("Cases", "two"), flow("Claims", "one"));
    expect(found).toEqual(["flow/inboundcall:Main", ["/yaml/inboundCall/description"]]);
  });
});
