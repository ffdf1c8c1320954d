import { describe, expect, it } from "vitest";
import { asEntity, asObject, ask } from "../../src/model/answer.ts";
import type { Answer } from "../../src/model/api.ts";
import { errorOf, trace } from "../kinds/steps.ts";

describe("an object that was asked for by id", () => {
  it.each<[string, Partial<Answer>]>([
    ["nothing (status 204) instead of an object", { status: 204 }],
    ["a text instead of an object", { text: "Service restarting" }],
    ["null instead of an object", { body: null }],
    ["an array instead of an object", { body: [{ id: "a" }] }],
    ["an object without id", { body: {} }],
    ["another object than the one asked for", { body: { id: "b" } }],
  ])("is not %s", (fault, answer) => {
    expect(asEntity({ status: 200, ...answer }, "a")).toEqual({ fault });
  });

  it("tells its id", () => {
    expect(asEntity({ status: 200, body: { id: "a", name: "x" } }, "a")).toEqual({ value: { id: "a", name: "x" } });
  });
});

it("an object has what it needs", () => {
  expect(asObject({ status: 200, body: { version: 1 } }, ["version", "name"])).toEqual({
    fault: "an object without name",
  });
  expect(asObject({ status: 200, body: { version: null } }, ["version"])).toEqual({ value: { version: null } });
});

describe("a request that reads", () => {
  const call = { op: "GET /api/v2/things/{id}", path: { id: "a" } } as const;
  const steps = (): ReturnType<typeof ask> => ask(call, (answer) => asEntity(answer, "a"));

  it("is sent again after a pause when its answer is unusable", () => {
    const { asked, pauses, result } = trace(steps(), [{}, { id: "a" }]);
    expect(asked).toEqual([call, call]);
    expect(pauses).toHaveLength(1);
    expect(result).toEqual({ id: "a" });
  });

  it("fails when its answer stays unusable", () => {
    const error = errorOf(() => trace(steps(), [{}, {}, {}]));
    expect(error).toMatchObject({
      code: "unusable-answer",
      message: "GET /api/v2/things/{id} answered an object without id",
      place: { path: call.op },
    });
  });
});
