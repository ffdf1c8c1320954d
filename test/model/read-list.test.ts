import { describe, expect, it } from "vitest";
import type { Answer, Call, Steps } from "../../src/model/api.ts";
import type { Json, Obj } from "../../src/model/json.ts";
import type { List } from "../../src/model/kind.ts";
import { readList } from "../../src/model/read-list.ts";
import { errorOf } from "../kinds/steps.ts";

type Server = (call: Call, nth: number) => Partial<Answer>;

/** Runs steps against a function that plays the organisation. */
function serve<Result>(steps: Steps<Result>, server: Server): { result: Result; calls: Call[]; pauses: number } {
  const calls: Call[] = [];
  let pauses = 0;
  let turn = steps.next();
  while (turn.done !== true) {
    const request = turn.value;
    if ("pauseMs" in request) pauses += 1;
    if ("op" in request) calls.push(request);
    turn = steps.next("op" in request ? { status: 200, ...server(request, calls.length) } : { status: 200 });
  }
  return { result: turn.value, calls, pauses };
}

const ids = (from: number, count: number): Obj[] =>
  Array.from({ length: count }, (_, at) => ({ id: `id-${from + at}` }));
const list = (more: Partial<List> = {}): List => ({ op: "GET /api/v2/things", paging: "page", size: 25, ...more });
const queryOf = ({ query }: Call, name: string): number => Number(query?.[name] ?? Number.NaN);

/** A list of so many objects that pages by number, as the platform does: 25 at a time unless asked for more. */
function numbered(all: readonly Obj[], show: (page: Obj) => Obj = (page) => page): Server {
  return (call) => {
    const pageSize = queryOf(call, "pageSize") || 25;
    const pageNumber = queryOf(call, "pageNumber") || 1;
    const entities = all.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
    const pageCount = Math.ceil(all.length / pageSize);
    return { body: show({ entities, pageSize, pageNumber, total: all.length, pageCount }) };
  };
}

/** The same list behind addresses of the next page. */
function chained(all: readonly Obj[]): Server {
  return (call) => {
    const from = queryOf(call, "after") || 0;
    const size = queryOf(call, "pageSize") || 10;
    const rest = from + size < all.length ? { nextUri: `/api/v2/things?pageSize=${size}&after=${from + size}` } : {};
    return { body: { entities: all.slice(from, from + size), ...rest } };
  };
}

const withoutTotals = ({ entities, pageNumber, pageSize }: Obj): Obj => ({ entities, pageNumber, pageSize }) as Obj;

describe("a list is read to its end whatever its descriptor says about paging", () => {
  const everyWay = (["page", "cursor", "none"] as const).map((paging) => [paging] as const);
  const all = ids(1, 140);

  it.each(everyWay)("with a total: %s", (paging) => {
    expect(serve(readList(list({ paging })), numbered(all)).result).toEqual(all);
  });

  it.each(everyWay)("with a page count alone: %s", (paging) => {
    const server = numbered(all, ({ total: _, ...page }) => page);
    expect(serve(readList(list({ paging })), server).result).toEqual(all);
  });

  it.each(everyWay)("with numbered pages alone: %s", (paging) => {
    expect(serve(readList(list({ paging })), numbered(all, withoutTotals)).result).toEqual(all);
  });

  it.each(everyWay)("with addresses of the next page: %s", (paging) => {
    expect(serve(readList(list({ paging })), chained(all)).result).toEqual(all);
  });

  it("and in one request when the answer announces nothing else", () => {
    const { result, calls } = serve(readList(list({ paging: "none" })), () => ({ body: ids(1, 3) }));
    expect(result).toEqual(ids(1, 3));
    expect(calls).toEqual([{ op: "GET /api/v2/things", path: {}, query: {} }]);
  });

  it("or fails when it cannot be told how to go on", () => {
    const server: Server = () => ({ body: { entities: ids(1, 25), nextUri: "/api/v2/things?page=2" } });
    const error = errorOf(() => serve(readList(list()), server));
    expect(error).toMatchObject({ code: "incomplete-list", place: { path: "GET /api/v2/things" } });
  });
});

describe("a list that does not agree with itself", () => {
  it("is read again, and stands when it agrees then", () => {
    const good = numbered(ids(1, 30));
    const server: Server = (call, nth) => (nth === 2 ? { body: { entities: [], total: 30 } } : good(call, nth));
    const { result, calls } = serve(readList(list()), server);
    expect(result).toEqual(ids(1, 30));
    expect(calls.map((call) => queryOf(call, "pageNumber"))).toEqual([1, 2, 1, 2, 1]);
  });

  it.each<[string, Server, string]>([
    ["gives less than it announced", () => ({ body: { entities: [], total: 2 } }), "announced 2 objects and gave 0"],
    [
      "gives more than it announced",
      () => ({ body: { entities: ids(1, 2), total: 1 } }),
      "announced 1 objects and gave 2",
    ],
    [
      "changes its total from page to page",
      (call) => ({
        body: { entities: ids(queryOf(call, "pageNumber") * 25, 25), total: 49 + queryOf(call, "pageNumber") },
      }),
      "announced 50 objects, then 51",
    ],
    ["repeats an object", () => ({ body: { entities: ids(1, 25), total: 50 } }), "gave an object twice"],
    [
      "leads back to the page that was read",
      () => ({ body: { entities: [], nextUri: "/api/v2/things?after=x" } }),
      "gave the same page as the next one again",
    ],
  ])("fails when it %s twice", (_what, server, message) => {
    const error = errorOf(() => serve(readList(list()), server));
    expect(error).toMatchObject({ code: "incomplete-list", message: `GET /api/v2/things ${message}` });
  });
});

