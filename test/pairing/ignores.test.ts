import { describe, expect, it } from "vitest";
import { ignoresOf } from "../../src/pairing/ignores.ts";
import { paired } from "./helpers.ts";

function ignoredBy(...rules: { kind?: string; name?: string; path?: string; until?: string }[]) {
  const ignores = rules.map((rule) => ({
    kind: "queue",
    name: "*",
    path: "/description",
    reason: "free text",
    ...rule,
  }));
  const renames = [{ kind: "queue", from: "a", to: "b" }];
  return paired({ "queue/a": { name: "a" } }, { ignores, renames });
}

describe("ignores", () => {
  it.each([
    [{}, "queue/b", "/description", true],
    [{}, "queue/b", "/description/inner", true],
    [{}, "queue/b", "/descriptions", false],
    [{}, "queue/b", "", false],
    [{}, "skill/b", "/description", false],
    [{ kind: "*" }, "skill/b", "/description", true],
    [{ name: "b" }, "queue/b", "/description", true],
    [{ name: "a" }, "queue/b", "/description", true],
    [{ name: "c" }, "queue/b", "/description", false],
    [{ name: "only*" }, "queue/only in standby", "/description", true],
    [{ path: "/rings/*/waitSeconds" }, "queue/b", "/rings/7/waitSeconds", true],
    [{ path: "/rings/*/waitSeconds" }, "queue/b", "/rings/7/group", false],
    [{ path: "" }, "queue/b", "", true],
    [{ path: "" }, "queue/b", "/anything", true],
  ])("%j for %s%s: %s", (rule, coordinate, path, expected) => {
    expect(ignoredBy(rule).ignored(coordinate, path)).toBe(expected);
  });

  it("need not all be about the same object", () => {
    const { ignored } = ignoredBy({ name: "a" }, { name: "other" });
    expect([ignored("queue/b", "/description"), ignored("queue/c", "/description")]).toEqual([true, false]);
  });

  it("end at midnight", () => {
    const at = (now: string) =>
      ignoresOf(
        [{ kind: "queue", name: "*", path: "", reason: "a test", until: "2026-11-20" }],
        (coordinate) => [coordinate],
        new Date(now),
      ).ignored("queue/a", "/name");
    expect([at("2026-11-20T23:59:59.999Z"), at("2026-11-21T00:00:00.000Z")]).toEqual([true, false]);
  });

  it("last until the end of their day", () => {
    const today = ignoredBy({ until: "2026-11-20" });
    expect(today.ignored("queue/b", "/description")).toBe(true);
    expect(today.findings).toEqual([]);
  });

  it("are reported and not applied when they have expired", () => {
    const yesterday = ignoredBy({ until: "2026-11-19" });
    expect(yesterday.ignored("queue/b", "/description")).toBe(false);
    expect(yesterday.findings).toEqual([
      {
        code: "ignore-expired",
        coordinate: "queue/*",
        path: "/description",
        message: "The ignore rule ended on 2026-11-19 and is not applied any more; its reason was: free text",
      },
    ]);
  });
});
