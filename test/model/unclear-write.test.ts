import { describe, expect, it } from "vitest";
import type { Answer, Call, Steps } from "../../src/model/api.ts";
import { answeredWrites, createdId } from "../../src/model/unclear-write.ts";
import { errorOf } from "../kinds/steps.ts";

function answered<Result>(steps: Steps<Result>, answer: Answer): Result | undefined {
  steps.next();
  const turn = steps.next(answer);
  return turn.done === true ? turn.value : undefined;
}

function* sends(call: Call): Steps<string> {
  yield call;
  return "done";
}

describe("a request that creates something", () => {
  const call = { op: "POST /api/v2/things", body: {} } as const;

  it("gives the id of what is new", () => {
    expect(answered(createdId(call), { status: 200, body: { id: "a" } })).toBe("a");
  });

  it.each<[string, Answer]>([
    ["nothing (status 204) instead of an object", { status: 204 }],
    ["null instead of an object", { status: 200, body: null }],
    ["a text instead of an object", { status: 200, text: "OK" }],
    ["an object without id", { status: 200, body: {} }],
    ["an object without id", { status: 200, body: { id: "" } }],
  ])("leaves open what became of it when it answers %s", (fault, answer) => {
    const error = errorOf(() => answered(createdId(call), answer));
    expect(error).toMatchObject({ code: "outcome-unknown", message: `${call.op} answered ${fault}` });
  });
});

describe("the answers to writes", () => {
  const own = { op: "PUT /api/v2/things/{id}", path: { id: "a" }, body: {} } as const;

  it.each<[string, Call, Answer]>([
    ["the object that was written", own, { status: 200, body: { id: "a" } }],
    ["nothing for members", { ...own, op: "POST /api/v2/things/{id}/members" }, { status: 204 }],
    ["an empty text", { op: "DELETE /api/v2/things/{id}", path: { id: "a" } }, { status: 200, text: "" }],
    ["an expected refusal", { op: "DELETE /api/v2/things/{id}", path: { id: "a" } }, { status: 404, text: "gone" }],
    ["a text that was asked for", { op: "GET /api/v2/things/{id}", path: { id: "a" } }, { status: 200, text: "x" }],
  ])("may be %s", (_what, call, answer) => {
    expect(answered(answeredWrites(sends(call)), answer)).toBe("done");
  });

  it.each<[string, Call, Answer]>([
    ["another object", own, { status: 200, body: { id: "b" } }],
    ["nothing", own, { status: 204 }],
    ["a text", { ...own, op: "POST /api/v2/things/{id}/members" }, { status: 200, text: "Sign in" }],
    ["a text for a delete", { op: "DELETE /api/v2/things/{id}", path: { id: "a" } }, { status: 200, text: "Sign in" }],
  ])("leave open what became of them when they are %s", (_what, call, answer) => {
    expect(errorOf(() => answered(answeredWrites(sends(call)), answer)).code).toBe("outcome-unknown");
  });

  it("pass refusals on to the steps", () => {
    function* forgiving(): Steps<string> {
      try {
        yield own;
      } catch {
        return "refused";
      }
      return "done";
    }
    const steps = answeredWrites(forgiving());
    steps.next();
    expect(steps.throw(new Error("no"))).toEqual({ done: true, value: "refused" });
  });
});
