import { describe, expect, it } from "vitest";
import { NO_RULES, nameHint, type PairingRules } from "../../src/pairing/rules.ts";
import { desired, paired, thrownBy } from "./helpers.ts";

const include = NO_RULES.include;
const orgs = NO_RULES.orgs;
const setting = { kind: "qeue", name: "*", path: "/enabled", value: true };

describe("a rule about a kind that does not exist", () => {
  it.each<[string, Partial<PairingRules>]>([
    ["/include/kinds/1", { include: { ...include, kinds: ["queue", "qeue"] } }],
    ["/include/exclude/0", { include: { ...include, exclude: [{ kind: "qeue", name: "*" }] } }],
    ["/renames/0", { renames: [{ kind: "qeue", from: "a", to: "b" }] }],
    ["/overrides/0", { overrides: [{ kind: "qeue", name: "a", path: "/description", value: "x" }] }],
    ["/ignores/0", { ignores: [{ kind: "qeue", name: "*", path: "", reason: "a test" }] }],
    ["/orgs/primary/state/0", { orgs: { ...orgs, primary: { state: [setting] } } }],
    ["/orgs/standby/state/0", { orgs: { ...orgs, standby: { state: [setting] } } }],
  ])("is found at %s", (path, rules) => {
    expect(thrownBy(() => paired({ "queue/a": { name: "a" } }, rules))).toMatchObject({
      code: "unknown-kind",
      message: 'There is no kind "qeue"',
      hint: 'Did you mean "queue"?',
      place: { path },
    });
  });

  it("is told where the kinds are listed when no name is near", () => {
    const rules = { renames: [{ kind: "zzzzzz", from: "a", to: "b" }] };
    expect(thrownBy(() => paired({}, rules))).toMatchObject({ hint: "`lockstep kinds` lists the kinds." });
  });

  it("is none where a rule for ignored differences stands for every kind", () => {
    const ignores = [{ kind: "*", name: "*", path: "/description", reason: "a test" }];
    expect(Object.keys(desired({ "queue/a": { name: "a" } }, { ignores }))).toEqual(["queue/a"]);
  });
});

describe("rules that match nothing", () => {
  it("are all listed, a line each", () => {
    const overrides = ["A", "B"].map((name) => ({ kind: "trunk", name, path: "/host", value: "x" }));
    expect(thrownBy(() => paired({ "trunk/other": { name: "other" } }, { overrides }))).toMatchObject({
      code: "override-unmatched",
      message: "No trunk is called A\nNo trunk is called B",
      place: { path: "/overrides/0" },
    });
  });

  it("are helped by the nearest name, if there is one", () => {
    expect(nameHint("Biling", ["Billing", "Sales"])).toBe('Did you mean "Billing"?');
    expect(nameHint("Billing", [])).toBe("Correct the rule or remove it.");
  });
});
