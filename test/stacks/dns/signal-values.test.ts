import { expect, test } from "vitest";
import { ConfigError } from "../../../src/platform/config-error.ts";
import { signalled } from "./sections.ts";

const TYPES = ["https", "https-string", "tcp"] as const;

/** A section with one signal of a type. */
const checked = (type: (typeof TYPES)[number], settings: string) =>
  signalled(`  - { name: s, type: ${type}, side: primary, port: 443, ${settings} }`);

function problemsOf(read: () => unknown): { path: string; expected: string }[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ path, expected }) => ({ path, expected }));
    throw error;
  }
  return [];
}

test.each([
  "https://chat-a.example.net",
  "chat-a.example.net/health",
  "chat-a.example.net:8443",
  "chat-a.example.net.",
  "chat a.example.net",
  "'*.example.net'",
])("%s is no host to check", (host) => {
  for (const type of TYPES)
    expect(problemsOf(() => checked(type, `host: "${host}"`))).toMatchObject([
      { path: "/dns/signals/0/host", expected: expect.stringContaining("a host name such as") as string },
    ]);
});

test.each(["999.0.2.7", "192.0.2.256", "192.0.2", "1.2.3.4.5"])("%s is no address to check", (host) => {
  for (const type of TYPES)
    expect(problemsOf(() => checked(type, `host: "${host}"`))).toMatchObject([{ path: "/dns/signals/0/host" }]);
});

test.each(["chat-a.example.net", "192.0.2.7", "255.255.255.255", "4.example.net", "xn--bcher-kva.example"])(
  "%s can be checked",
  (host) => {
    for (const type of TYPES) expect(checked(type, `host: "${host}"`).signals).toMatchObject([{ host }]);
  },
);

test("checks come from regions that have health checkers, three of them or more, each named once", () => {
  const from = (regions: string) => problemsOf(() => checked("tcp", `host: a.example.net, regions: [${regions}]`));
  const eight = "us-east-1, us-west-1, us-west-2, eu-west-1, ap-southeast-1, ap-southeast-2, ap-northeast-1, sa-east-1";
  expect(from("us-east-1, eu-central-1, eu-west-1")).toEqual([
    { path: "/dns/signals/0/regions/1", expected: `one of ${eight}` },
  ]);
  expect(from("us-east-1, eu-west-1")).toMatchObject([{ path: "/dns/signals/0/regions" }]);
  expect(from("us-east-1, eu-west-1, us-east-1")).toMatchObject([{ path: "/dns/signals/0/regions" }]);
  expect(from("us-east-1, eu-west-1, sa-east-1")).toEqual([]);
  expect(from(eight)).toEqual([]);
});
