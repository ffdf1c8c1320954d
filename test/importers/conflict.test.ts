import { describe, expect, it } from "vitest";
import type { Progress } from "../../src/model/ports.ts";
import { LockstepError } from "../../src/model/error.ts";
import { fakeOrg, refused, type FakeOrg } from "./fake-org.ts";
import { applyTo, memoryFiles, planBetween, type MemoryFiles } from "./job.ts";

function orgs(): { from: FakeOrg; to: FakeOrg; files: MemoryFiles } {
  return { from: fakeOrg("primary"), to: fakeOrg("standby"), files: memoryFiles() };
}

describe("a write", () => {
  it("writes again with the version that is there now when only the version moved", async () => {
    const { from, to, files } = orgs();
    from.put("items", { name: "a", description: "new" });
    to.put("items", { name: "a", description: "old" });
    const plan = await planBetween(from, to);
    const touched = { once: false };
    to.interfere(({ op }, when) => {
      if (!op.startsWith("PUT") || when !== "before" || touched.once) return;
      touched.once = true;
      to.change("items", "a", {});
    });
    expect(await applyTo(to, plan, files)).toMatchObject({ operations: { done: 1 }, verified: true });
  });

  it("overwrites nothing that somebody changed in the middle of it", async () => {
    const { from, to, files } = orgs();
    from.put("items", { name: "a", description: "new" });
    to.put("items", { name: "a", description: "old" });
    const plan = await planBetween(from, to);
    to.interfere(({ op }, when) => {
      if (op.startsWith("PUT") && when === "before") to.change("items", "a", { tags: ["theirs"] });
    });
    const result = await applyTo(to, plan, files);
    expect(result).toMatchObject({ operations: { done: 0, failed: 1 }, failures: [{ code: "version-conflict" }] });
    expect([...(to.stored.get("items")?.values() ?? [])]).toMatchObject([{ description: "old", tags: ["theirs"] }]);
    expect(result.undoPlan).toBeUndefined();
  });

  it("of a kind without versions overwrites nothing that somebody changed while the plan was applied", async () => {
    const { from, to, files } = orgs();
    from.put("docs", { name: "a", text: "a: 1" });
    from.put("docs", { name: "b", description: "new", text: "doc: a" });
    to.put("docs", { name: "b", description: "old", text: "doc: a" });
    const plan = await planBetween(from, to);
    to.interfere(({ op }, when) => {
      if (op === "POST /api/v2/docs" && when === "after") to.change("docs", "b", { description: "theirs" });
    });
    const result = await applyTo(to, plan, files);
    expect(result.failures).toMatchObject([{ coordinate: "doc/b", code: "version-conflict" }]);
    expect([...(to.stored.get("docs")?.values() ?? [])]).toContainEqual(
      expect.objectContaining({ name: "b", description: "theirs" }),
    );
  });

  it("of many objects of a kind without versions reads them again together", async () => {
    const { from, to, files } = orgs();
    const names = Array.from({ length: 6 }, (_, at) => `d${at}`);
    for (const name of names) {
      from.put("docs", { name, description: "new", text: "a: 1" });
      to.put("docs", { name, description: "old", text: "a: 1" });
    }
    const plan = await planBetween(from, to);
    to.change("docs", "d3", { description: "old" });
    const mark = to.log.length;
    expect(await applyTo(to, plan, files)).toMatchObject({ operations: { done: 6 }, verified: true });
    const ops = to.log.slice(mark).map(({ op }) => op);
    const [first, last] = [
      ops.findIndex((op) => op.startsWith("PUT")),
      ops.findLastIndex((op) => op.startsWith("PUT")),
    ];
    expect(ops.filter((op) => op === "GET /api/v2/docs/{id}")).toEqual([]);
    // Two pages and one more look at the first, before the first write and not again.
    expect(new Set(ops.slice(first, last))).toEqual(new Set(["PUT /api/v2/docs/{id}"]));
  });

  it("that was to be read again together with another one is tried although that reading failed", async () => {
    const { from, to, files } = orgs();
    for (const name of ["a", "b", "c", "d"]) {
      from.put("docs", { name, description: "new", text: "a: 1" });
      to.put("docs", { name, description: "old", text: "a: 1" });
    }
    const plan = await planBetween(from, to);
    const lists = { seen: 0 };
    to.interfere(({ op, query }, when) => {
      if (op !== "GET /api/v2/docs" || when !== "before" || query?.["pageNumber"] !== 1) return;
      lists.seen += 1;
      // The first reading before the plan is looked at takes two looks at the first page.
      if (lists.seen === 3) throw refused(403, "missing.permissions");
    });
    expect(await applyTo(to, plan, files)).toMatchObject({ operations: { done: 3, failed: 1 } });
  });

  it("that ends the apply tells what had been written by then", async () => {
    const { from, to, files } = orgs();
    from.put("items", { name: "a" });
    const plan = await planBetween(from, to);
    const refusing = async (path: string, text: string): Promise<void> => {
      if (path === "baseline") throw new LockstepError("file-unwritable", "The disk is full", "");
      await files.write(path, text);
    };
    const full = { ...files, write: refusing };
    await expect(applyTo(to, plan, full)).rejects.toMatchObject({
      code: "file-unwritable",
      message: "The disk is full; written before (1): create item/a",
    });
  });

  it("of a second pass waits for what the first one made, and tells when it does not appear", async () => {
    const { from, to, files } = orgs();
    const own = from.put("items", { name: "a" });
    from.change("items", "a", { next: { id: own } });
    const plan = await planBetween(from, to);
    to.interfere(({ op }, when) => {
      if (op === "POST /api/v2/items" && when === "after") to.stored.get("items")?.clear();
    });
    const { failures } = await applyTo(to, plan, files);
    expect(failures).toEqual([
      {
        code: "object-vanished",
        coordinate: "item/a",
        message: "item/a was written a moment ago and cannot be read",
        hint: "Look whether somebody deleted it, then run the same command again.",
        blocked: [],
      },
    ]);
    expect(to.writes()).toEqual(["POST /api/v2/items"]);
  });

  it("is refused for good by anything but a version conflict", async () => {
    const { from, to, files } = orgs();
    from.put("items", { name: "a", description: "new" });
    to.put("items", { name: "a", description: "old" });
    const plan = await planBetween(from, to);
    to.interfere(({ op }, when) => {
      if (op.startsWith("PUT") && when === "before") throw refused(400, "bad");
    });
    expect(await applyTo(to, plan, files)).toMatchObject({ failures: [{ code: "request-refused" }] });
    expect(to.writes()).toEqual(["PUT /api/v2/items/{id}"]);
  });

  it.each<[string, (to: FakeOrg) => void]>([
    ["changed", (to) => to.change("items", "a", { tags: ["theirs"] })],
    ["gone", (to) => void to.stored.get("items")?.clear()],
  ])("is not tried again after a version conflict where the object is %s", async (_, meddle) => {
    const { from, to, files } = orgs();
    from.put("items", { name: "a", description: "new" });
    to.put("items", { name: "a", description: "old" });
    const plan = await planBetween(from, to);
    const conflicts = { left: 1 };
    to.interfere(({ op }, when) => {
      if (!op.startsWith("PUT") || when !== "before" || conflicts.left-- <= 0) return;
      meddle(to);
      throw refused(409, "version-conflict");
    });
    expect(await applyTo(to, plan, files)).toMatchObject({ failures: [{ code: "version-conflict" }] });
    expect(to.writes()).toEqual(["PUT /api/v2/items/{id}"]);
  });

  it("counts what an earlier run did as settled", async () => {
    const { from, to, files } = orgs();
    for (const name of ["a", "b"]) from.put("items", { name });
    const plan = await planBetween(from, to);
    to.put("items", { name: "a" });
    const told: Progress[] = [];
    await applyTo(to, plan, files, { told });
    expect(told.map((each) => (each.event === "operation" ? [each.coordinate, each.outcome, each.left] : []))).toEqual([
      ["item/a", "resumed", 1],
      ["item/b", "started", 1],
      ["item/b", "done", 0],
    ]);
  });
});
