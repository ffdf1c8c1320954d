import { describe, expect, it } from "vitest";
import type { Obj } from "../../src/model/json.ts";
import type { Kind } from "../../src/model/kind.ts";
import type { Operation } from "../../src/model/plan.ts";
import { listOnce, readTouched, editedBy, type TouchedObject } from "../../src/importers/read-touched.ts";
import { fakeOrg, type FakeOrg } from "./fake-org.ts";
import { kindNamed, operation, sent, targetIn } from "./operations.ts";

describe("what operations edit", () => {
  const one = (action: Operation["action"], ...paths: string[]): Operation =>
    operation({ coordinate: "item/a", action, edits: paths.map((path) => ({ path })) });

  it.each<[string, Operation[], string[] | undefined]>([
    ["the places of an update", [one("update", "/tags/0", "/name", "/tags/1")], ["/tags/0", "/name", "/tags/1"]],
    ["those of several", [one("update", "/a"), one("update", "/b/c"), one("update", "/a")], ["/a", "/b/c"]],
    ["the whole, for an edit of the whole", [one("update", "")], [""]],
    ["nothing", [], []],
    ["all of a create", [one("create", "/name")], undefined],
    ["all of a delete", [one("delete", "/name")], undefined],
    ["all of a restore", [one("restore", "/yaml")], undefined],
    ["all of what is created and then updated", [one("create", "/name"), one("update", "/next")], undefined],
  ])("is %s", (_, operations, expected) => {
    expect(editedBy(operations)).toEqual(expected);
  });
});

/** Objects of one kind, of which some are sought, while the plan knew so many. */
interface Case {
  readonly kind: string;
  readonly known: number;
  readonly sought: number;
  readonly others?: number;
}

async function requestsOf({ kind, known, sought, others = 0 }: Case, isListed = false): Promise<string[]> {
  const org = fakeOrg("standby");
  const made = Array.from({ length: known }, (_, at) => [`${kind}/${at}`, org.put(`${kind}s`, { name: `${at}` })]);
  const besides = Array.from({ length: others }, (_, at) => [`person/${at}`, `p${at}`]);
  const target = targetIn(org, Object.fromEntries([...made, ...besides]) as { [coordinate: string]: string });
  const objects = made.slice(0, sought).map(([coordinate = "", id = ""]): TouchedObject => {
    return { id, coordinate, like: {}, before: {}, edited: [] };
  });
  const found = await readTouched(target, { kind: kindNamed(kind), objects, isListed }, listOnce(target));
  expect([...found.keys()]).toEqual(objects.map(({ id }) => id));
  return sent(org);
}

describe("objects that operations touch are read", () => {
  it.each<[string, Case]>([
    ["there is one", { kind: "item", known: 3, sought: 1 }],
    ["the list takes as many pages", { kind: "doc", known: 3, sought: 2 }],
    ["the list takes more pages", { kind: "doc", known: 5, sought: 2 }],
    ["the list takes more pages of the usual size", { kind: "slot", known: 26, sought: 2 }],
  ])("one by one where %s", async (_, given) => {
    const one = `GET /api/v2/${given.kind}s/{id}`;
    expect(await requestsOf(given)).toEqual(Array.from({ length: given.sought }, () => one));
  });

  it.each<[string, Case]>([
    ["the list is one page", { kind: "doc", known: 2, sought: 2 }],
    ["other kinds have more objects", { kind: "doc", known: 2, sought: 2, others: 50 }],
    ["the list is one page of the usual size", { kind: "slot", known: 25, sought: 2 }],
    ["the list has fewer pages", { kind: "doc", known: 4, sought: 3 }],
  ])("by listing the kind where %s", async (_, given) => {
    expect(new Set(await requestsOf(given))).toEqual(new Set([`GET /api/v2/${given.kind}s`]));
  });

  it("by listing where the list is there anyway", async () => {
    expect(await requestsOf({ kind: "item", known: 3, sought: 1 }, true)).toEqual(["GET /api/v2/items"]);
    expect(await requestsOf({ kind: "item", known: 3, sought: 1 }, false)).toEqual(["GET /api/v2/items/{id}"]);
  });

  it("alone where the list lacks them, and not at all where they are gone", async () => {
    const org = fakeOrg("standby");
    const [there, gone] = [org.put("items", { name: "a" }), org.put("items", { name: "b", state: "deleted" })];
    const target = targetIn(org);
    const objects = [there, gone, "never"].map((id) => ({ id, coordinate: `item/${id}`, like: {} }));
    for (const listed of [listOnce(target), () => Promise.resolve([])]) {
      const found = await readTouched(target, { kind: kindNamed("item"), objects }, listed);
      expect([...found].map(([id, { object }]) => [id, object])).toEqual([[there, { name: "a" }]]);
    }
  });

  it("from one list, however many ask for it", async () => {
    const org = fakeOrg("standby");
    const listed = listOnce(targetIn(org));
    await Promise.all([listed(kindNamed("item")), listed(kindNamed("item")), listed(kindNamed("slot"))]);
    await listed(kindNamed("item"));
    expect(sent(org)).toEqual(["GET /api/v2/items", "GET /api/v2/slots"]);
  });
});

