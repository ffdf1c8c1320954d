import { describe, expect, it } from "vitest";
import type { Config } from "../../src/model/config.ts";
import { LockstepError } from "../../src/model/error.ts";
import { ConfigError } from "../../src/platform/config-error.ts";
import { loadConfig, parseConfig } from "../../src/platform/config.ts";
import type { Files } from "../../src/model/ports.ts";

const ORGS = `orgs:
  primary: { region: us-east-1, clientId: "env:P_ID", clientSecret: "env:P_SECRET" }
  standby: { baseUrl: "http://127.0.0.1:8080", clientId: "env:S_ID", clientSecret: "file:secrets/standby" }
`;

function problemsOf(text: string): ConfigError {
  try {
    parseConfig(text, "lockstep.yaml");
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("the configuration was accepted");
}

describe("loading lockstep.yaml", () => {
  it("says that the file is missing and how to get one", async () => {
    const files = { read: () => Promise.resolve(undefined) } as unknown as Files;
    const error = await loadConfig("conf/lockstep.yaml", files).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LockstepError);
    expect(error).toMatchObject({ code: "config-missing", place: { file: "conf/lockstep.yaml" } });
  });

  it("reads the file through the port", async () => {
    const files = { read: (path: string) => Promise.resolve(path === "a.yaml" ? ORGS : undefined) } as unknown as Files;
    expect((await loadConfig("a.yaml", files)).orgs.primary.region).toBe("us-east-1");
  });

  it("fills in what is left out", () => {
    const config: Config = parseConfig(ORGS, "lockstep.yaml");
    expect(config).toEqual({
      orgs: {
        primary: { region: "us-east-1", clientId: "env:P_ID", clientSecret: "env:P_SECRET", tokens: 10, state: [] },
        standby: {
          baseUrl: "http://127.0.0.1:8080",
          clientId: "env:S_ID",
          clientSecret: "file:secrets/standby",
          tokens: 10,
          state: [],
        },
      },
      snapshots: { primary: "snapshots/primary", standby: "snapshots/standby" },
      include: { kinds: [], exclude: [], members: "emails", secrets: "values" },
      renames: [],
      overrides: [],
      ignores: [],
      numbers: [],
      operational: { alarm: "switched-off" },
      lock: { use: "if-permitted", staleMinutes: 10 },
      flows: [],
      secrets: [],
      notify: [],
      guards: {
        maxUpdates: { percent: 30, minimum: 10 },
        maxDeletes: { percent: 30, minimum: 10 },
        staleSnapshotHours: 24,
        protected: [],
      },
      outage: { afterSeconds: 15 },
      read: { audit: "auto", auditDelayMinutes: 15, fullEveryDays: 7, exportJobs: 10 },
    });
  });

  it("accepts every kind of rule", () => {
    const config = parseConfig(
      `${ORGS}
renames:
  - { kind: flow, pattern: "^(.*)-PROD$", replace: "$1-STANDBY" }
  - { kind: queue, from: Billing, to: Billing DR }
overrides:
  - { kind: data-table, name: Hosts, path: /rows/api/host, value: dr.example.com }
  - { kind: flow, name: "*", path: "", value: { __proto__: 1 } }
ignores:
  - { kind: queue, name: "*", path: /description, reason: free text, until: 2027-01-31 }
numbers: [{ from: "+18005550100", to: "+18005550200" }, { pattern: "^\\\\+44", replace: "+45" }]
flows: [{ name: "*-TEST", mode: independent }]
secrets: [{ kind: credential, name: API, path: /password, value: "env:API_PASSWORD" }]
guards: { maxDeletes: { percent: 5 }, protected: [{ kind: ivr, name: "*" }] }
`,
      "lockstep.yaml",
    );
    expect(config.guards.maxDeletes).toEqual({ percent: 5, minimum: 10 });
    expect(config.ignores[0]?.until).toBe("2027-01-31");
    expect(Object.keys(config.overrides[1]?.value as object)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(config.overrides[1]?.value)).toBe(Object.prototype);
  });
});

