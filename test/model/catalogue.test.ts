import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { TOPICS } from "../../src/model/catalogue/index.ts";
import { GuardError, LockstepError } from "../../src/model/error.ts";
import { allowedGuards } from "../../src/model/allowed-guards.ts";
import { ALLOWABLE_GUARDS, GUARD_CODES, isGuard, PROVIDER_GUARDS } from "../../src/model/guard.ts";

const SRC = fileURLToPath(new URL("../../src/", import.meta.url));
const ENTRIES = TOPICS.flatMap(({ entries }) => Object.entries(entries));
const CODES = ENTRIES.map(([code]) => code);

/** Codes that nobody writes out: what commander calls a wrong command line, see `usageError`. */
const OF_COMMANDER = [
  "excess-arguments",
  "invalid-argument",
  "missing-argument",
  "missing-mandatory-option-value",
  "option-missing-argument",
  "unknown-command",
  "unknown-option",
];

/** The text of all modules that may name a code, in one. */
function sources(): string {
  const names = readdirSync(SRC, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));
  return names
    .filter((name) => name.endsWith(".ts") && !/^(model\/catalogue|simulator)\/|generated\//.test(name))
    .map((name) => readFileSync(join(SRC, name), "utf8"))
    .join("\n");
}

describe("the catalogue of errors", () => {
  it("holds each code once", () => {
    expect(CODES.filter((code, at) => CODES.indexOf(code) !== at)).toEqual([]);
  });

  it("holds no code that nobody uses", () => {
    const text = sources();
    const unused = CODES.filter((code) => !text.includes(`"${code}"`) && !OF_COMMANDER.includes(code));
    expect(unused).toEqual([]);
  });

  it.each(ENTRIES)("says in whole sentences what %s means and what to do", (_, { meaning, action }) => {
    for (const text of [meaning, action]) expect(text).toMatch(/^([A-Z`]|lockstep)[^]*(\.|install)$/);
  });
});

describe("a guard", () => {
  it.each(GUARD_CODES)("has exit code 3, also as an error that somebody else words: %s", (guard) => {
    expect(new GuardError(guard, "Stopped", "Look.").exit).toBe(3);
    expect(new LockstepError(guard, "Stopped", "Look.").reworded({ hint: "Look here." }).exit).toBe(3);
  });

  it("is known by its name alone", () => {
    expect(isGuard("live-traffic")).toBe(true);
    expect([isGuard("toString"), isGuard("no-network")]).toEqual([false, false]);
  });

  it("can be allowed where a person may know better, in a provider where a single write is judged", () => {
    expect(allowedGuards(["live-traffic", "protected"])).toEqual(new Set(["live-traffic", "protected"]));
    expect(ALLOWABLE_GUARDS).toEqual(expect.arrayContaining([...PROVIDER_GUARDS]));
    expect(PROVIDER_GUARDS.length).toBeGreaterThan(0);
  });

  it("is suggested where its name is misspelt", () => {
    expect(() => allowedGuards(["live-trafic"])).toThrow(
      expect.objectContaining({ code: "unknown-guard", hint: expect.stringContaining('"live-traffic"') as string }),
    );
  });

  it("that cannot be allowed says what to do instead", () => {
    expect(() => allowedGuards(["plan-edited"])).toThrow(
      expect.objectContaining({ code: "unknown-guard", hint: expect.stringContaining("new plan") as string }),
    );
  });
});

it("ends an interrupted command with its own exit code, and every other error with 1", () => {
  const exitOf = (code: LockstepError["code"]): number => new LockstepError(code, "Message", "Hint.").exit;
  expect([exitOf("interrupted"), exitOf("internal-error"), exitOf("not-found")]).toEqual([130, 1, 1]);
});
