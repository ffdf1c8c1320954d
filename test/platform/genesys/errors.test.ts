import { describe, expect, test } from "vitest";
import { apiErrorOf, connectTo, json, scripted } from "./support.ts";

async function errorFor(status: number, body: unknown, headers: Record<string, string> = {}) {
  const client = await connectTo(scripted(() => json(status, body, headers)));
  return apiErrorOf(client.send({ op: "POST /api/v2/routing/queues", body: {} }, "queue"));
}

describe("a refusal", () => {
  test.each([
    [400, { code: "constraint.validation", message: "name is too long" }, "request-refused"],
    [400, { code: "bad.request", message: "The version 3 does not match the current version 4" }, "version-conflict"],
    [403, { code: "missing.permissions", message: "no" }, "permission-missing"],
    [404, { code: "not.found", message: "no" }, "not-found"],
    [409, { code: "general.conflict", message: "The name is taken" }, "conflict"],
    [409, { code: "version.conflict", message: "stale" }, "version-conflict"],
    [
      409,
      { code: "general.conflict", message: "2 or more modifications of the site were made at the same time" },
      "version-conflict",
    ],
    [410, {}, "not-found"],
    [413, { code: "request.entity.too.large" }, "request-refused"],
    // It may have taken effect all the same.
    [500, { code: "internal.server.error" }, "outcome-unknown"],
  ])("%i %j has the code %3$s", async (status, body, code) => {
    const error = await errorFor(status, body);
    expect(error).toMatchObject({ status, code, apiCode: "code" in body ? body.code : "" });
    expect(error.message).toContain("POST /api/v2/routing/queues");
    expect(error.hint).not.toBe("");
  });

  test.each([
    { messageParams: { permissions: "routing:queue:add, routing:queue:edit" }, message: "no" },
    { message: "You are missing the following permission(s): routing:queue:add routing:queue:edit" },
    { messageParams: { permissions: ["routing:queue:add", "routing:queue:edit"] } },
  ])("for want of permissions names them: %j", async (body) => {
    const error = await errorFor(403, { code: "missing.permissions", ...body });
    expect(error.hint).toContain("routing:queue:add, routing:queue:edit");
  });

  test("says what the platform said, with details and the id that its support asks for", async () => {
    const error = await errorFor(
      400,
      {
        message: "Invalid",
        code: "invalid.property",
        details: [{ fieldName: "mediaSettings", errorCode: "invalid.value" }],
        errors: [{ message: "alertingTimeout is too short" }],
        contextId: "not-this-one",
      },
      { "ININ-Correlation-Id": "7a-b" },
    );
    expect(error.message).toBe(
      "POST /api/v2/routing/queues: Invalid; alertingTimeout is too short; mediaSettings invalid.value" +
        " (status 400 invalid.property, correlation id 7a-b)",
    );
  });

  test("without a body that anyone can read still says what happened", async () => {
    const client = await connectTo(scripted(() => ({ status: 403, headers: {}, body: "<html>" })));
    const error = await apiErrorOf(client.send({ op: "GET /api/v2/flows" }, "flow"));
    expect(error.message).toBe("GET /api/v2/flows: refused without a reason (status 403)");
  });
});

describe("untrusted text", () => {
  test("cannot drive a terminal", async () => {
    const error = await errorFor(400, {
      message: "\u001b]0;owned\u0007\u001b[2J\nline\u202eevil\u009b31m",
      code: "\u001bx",
    });
    expect(error.message + error.apiCode).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(error.message).toContain("]0;owned");
  });

  test("is bounded", async () => {
    const error = await errorFor(400, { message: "x".repeat(10_000) });
    expect(error.message).toContain(` ${"x".repeat(600)}… `);
  });
});
