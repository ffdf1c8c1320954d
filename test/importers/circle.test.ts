import { describe, expect, it } from "vitest";
import type { Obj } from "../../src/model/json.ts";
import { fakeOrg, type FakeOrg } from "./fake-org.ts";
import { applyTo, memoryFiles, planBetween } from "./job.ts";
import { steps } from "./planning.ts";

const calls = (to: string, ...from: string[]): Obj => ({
  calls: [{ to: { id: to }, ...(from.length === 0 ? {} : { from: from.map((id) => ({ id })) }) }],
});

/** Two items, each of which the other one calls in an object of a list. */
function fill(org: FakeOrg): void {
  const [a, b] = [org.put("items", { name: "a" }), org.put("items", { name: "b" })];
  org.change("items", "a", calls(b));
  org.change("items", "b", calls(a, a));
}

describe("objects that refer to one another in objects of a list", () => {
  it("are created without the list and get it in a second pass", async () => {
    const [from, to] = [fakeOrg("primary"), fakeOrg("standby")];
    fill(from);
    const plan = await planBetween(from, to);
    expect(plan.blocked).toEqual([]);
    expect(steps(plan)).toEqual(["1 create item/b#1", "2 create item/a", "3 update item/b#2"]);
    expect(plan.operations[0]?.after).toEqual({ name: "b" });
    const result = await applyTo(to, plan, memoryFiles());
    expect(result).toMatchObject({ verified: true, failures: [], unequal: [] });
    expect(to.writes()).toEqual(["POST /api/v2/items", "POST /api/v2/items", "PUT /api/v2/items/{id}"]);
    expect((await to.snapshot()).objects).toEqual((await from.snapshot()).objects);
    expect((await planBetween(from, to)).operations).toEqual([]);
  });

  it("need no second pass where one of them is there under another name", async () => {
    const [from, to] = [fakeOrg("primary"), fakeOrg("standby")];
    fill(from);
    const old = to.put("items", { name: "old" });
    to.put("items", { name: "called b before", ...calls(old) });
    const renamed = new Map([["item/b", "item/called b before"]]);
    const plan = await planBetween(from, to, { prune: false, renamed });
    expect(steps(plan)).toEqual(["1 create item/a", "2 rename item/b"]);
    expect(await applyTo(to, plan, memoryFiles())).toMatchObject({ verified: true, failures: [], unequal: [] });
    expect((await to.snapshot()).objects.get("item/b")).toEqual((await from.snapshot()).objects.get("item/b"));
  });
});