describe("a list that changes between two of its pages", () => {
  const before = ids(1, 60);
  const later = [...ids(1, 4), ...ids(6, 55), { id: "new" }];
  /** One object of the first page is deleted and another one created after the first request. */
  const moving =
    (show?: (page: Obj) => Obj): Server =>
    (call, nth) =>
      numbered(nth === 1 ? before : later, show)(call, nth);

  it.each<[string, (page: Obj) => Obj]>([
    ["whose total stays the same", (page) => page],
    ["that has no total", withoutTotals],
  ])("is read again: one %s", (_what, show) => {
    const { result } = serve(readList(list()), moving(show));
    expect(result).toEqual(later);
  });

  it("fails when it keeps changing", () => {
    const server: Server = (call, nth) => numbered([{ id: `new-${nth}` }, ...ids(1, 59)])(call, nth);
    expect(errorOf(() => serve(readList(list()), server))).toMatchObject({
      code: "incomplete-list",
      message: "GET /api/v2/things changed while it was read",
    });
  });

  it.each<[number, number]>([
    [10, 1],
    [25, 1],
    [26, 3],
    [60, 4],
  ])("of %i objects costs %i requests", (count, requests) => {
    expect(serve(readList(list()), numbered(ids(1, count))).calls).toHaveLength(requests);
  });
});

describe("a list of which the object tells how long it is", () => {
  const server = numbered(ids(1, 40), withoutTotals);

  it("needs no empty page at its end", () => {
    const { result, calls } = serve(readList(list(), {}, 40), server);
    expect(result).toHaveLength(40);
    expect(calls.map((call) => queryOf(call, "pageNumber"))).toEqual([1, 2, 1]);
  });

  it("is read again when it is shorter, and stands because the count may lag behind", () => {
    const { result, calls } = serve(readList(list(), {}, 41), server);
    expect(result).toHaveLength(40);
    expect(calls).toHaveLength(8);
  });

  it.each([0, 3, 25, 30])("is read to its end when the count lags behind at %i", (count) => {
    expect(serve(readList(list(), {}, count), server).result).toHaveLength(40);
  });

  it("fails when it is empty", () => {
    const error = errorOf(() => serve(readList(list(), {}, 7), numbered([], withoutTotals)));
    expect(error).toMatchObject({
      code: "incomplete-list",
      message: "GET /api/v2/things should give 7 objects and gave none",
    });
  });
});

describe("an answer that is no list", () => {
  const wrong: [string, Partial<Answer>][] = [
    ["nothing (status 204) instead of a list", { status: 204 }],
    ["a text instead of a list", { text: "<html>" }],
    ["null instead of a list", { body: null }],
    ["an array instead of a list", { body: [] }],
    ["a number instead of a list", { body: 1 }],
    ["an object without entities instead of a list", { body: {} }],
    ["an object without entities instead of a list", { body: { entities: null } }],
    ["a list of something else than objects", { body: { entities: [null] } }],
    ["a list with an object that has no id", { body: { entities: [{ id: "a" }, { name: "b" }] } }],
    ["a list with an object that has no id", { body: { entities: [{ id: "" }] } }],
    ["a list whose total is no count", { body: { entities: [], total: "0" } }],
    ["a list whose pageCount is no count", { body: { entities: [], pageCount: -1 } }],
  ];

  it.each(wrong)("is never an empty list: %s", (fault, answer) => {
    const error = errorOf(() => serve(readList(list()), () => answer));
    expect(error).toMatchObject({ code: "unusable-answer", message: `GET /api/v2/things answered ${fault}` });
  });

  it.each(wrong)("is asked for again: %s", (_fault, answer) => {
    const good = numbered(ids(1, 30));
    const server: Server = (call, nth) => (nth === 2 ? answer : good(call, nth));
    const { result, pauses } = serve(readList(list()), server);
    expect(result).toEqual(ids(1, 30));
    expect(pauses).toBe(1);
  });

  it("is distinguished by another property than the id where the list says so", () => {
    const rows: Json[] = [
      { key: "a", id: 1 },
      { key: "b", id: 1 },
    ];
    expect(serve(readList(list({ identity: "key" })), () => ({ body: { entities: rows, total: 2 } })).result).toEqual(
      rows,
    );
  });
});

describe("a property that the query expands", () => {
  const expanding = list({ query: { expand: "schema" }, expanded: "schema" });
  const withSchema = ids(1, 3).map((entity) => ({ ...entity, schema: { type: "object" } }));

  it.each<[string, readonly Obj[]]>([
    ["is left out", ids(1, 3)],
    ["is empty", ids(1, 3).map((entity) => ({ ...entity, schema: {} }))],
  ])("makes no list where it %s everywhere", (_, entities) => {
    expect(errorOf(() => serve(readList(expanding), numbered(entities)))).toMatchObject({ code: "unusable-answer" });
  });

  it("is asked for again, and may be missing where the list is empty", () => {
    const server: Server = (call, nth) => numbered(nth === 1 ? ids(1, 3) : withSchema)(call, nth);
    expect(serve(readList(expanding), server).result).toEqual(withSchema);
    expect(serve(readList(expanding), numbered([])).result).toEqual([]);
  });
});
