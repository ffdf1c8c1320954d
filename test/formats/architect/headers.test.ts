import { describe, expect, test } from "vitest";
import { sipHeadersRead } from "../../../src/formats/architect/headers.ts";
import { flowYaml, taskYaml } from "./samples.ts";

function read(property: string): { headers: readonly string[]; all: boolean; dynamic: boolean }[] {
  const lines = ["- getSIPHeaders:", "    name: Read", ...property.split("\n").map((line) => `    ${line}`)];
  return sipHeadersRead(taskYaml(lines.join("\n"))).map(({ headers, all, dynamic }) => ({ headers, all, dynamic }));
}

const names = (...headers: string[]) => [{ headers, all: false, dynamic: false }];
const everything = [{ headers: [], all: true, dynamic: false }];

describe("sipHeadersRead", () => {
  test.each([
    ["headerNames:\n  lit:\n    - X-Tenant\n    - X-Trace", names("X-Tenant", "X-Trace")],
    ["headerNames:\n  lit:\n    - lit: X-Tenant", names("X-Tenant")],
    ["sipHeaderNames:\n  - lit: X-Tenant\n  - lit: X-Tenant", names("X-Tenant")],
    ["headers:\n  - X-Tenant", names("X-Tenant")],
    ["headerNames:\n  lit: X-Tenant", names("X-Tenant")],
    ['headerNames:\n  exp: MakeList("call-id", "contact")', names("call-id", "contact")],
    ['headerNames:\n  exp: "\\"X-Tenant\\""', names("X-Tenant")],
    ["headerNames:\n  exp: MakeEmptyList(ToString(NOT_SET))", everything],
    ["headerNames:\n  noValue: true", everything],
    ["headerNames:\n  lit: []", everything],
    ["sipHeadersJson:\n  var: Flow.headers\nsipHeaders:\n  lit:\n    - lit: X-Tenant", names("X-Tenant")],
    ["sipHeadersResult:\n  var: Flow.headers", everything],
    ["headerNames:\n  exp: Flow.names", [{ headers: [], all: false, dynamic: true }]],
    ['headerNames:\n  exp: MakeList("X-A", Flow.other)', [{ headers: ["X-A"], all: false, dynamic: true }]],
  ])("%j", (property, expected) => {
    expect(read(property)).toEqual(expected);
  });

  test("raw headers are all headers; the pointer leads to the action", () => {
    const text = taskYaml(
      "- disconnect:\n    name: Bye\n- getRawSIPHeaders:\n    name: Raw\n    rawSipHeaders:\n      var: Flow.raw",
    );
    expect(sipHeadersRead(text)).toEqual([
      {
        action: "getRawSIPHeaders",
        name: "Raw",
        path: "/inboundCall/tasks/Main/actions/1/getRawSIPHeaders",
        headers: [],
        all: true,
        dynamic: false,
      },
    ]);
  });

  test("a setting of that name is no action", () => {
    expect(sipHeadersRead(flowYaml("settingsActionDefaults:\n  getSIPHeaders:\n    timeout: 1"))).toEqual([]);
  });
});
