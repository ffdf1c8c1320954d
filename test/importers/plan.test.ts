import { describe, expect, it } from "vitest";
import { digestJson } from "../../src/canonical/digest.ts";
import { planFor, snapshotOf, type Objects } from "./planning.ts";

const item = (name: string, more: Objects[string] = {}): Objects => ({ [`item/${name}`]: { name, ...more } });

describe("an operation", () => {
  it("carries both sides, ids and the digest of what it was made from", () => {
    const plan = planFor(item("a", { description: "new" }), item("a"));
    expect(plan.operations).toStrictEqual([
      {
        id: "op-0001",
        wave: 1,
        action: "update",
        coordinate: "item/a",
        sourceId: "primary:item/a",
        dependsOn: [],
        targetId: "standby:item/a",
        targetDigest: digestJson({ name: "a" }),
        edits: [{ path: "/description", after: "new" }],
        before: { name: "a" },
        after: { name: "a", description: "new" },
      },
    ]);
  });

  it("of a delete has neither a result nor a source", () => {
    const [operation] = planFor({}, item("a"), { prune: true }).operations;
    expect(operation).toStrictEqual({
      id: "op-0001",
      wave: 1,
      action: "delete",
      coordinate: "item/a",
      dependsOn: [],
      targetId: "standby:item/a",
      targetDigest: digestJson({ name: "a" }),
      edits: [{ path: "/name", before: "a" }],
      before: { name: "a" },
    });
  });

  it("of a create has no id, though the standby knows an object of that name that is no configuration", () => {
    const [operation] = planFor(item("a"), {}, { known: ["item/a"] }).operations;
    expect(operation).not.toHaveProperty("targetId");
    expect(operation).not.toHaveProperty("targetDigest");
  });

  it("is split so that the second pass adds what closes the cycle", () => {
    const desired = { ...item("a", { next: "item/b", tags: ["x"] }), ...item("b", { needs: ["item/a"] }) };
    const [first, , third] = planFor(desired, {}).operations;
    expect(first).toMatchObject({ action: "create", after: { name: "a", tags: ["x"] } });
    expect(first?.edits.map(({ path }) => path)).toEqual(["/name", "/tags"]);
    expect(third).toMatchObject({
      action: "update",
      before: { name: "a", tags: ["x"] },
      after: { name: "a", next: "item/b", tags: ["x"] },
      edits: [{ path: "/next", after: "item/b" }],
    });
    expect(third).not.toHaveProperty("targetDigest");
    expect(third).not.toHaveProperty("targetId");
  });

  it("on an object that is there under another name needs no second pass", () => {
    const desired = {
      ...item("a", { next: "item/b", description: "new" }),
      ...item("b", { needs: ["item/c"] }),
      ...item("c", { next: "item/a" }),
    };
    const renamed = new Map([["item/a", "item/z"]]);
    const plan = planFor(desired, item("z", { next: "item/z" }), { renamed });
    expect(plan.operations.map(({ coordinate }) => coordinate)).toEqual(["item/c", "item/b", "item/a"]);
  });

  it("knows the revisions of the parts that were there, and the source by its own name", () => {
    const current = { "doc/d": { name: "d", yaml: "a: 1" } };
    const input = { revisions: new Map([["doc/d", { yaml: "r3" }]]) };
    const plan = planFor({ "doc/d": { name: "d", yaml: "a: 2" } }, current, {
      target: { ...snapshotOf("standby", current), ...input },
      origin: new Map([["doc/d", "doc/p"]]),
      known: ["doc/p"],
    });
    expect(plan.operations[0]).toMatchObject({ revisions: { yaml: "r3" }, sourceId: "primary:doc/p" });
  });
});

describe("a plan", () => {
  it("lists what is in step already, with both ids", () => {
    const plan = planFor(
      { ...item("a"), ...item("b"), "person/p": { name: "p" } },
      { ...item("a"), "person/p": { name: "p" } },
      {
        origin: new Map([["item/a", "item/A"]]),
        known: ["item/A"],
      },
    );
    expect(plan.equal).toEqual({ "item/a": ["primary:item/A", "standby:item/a", digestJson({ name: "a" })] });
  });

  it("says whose it is and what it was made from", () => {
    const finding = { code: "ambiguous-name" as const, coordinate: "item/a", message: "m" };
    const plan = planFor(item("a"), {}, { findings: [finding], known: ["place/x"] });
    expect(plan).toMatchObject({
      schemaVersion: 1,
      tool: "lockstep test",
      source: { orgId: "primary", name: "The primary" },
      target: { orgId: "standby", name: "The standby" },
      sourceTakenAt: "2026-11-20T12:00:00.000Z",
      prune: false,
      members: "emails",
      findings: [finding],
      ids: { "place/x": "standby:place/x" },
      guards: [],
    });
  });

  it("names an object that is blocked for two reasons once", () => {
    const plan = planFor(item("a", { home: "place/x", needs: ["item/y"] }), {});
    expect(plan.blocked).toHaveLength(1);
  });

  it("is the same for the same input, in whatever order it comes", () => {
    const desired = {
      ...item("a", { next: "item/b" }),
      ...item("b", { next: "item/c" }),
      ...item("c", { next: "item/a" }),
      ...item("d"),
    };
    const turned = Object.fromEntries(Object.entries(desired).reverse());
    expect(planFor(turned, {}).sha256).toBe(planFor(desired, {}).sha256);
  });
});
