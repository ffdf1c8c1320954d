import { expect, it } from "vitest";
import { compare } from "../../src/drift/compare.ts";
import type { Obj } from "../../src/model/json.ts";
import { KINDS } from "../importers/fake-kinds.ts";

type Objects = { readonly [coordinate: string]: Obj };

function compared(desired: Objects, current: Objects, ignored: readonly string[] = []): ReturnType<typeof compare> {
  return compare({
    kinds: KINDS,
    desired: new Map(Object.entries(desired)),
    current: new Map(Object.entries(current)),
    ignored: (_coordinate, path) => ignored.includes(path),
    renamed: new Map([["item/New", "item/Old"]]),
  });
}

const desired = { "item/New": { name: "New" }, "item/User": { name: "User", needs: ["item/New"], next: "item/New" } };
const current = { "item/Old": { name: "Old" }, "item/User": { name: "User", needs: ["item/Old"], next: "item/Old" } };

it("a reference to an object with another name is no difference", () => {
  expect(compared(desired, current)).toMatchObject([{ action: "rename", coordinate: "item/New", from: "item/Old" }]);
});

it("an object that also differs in something else keeps its reference, ignored or not", () => {
  const other = { ...current, "item/User": { ...current["item/User"], description: "own" } };
  expect(compared(desired, other)[1]).toMatchObject({ edits: [{ path: "/description", before: "own" }] });
  const turned = { ...current, "item/User": { ...current["item/User"], next: "item/User", description: "own" } };
  expect(compared(desired, turned, ["/next"])[1]).toMatchObject({
    edits: [{ path: "/description", before: "own" }],
    wanted: { needs: ["item/New"], next: "item/User" },
  });
});
