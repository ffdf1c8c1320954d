import { describe, expect, it } from "vitest";
import type { Contract, Schema } from "../../tools/fidelity/contract.ts";
import { coverageOf } from "../../tools/fidelity/coverage.ts";
import { holdAgainst } from "../../tools/fidelity/mismatches.ts";
import { reasoned } from "../../tools/fidelity/reasons.ts";
import type { Exchange } from "../../tools/fidelity/traffic.ts";
import { unseenFields } from "../../tools/fidelity/writable.ts";

const thing: Schema = {
  type: "object",
  required: ["id", "name"],
  properties: {
    id: { type: "string", readOnly: true },
    name: { type: "string" },
    size: { type: "string", enum: ["S", "L"] },
    made: { type: "string", format: "date-time" },
    free: { type: "object" },
    parent: { $ref: "#/definitions/Thing" },
    selfUri: { type: "string", format: "uri", readOnly: true },
  },
};
const reference = { $ref: "#/definitions/Thing" };
const body = { name: "body", in: "body", schema: reference } as const;
const page = { name: "pageSize", in: "query", type: "integer" } as const;
const contract: Contract = {
  definitions: { Thing: thing, ErrorBody: { type: "object", properties: { code: { type: "string" } } } },
  operations: [
    { method: "GET", template: "/things/{thingId}", operation: { responses: { 200: { schema: reference } } } },
    {
      method: "POST",
      template: "/things",
      operation: { parameters: [page, body], responses: { 200: { schema: reference } } },
    },
    { method: "DELETE", template: "/things/{thingId}", operation: { responses: { 204: {} } } },
  ],
};

const fine = {
  id: "1",
  name: "A",
  size: "S",
  made: "2026-01-01T00:00:00Z",
  free: [1],
  parent: { id: "2" },
  selfUri: "/things/1",
};

function posted(change: Partial<Exchange>): Exchange {
  const request = { name: "A" };
  return {
    method: "POST",
    path: "/things",
    pattern: "/things",
    status: 200,
    request,
    answer: fine,
    empty: false,
    ...change,
  };
}

describe("traffic held against a definition", () => {
  it("is free of mismatches when it fits, references and free values included", () => {
    expect(holdAgainst(contract, [posted({ query: { pageSize: ["5"] } })])).toEqual({
      requests: 1,
      answers: 1,
      mismatches: [],
    });
  });

  it.each<[string, Partial<Exchange>, string]>([
    ["an answer's undefined property", { answer: { ...fine, extra: 1 } }, "answer 200 /extra: not defined"],
    ["an answer's missing property", { answer: { id: "1" } }, "answer 200 : must have required property 'name'"],
    ["a wrong type", { answer: { ...fine, name: 1 } }, "answer 200 /name: must be string"],
    ["a wrong choice", { answer: { ...fine, size: "M" } }, "answer 200 /size: must be one of S, L"],
    ["a wrong format", { answer: { ...fine, made: "today" } }, 'answer 200 /made: must match format "date-time"'],
    ["a request's undefined property", { request: { name: "A", extra: 1 } }, "request /extra: not defined"],
    ["an undefined parameter", { query: { page: ["1"] } }, "query page: not defined"],
    ["an unfit parameter", { query: { pageSize: ["all"] } }, "query pageSize: unfit value"],
    ["an undefined status", { status: 201 }, "answer 201: no such status"],
    ["an error of another shape", { status: 400, answer: { reason: "no" } }, "answer 400 /reason: not defined"],
  ])("tells %s", (_, change, what) => {
    expect(holdAgainst(contract, [posted(change)]).mismatches.map((mismatch) => mismatch.what)).toEqual([what]);
  });

  it("does not hold a refused request to anything", () => {
    const refused = posted({ status: 400, request: { extra: 1 }, answer: { code: "bad.request" } });
    expect(holdAgainst(contract, [refused]).mismatches).toEqual([]);
  });
});

describe("what traffic does not show", () => {
  const served = [
    { method: "GET", path: "/things/{id}" },
    { method: "POST", path: "/things" },
    { method: "DELETE", path: "/things/{id}" },
    { method: "GET", path: "/other" },
  ];

  it("is sorted by operation: unknown, never exercised, never answered with content", () => {
    const removed = posted({ method: "DELETE", path: "/things/1", pattern: "/things/{id}", status: 204, empty: true });
    const { answer: _, ...withoutAnswer } = removed;
    const { unknown, idle, silent } = coverageOf(contract, served, [posted({ answer: {} }), withoutAnswer]);
    expect({ unknown, idle, silent }).toEqual({
      unknown: ["GET /other"],
      idle: ["GET /things/{id}"],
      silent: ["POST /things"],
    });
  });

  it("is told field by field, without what only the server sets", () => {
    const bare = posted({ answer: { id: "1", name: "A", parent: { name: "B" } } });
    const { known } = coverageOf(contract, served, []);
    expect(unseenFields(contract, known, [bare]).map(({ field }) => field)).toEqual(["/size", "/made", "/free"]);
  });
});

describe("reasons", () => {
  it("excuse what they name and are told when they excuse nothing, apart where this run may lack what they need", () => {
    const reasons = [
      { what: "GET /a/{id} *", why: "meant" },
      { what: "POST /gone", why: "was meant once" },
      { what: "POST /by-engine", why: "meant", needs: "engine" as const },
    ];
    expect(reasoned(["GET /a/{id} x", "GET /b"], reasons)).toEqual({
      excused: [{ what: "GET /a/{id} x", why: "meant" }],
      open: ["GET /b"],
      idle: ["POST /gone"],
      unmet: ["POST /by-engine"],
    });
  });
});
