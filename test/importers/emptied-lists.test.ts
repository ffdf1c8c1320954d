import { describe, expect, it } from "vitest";
import { emptiedLists } from "../../src/importers/emptied-lists.ts";
import { KINDS } from "../../src/kinds/index.ts";
import type { Obj } from "../../src/model/json.ts";

const CASES: readonly [kind: string, path: string, before: Obj, after: Obj][] = [
  ["queue", "/members", { members: { "a@example.com": {}, "b@example.com": {} } }, {}],
  ["queue", "/wrapUpCodes", { wrapUpCodes: ["wrap-up-code/a", "wrap-up-code/b"] }, { wrapUpCodes: [] }],
  ["queue", "/bullseye/rings", { bullseye: { rings: [{}, {}] } }, {}],
  ["data-table", "/rows", { rows: { a: { x: 1 }, b: {} } }, { rows: {} }],
  ["ivr", "/dnis", { dnis: ["+1", "+2"] }, {}],
  ["outbound-route", "/externalTrunkBases", { externalTrunkBases: ["trunk/a", "trunk/b"] }, {}],
];

describe("a list is emptied", () => {
  it.each(CASES)("in a %s at %s", (name, path, before, after) => {
    const kind = KINDS.get(name);
    if (kind === undefined) throw new Error(name);
    expect(emptiedLists(kind, before, after)).toEqual([{ path, count: 2 }]);
    expect(emptiedLists(kind, before, before)).toEqual([]);
    expect(emptiedLists(kind, after, before)).toEqual([]);
  });
});