describe("a part of an object", () => {
  const doc = kindNamed("doc");
  const readOnly: Kind = {
    ...doc,
    read: {
      lists: [],
      get: { op: "GET /api/v2/docs/{id}" },
      parts: (doc.read?.parts ?? []).map(({ write: _, ...part }) => part),
    },
  };
  const description = ["/description"];
  const before = { yaml: "a: 0" };

  async function readOne(
    org: FakeOrg,
    kind: Kind,
    id: string,
    more: Partial<TouchedObject>,
    members: "emails" | "counts" = "emails",
  ): Promise<Obj | undefined> {
    const target = targetIn(org, {}, members);
    const objects = [{ id, coordinate: `${kind.name}/d`, like: {}, ...more }];
    return (await readTouched(target, { kind, objects }, listOnce(target))).get(id)?.object;
  }

  it.each<[string, Kind, Partial<TouchedObject>]>([
    ["nothing is known of it", doc, {}],
    ["it was not there before", doc, { before: {}, revisions: { yaml: "r1" } }],
    ["its revision is not known", doc, { before }],
    ["its revision is another one", doc, { before, revisions: { yaml: "r0" } }],
    ["it is touched", doc, { before, edited: ["/yaml"] }],
    ["it is not written apart from the object", readOnly, { before, edited: description }],
    ["only its revision is known", doc, { revisions: { yaml: "r1" }, edited: description }],
  ])("is read where %s", async (_, kind, more) => {
    const org = fakeOrg("standby");
    const id = org.put("docs", { name: "d", text: "a: 1" });
    expect(await readOne(org, kind, id, more)).toEqual({ name: "d", yaml: "a: 1" });
  });

  it.each<[string, Kind, Partial<TouchedObject>]>([
    ["it is not touched", doc, { before, edited: description }],
    ["its revision is the same", doc, { before, revisions: { yaml: "r1" } }],
    ["it is touched and its revision is the same", doc, { before, revisions: { yaml: "r1" }, edited: ["/yaml"] }],
    ["it cannot be written and its revision is the same", readOnly, { before, revisions: { yaml: "r1" } }],
  ])("is taken from before where %s", async (_, kind, more) => {
    const org = fakeOrg("standby");
    const id = org.put("docs", { name: "d", text: "a: 1" });
    expect(await readOne(org, kind, id, more)).toEqual({ name: "d", yaml: "a: 0" });
    expect(sent(org)).toEqual(["GET /api/v2/docs/{id}"]);
  });

  it("stays away where it is not touched and was not there", async () => {
    const org = fakeOrg("standby");
    const id = org.put("docs", { name: "d", text: "a: 1" });
    expect(await readOne(org, doc, id, { before: {}, edited: description })).toStrictEqual({ name: "d" });
  });

  describe("that a write changes only where it means to", () => {
    const [part] = readOnly.read?.parts ?? [];
    const counted: Kind = {
      ...readOnly,
      read: {
        lists: [],
        get: { op: "GET /api/v2/docs/{id}" },
        parts:
          part === undefined
            ? []
            : [
                {
                  ...part,
                  revision: ({ version }) => (typeof version === "number" ? `${version}` : ""),
                  apart: ["/yaml"],
                },
              ],
      },
    };
    const written = { before, revisions: { yaml: "0" }, edited: description, isWritten: true } as const;

    it("is taken from before to verify the write of something else", async () => {
      const org = fakeOrg("standby");
      const id = org.put("docs", { name: "d", text: "a: 1" });
      expect(await readOne(org, counted, id, written)).toEqual({ name: "d", yaml: "a: 0" });
      expect(sent(org)).toEqual(["GET /api/v2/docs/{id}"]);
    });

    const { isWritten: _written, ...planned } = written;
    const { before: _before, ...unknown } = written;

    it.each<[string, Partial<TouchedObject>]>([
      ["it was edited", { ...written, edited: ["/yaml/0"] }],
      ["all of the object was", { ...written, edited: [""] }],
      ["nothing was written yet", planned],
      ["there was another write", { ...written, revisions: { yaml: "-1" } }],
      ["its revision does not count", { ...written, revisions: { yaml: "r0" } }],
      ["it is not known", unknown],
    ])("is read where %s", async (_, more) => {
      const org = fakeOrg("standby");
      const id = org.put("docs", { name: "d", text: "a: 1" });
      expect(await readOne(org, counted, id, more)).toEqual({
        name: "d",
        yaml: "a: 1",
      });
    });
  });

  it("that tells no revision is read whenever it may have changed", async () => {
    const org = fakeOrg("standby");
    const id = org.put("teams", { name: "t" });
    const known = { before: { members: ["person/x"] } };
    expect(await readOne(org, kindNamed("team"), id, known)).toEqual({ name: "t" });
    expect(await readOne(org, kindNamed("team"), id, { ...known, edited: description })).toEqual({
      name: "t",
      members: ["person/x"],
    });
    expect(sent(org).filter((op) => op.endsWith("/people"))).toHaveLength(1);
  });

  it("is not read where it names people who are only counted", async () => {
    const org = fakeOrg("standby");
    const id = org.put("teams", { name: "t", members: [{ id: "p" }] });
    expect(await readOne(org, kindNamed("team"), id, {}, "counts")).toEqual({ name: "t" });
    expect(sent(org)).toEqual(["GET /api/v2/teams/{id}"]);
  });
});
