import { describe, expect, it } from "vitest";
import type { Obj } from "../../src/model/json.ts";
import type { Schema } from "../../src/model/schema.ts";
import { relinkObject, type Relink } from "../../src/canonical/relink.ts";

const ref = (kind: string | { readonly [value: string]: string }): Schema => ({
  type: "string",
  "x-lockstep": { ref: kind },
});

/** References of every shape that a snapshot object may hold. */
const schema: Schema = {
  type: "object",
  properties: {
    name: { type: "string" },
    flow: ref("flow"),
    skills: { type: "array", items: ref("skill"), "x-lockstep": { array: "set" } },
    order: { type: "array", items: ref("skill") },
    target: { type: "object", properties: { type: { type: "string" }, id: ref({ A: "flow", B: "queue" }) } },
    ring: { type: "object", required: ["queue"], properties: { queue: ref("queue"), wait: { type: "integer" } } },
    members: {
      type: "object",
      additionalProperties: { type: "object", properties: { lead: ref("user"), ring: { type: "integer" } } },
      "x-lockstep": { array: { by: "id", ref: "user" } },
    },
    labels: { type: "object", additionalProperties: ref("skill"), "x-lockstep": { array: { by: "name" } } },
  },
};

const without =
  (...gone: readonly string[]): Relink =>
  (coordinate) =>
    gone.includes(coordinate) ? undefined : coordinate;

const relinked = (object: Obj, relink: Relink): Obj => relinkObject({ schema }, object, relink);

describe("a reference that has to go", () => {
  it.each<[string, Obj, string, Obj]>([
    ["its property", { name: "a", flow: "flow/f" }, "flow/f", { name: "a" }],
    ["its place in a set", { skills: ["skill/a", "skill/b"] }, "skill/a", { skills: ["skill/b"] }],
    ["a list of which nothing is left", { name: "a", order: ["skill/a"] }, "skill/a", { name: "a" }],
    ["what it was the point of", { name: "a", ring: { queue: "queue/q", wait: 1 } }, "queue/q", { name: "a" }],
    ["what is chosen by a type", { name: "a", target: { type: "A", id: "flow/f" } }, "flow/f", { name: "a" }],
    ["the entry of a map", { members: { ann: { ring: 1 }, bob: {} } }, "user/ann", { members: { bob: {} } }],
    ["the only entry of a map", { name: "a", members: { ann: {} } }, "user/ann", { name: "a" }],
    ["a value of a map", { labels: { x: "skill/a", y: "skill/b" } }, "skill/a", { labels: { y: "skill/b" } }],
  ])("takes %s along", (_, object, gone, left) => {
    expect(relinked(object, without(gone))).toEqual(left);
  });

  it("leaves other fields and other objects as they are", () => {
    const object = { members: { ann: { lead: "user/bob", ring: 2 } }, ring: { queue: "queue/q", wait: 1 } };
    expect(relinked(object, without("user/bob"))).toEqual({ ...object, members: { ann: { ring: 2 } } });
  });

  it("does not take the object itself along, and stays where the object cannot be without it", () => {
    expect(relinked({ flow: "flow/f" }, without("flow/f"))).toEqual({});
    const strict = { schema: { ...schema, required: ["flow"] } };
    const object = { name: "a", flow: "flow/f", order: ["skill/a"] };
    expect(relinkObject(strict, object, without("flow/f", "skill/a"))).toEqual({ name: "a", flow: "flow/f" });
  });
});

describe("a reference that leads elsewhere", () => {
  const moved: Relink = (coordinate) => (coordinate === "skill/a" ? "skill/z" : coordinate.replace(/ann$/, "zoe"));

  it("is replaced wherever it stands; sets are sorted again, sequences are not", () => {
    const object = {
      flow: "flow/f",
      skills: ["skill/a", "skill/b"],
      order: ["skill/a", "skill/b"],
      members: { ann: { ring: 1, lead: "user/ann" }, bob: { ring: 2 } },
      labels: { ann: "skill/a" },
    };
    expect(relinked(object, moved)).toEqual({
      flow: "flow/f",
      skills: ["skill/b", "skill/z"],
      order: ["skill/z", "skill/b"],
      members: { zoe: { ring: 1, lead: "user/zoe" }, bob: { ring: 2 } },
      labels: { ann: "skill/z" },
    });
  });

  it("is told with its place", () => {
    const places: string[] = [];
    relinked({ flow: "flow/f", order: ["skill/a"], members: { "a/b": { lead: "user/x" } } }, (coordinate, path) => {
      places.push(`${path()} ${coordinate}`);
      return coordinate;
    });
    expect(places).toEqual(["/flow flow/f", "/order/0 skill/a", "/members/a~1b user/a/b", "/members/a~1b/lead user/x"]);
  });

  it("is none where a star stands for everything", () => {
    expect(relinked({ order: ["*"], flow: "*" }, () => undefined)).toEqual({ order: ["*"], flow: "*" });
  });
});