describe("what is wrong with lockstep.yaml", () => {
  it.each<
    [string, string, { code: string; line: number; path: string; found?: string; hint?: string; expected?: string }]
  >([
    [
      "an unknown key",
      `${ORGS}rename: []\n`,
      { code: "config-unknown-key", line: 4, path: "/rename", hint: 'Did you mean "renames"?' },
    ],
    [
      "an unknown key in a rule",
      `${ORGS}renames:\n  - kind: queue\n    form: a\n    from: a\n    to: b\n`,
      { code: "config-unknown-key", line: 6, path: "/renames/0/form", hint: 'Did you mean "from"?' },
    ],
    [
      "a key of the prototype",
      `${ORGS}__proto__: { polluted: true }\n`,
      { code: "config-unknown-key", line: 4, path: "/__proto__" },
    ],
    [
      "a missing key",
      `${ORGS}renames:\n  - { kind: queue, from: a }\n`,
      { code: "config-invalid", line: 5, path: "/renames/0", expected: "the key to", found: "no key to" },
    ],
    [
      "a number without quotes",
      `${ORGS}numbers:\n  - from: +18005550100\n    to: "+1"\n`,
      { code: "config-invalid", line: 5, path: "/numbers/0/from", found: "18005550100", hint: "Put it in quotes." },
    ],
    [
      "a day that does not exist",
      `${ORGS}ignores:\n  - { kind: q, name: "*", path: "", reason: r, until: 2027-02-31 }\n`,
      {
        code: "config-invalid",
        line: 5,
        path: "/ignores/0/until",
        expected: "a day such as 2027-01-31",
        found: '"2027-02-31"',
      },
    ],
    [
      "a path that is no pointer",
      `${ORGS}overrides:\n  - { kind: q, name: "*", path: description, value: 1 }\n`,
      {
        code: "config-invalid",
        line: 5,
        path: "/overrides/0/path",
        expected: "a pointer such as /acwSettings/timeoutMs",
      },
    ],
    [
      "an unknown flow mode",
      `${ORGS}flows:\n  - { name: "*", mode: overlay }\n`,
      {
        code: "config-invalid",
        line: 5,
        path: "/flows/0/mode",
        expected: "one of replica, independent",
        found: '"overlay"',
      },
    ],
    [
      "an empty file",
      "",
      { code: "config-invalid", line: 1, path: "", expected: "keys and values", found: "an empty file" },
    ],
    [
      "a pattern that may take for ever",
      `${ORGS}renames:\n  - { kind: queue, pattern: "(a+)+", replace: x }\n`,
      { code: "config-invalid", line: 5, path: "/renames/0/pattern" },
    ],
    [
      "a value out of range",
      `${ORGS}guards: { maxUpdates: { percent: 130 } }\n`,
      { code: "config-invalid", line: 4, path: "/guards/maxUpdates/percent" },
    ],
    [
      "a list that is none",
      `${ORGS}renames: queue\n`,
      { code: "config-invalid", line: 4, path: "/renames", expected: "a list", found: '"queue"' },
    ],
    [
      "a key with nothing behind it",
      `${ORGS}renames:\n  # - all of them commented out\n`,
      {
        code: "config-invalid",
        line: 4,
        path: "/renames",
        found: "nothing",
        hint: "Leave the key out where there is nothing to say.",
      },
    ],
    [
      "a key twice",
      `${ORGS}renames: []\nrenames: []\n`,
      { code: "config-invalid-yaml", line: 5, path: "", hint: "Keep one of the two keys." },
    ],
    [
      "two documents",
      `${ORGS}---\n${ORGS}`,
      { code: "config-invalid-yaml", line: 4, path: "", found: "more than one document" },
    ],
    ["an unclosed bracket", `${ORGS}renames: [\n`, { code: "config-invalid-yaml", line: 5, path: "" }],
    ["a tag nobody knows", `${ORGS}renames: !include other.yaml\n`, { code: "config-invalid-yaml", line: 4, path: "" }],
  ])("%s", (_, text, expected) => {
    const { problems, code } = problemsOf(text);
    expect(problems).toEqual([expect.objectContaining(expected)]);
    expect(code).toBe(expected.code);
  });

  it("refuses an organisation without a place, or with two", () => {
    const at = (place: string) =>
      `orgs:\n  primary: { ${place} clientId: "env:A", clientSecret: "env:B" }\n  standby: { region: x, clientId: "env:A", clientSecret: "env:B" }\n`;
    expect(problemsOf(at("")).problems).toMatchObject([
      { path: "/orgs/primary", line: 2, expected: "a region or a baseUrl" },
    ]);
    expect(problemsOf(at('region: a, baseUrl: "http://b",')).problems).toMatchObject([
      { path: "/orgs/primary/region", line: 2, expected: "either a region or a baseUrl, not both" },
    ]);
  });

  it("lists every problem, in the order of the file", () => {
    const error = problemsOf(`${ORGS}snapshot: {}\nflows: 3\nrenames: [{ kind: queue }]\n`);
    expect(error.problems.map(({ path }) => path)).toEqual(["/snapshot", "/flows", "/renames/0", "/renames/0"]);
    expect(error.message).toMatch(/^4 problems\n {2}lockstep\.yaml:4 \/snapshot: expected/);
    expect(error).toMatchObject({
      code: "config-unknown-key",
      exit: 1,
      place: { file: "lockstep.yaml", path: "/snapshot" },
    });
  });

  it.each([
    [
      "in the place of a reference",
      `orgs:\n  primary: { region: a, clientId: "env:A", clientSecret: CANARY-1 }\n  standby: CANARY-2\n`,
    ],
    ["in a broken line", `orgs:\n  primary: { clientSecret: "CANARY-3\n`],
    ["in a stray line", `${ORGS}CANARY-4\n`],
    ["behind a secret rule", `${ORGS}secrets: [{ kind: credential, name: a, path: /b, value: CANARY-5 }]\n`],
  ])("never shows a secret written %s", (_, text) => {
    const error = problemsOf(text);
    expect(`${error.message} ${error.hint} ${String(error.stack)} ${JSON.stringify(error)}`).not.toContain("CANARY");
  });

  it("says that merge keys are not read, and what to do instead", () => {
    const error = problemsOf(`${ORGS}notes: &n { a: 1 }\ninclude: { <<: *n, kinds: [] }\n`);
    const merge = error.problems.find(({ path }) => path === "/include/<<");
    expect(merge).toMatchObject({ code: "config-unknown-key", hint: expect.stringContaining("merge keys") as string });
  });

  it("stops aliases that grow without end", () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (const [from, to] of ["ab", "bc", "cd"].map((pair) => [...pair]))
      bomb.push(`${String(to)}: &${String(to)} [${`*${String(from)},`.repeat(10)}]`);
    expect(problemsOf(bomb.join("\n")).code).toBe("config-invalid-yaml");
  });
});
