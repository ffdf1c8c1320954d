import { describe, expect, it } from "vitest";
import type { Kind } from "../../src/model/kind.ts";
import {
  canonical,
  coordinateIn,
  listEntities,
  parentId,
  readTarget,
  remember,
  withheldParts,
} from "../../src/importers/target.ts";
import { fakeOrg } from "./fake-org.ts";
import { kindNamed, sent, targetIn } from "./operations.ts";

const item = kindNamed("item");
const owned: Kind = {
  ...item,
  schema: {
    ...item.schema,
    properties: { ...item.schema.properties, owner: { type: "string", "x-lockstep": { ref: "user" } } },
  },
};

describe("the standby of a plan", () => {
  it("knows ids and names of the plan, and of what was created since", () => {
    const target = targetIn(fakeOrg("standby"), { "item/a/b": "1" });
    remember(target, "leaf/x", "2");
    expect(Object.fromEntries(target.ids)).toEqual({ "item/a/b": "1", "leaf/x": "2" });
    expect(Object.fromEntries(target.names)).toEqual({ "item/1": "item/a/b", "leaf/2": "leaf/x" });
  });

  it.each([
    ["leaf", "leaf/a/l", "1"],
    ["leaf", "leaf/b/l", undefined],
    ["item", "item/a", undefined],
  ])("knows the parent of a %s such as %s: %s", (kind, coordinate, expected) => {
    const target = targetIn(fakeOrg("standby"), { "item/a": "1", "leaf/a/l": "2" });
    expect(parentId(target, kindNamed(kind), coordinate)).toBe(expected);
  });

  it.each<[string, "emails" | "counts", string[]]>([
    ["team", "counts", ["members"]],
    ["team", "emails", []],
    ["doc", "counts", []],
    ["item", "counts", []],
    ["shadow", "counts", []],
  ])("withholds of a %s with %s: %j", (kind, members, expected) => {
    expect([...withheldParts(targetIn(fakeOrg("standby"), {}, members), kindNamed(kind))]).toEqual(expected);
  });

  it("names an entity by its key, and by its parent's where it is in one that is known", () => {
    const target = targetIn(fakeOrg("standby"), { "item/a": "1" });
    expect(coordinateIn(target, item, { name: "b", item: "1" })).toBe("item/b");
    expect(coordinateIn(target, kindNamed("leaf"), { name: "l", item: "1" })).toBe("leaf/a/l");
    expect(coordinateIn(target, kindNamed("leaf"), { name: "l", item: "2" })).toBe("leaf/2/l");
  });

  it("lists every page of a kind, and looks at the first one again", async () => {
    const org = fakeOrg("standby");
    for (const name of ["a", "b", "c"]) org.put("docs", { name });
    const names = (await listEntities(targetIn(org), kindNamed("doc"))).map(({ name }) => name);
    expect(names).toEqual(["c", "b", "a"]);
    expect(sent(org)).toEqual(["GET /api/v2/docs", "GET /api/v2/docs", "GET /api/v2/docs"]);
  });
});

describe("the canonical form of an entity", () => {
  const entity = { id: "1", name: "a", enabled: true, needs: [{ id: "2" }], owner: { id: "3" } };
  const ids = { "item/b": "2", "user/c": "3" };

  it.each([
    ["leaves operational state out", {}, {}],
    ["has operational state that the other one has", { enabled: false }, { enabled: true }],
    ["has nothing else of the other one", { description: "x" }, {}],
  ])("%s", async (_, like, more) => {
    const target = targetIn(fakeOrg("standby"), ids);
    expect(await canonical(target, { kind: owned, coordinate: "item/a" }, entity, like)).toEqual({
      entity,
      hidden: new Map(),
      object: { name: "a", needs: ["item/b"], owner: "user/c", ...more },
      state: { "/enabled": true },
    });
  });

  it("names nobody where people are only counted", async () => {
    const people: Kind = { ...item, name: "user", mode: "map", personal: true };
    const known = targetIn(fakeOrg("standby"), ids, "counts");
    const target = { ...known, kinds: new Map([...known.kinds, [people.name, people]]) };
    expect((await canonical(target, { kind: owned, coordinate: "item/a" }, entity, {})).object).toEqual({
      name: "a",
      needs: ["item/b"],
    });
  });
});

describe("one object of the standby", () => {
  it("is read with its parts and the state that matters", async () => {
    const org = fakeOrg("standby");
    const id = org.put("docs", { name: "d", text: "a: 1", enabled: true });
    const target = targetIn(org, { "doc/d": id });
    const doc = { kind: kindNamed("doc"), coordinate: "doc/d", id };
    expect((await readTarget(target, doc))?.object).toEqual({ name: "d", yaml: "a: 1" });
    expect((await readTarget(target, doc, { enabled: false }))?.object).toEqual({
      name: "d",
      yaml: "a: 1",
      enabled: true,
    });
  });

  it("is nothing when it is gone", async () => {
    expect(
      await readTarget(targetIn(fakeOrg("standby")), { kind: item, coordinate: "item/a", id: "1" }),
    ).toBeUndefined();
  });

  it("is looked for in its parent", async () => {
    const org = fakeOrg("standby");
    const above = org.put("items", { name: "a" });
    const id = org.put("leaves", { name: "l", size: 1, item: above });
    const found = await readTarget(targetIn(org, { "item/a": above }), {
      kind: kindNamed("leaf"),
      coordinate: "leaf/a/l",
      id,
    });
    expect(found?.object).toEqual({ name: "l", size: 1 });
    expect(org.log).toMatchObject([{ path: { id, item: above } }]);
  });

  it("is read without people where they are only counted", async () => {
    const org = fakeOrg("standby");
    const id = org.put("teams", { name: "t" });
    for (const members of ["counts", "emails"] as const)
      await readTarget(targetIn(org, {}, members), { kind: kindNamed("team"), coordinate: "team/t", id });
    expect(sent(org)).toEqual(["GET /api/v2/teams/{id}", "GET /api/v2/teams/{id}", "GET /api/v2/teams/{id}/people"]);
  });
});
