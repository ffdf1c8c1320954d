import { describe, expect, it } from "vitest";
import { NO_RULES } from "../../src/pairing/rules.ts";
import { pair } from "../../src/pairing/pair.ts";
import { KINDS, snapshotOf, targetWith } from "./fake-kinds.ts";
import { NOW, desired, paired, thrownBy } from "./helpers.ts";

describe("renames", () => {
  it("give an object another name and coordinate, wherever it is referred to", () => {
    const objects = {
      "queue/Billing": { name: "Billing", rings: [{ queue: "queue/Billing", waitSeconds: 5 }] },
      "queue/Sales": { name: "Sales", rings: [{ queue: "queue/Billing" }, { queue: "queue/Sales" }] },
    };
    const result = paired(objects, { renames: [{ kind: "queue", from: "Billing", to: "Billing DR" }] });
    expect(Object.fromEntries(result.desired)).toEqual({
      "queue/Billing DR": { name: "Billing DR", rings: [{ queue: "queue/Billing DR", waitSeconds: 5 }] },
      "queue/Sales": { name: "Sales", rings: [{ queue: "queue/Billing DR" }, { queue: "queue/Sales" }] },
    });
    expect(result.origin.get("queue/Billing DR")).toBe("queue/Billing");
    expect(result.origin.get("queue/Sales")).toBe("queue/Sales");
    expect(result.findings).toEqual([]);
  });

  it("by pattern reach flows by name, behind their type, and inside their text", () => {
    const objects = {
      "flow/inboundcall:MAIN-PROD": {
        name: "MAIN-PROD",
        type: "inboundcall",
        yaml: "name: MAIN-PROD\nflow: bot:FAQ-PROD\nqueue: Sales",
      },
      "flow/bot:FAQ-PROD": { name: "FAQ-PROD", type: "bot", yaml: "name: bot:FAQ-PROD" },
      "ivr/Main": { name: "Main", openHoursFlow: "flow/inboundcall:MAIN-PROD" },
      "queue/Sales": { name: "Sales" },
    };

    const renames = [{ kind: "flow", pattern: "(.*)-PROD", replace: "$1-STANDBY" }];
    expect(desired(objects, { renames })).toEqual({
      "flow/inboundcall:MAIN-STANDBY": {
        name: "MAIN-STANDBY",
        type: "inboundcall",
        yaml: "name: MAIN-STANDBY\nflow: bot:FAQ-STANDBY\nqueue: Sales",
      },
      "flow/bot:FAQ-STANDBY": { name: "FAQ-STANDBY", type: "bot", yaml: "name: bot:FAQ-STANDBY" },
      "ivr/Main": { name: "Main", openHoursFlow: "flow/inboundcall:MAIN-STANDBY" },
      "queue/Sales": { name: "Sales" },
    });
  });

  it("can name a flow by its type, and then leave its namesakes alone", () => {
    const objects = {
      "flow/bot:Main": { name: "Main", type: "bot", yaml: "name: Main" },
      "flow/voice:Main": { name: "Main", type: "voice", yaml: "name: Main\nflow: Main\nflow: bot:Main" },
    };
    const result = paired(objects, { renames: [{ kind: "flow", from: "bot:Main", to: "bot:Main 2" }] });
    expect(Object.fromEntries(result.desired)).toEqual({
      "flow/bot:Main 2": { name: "Main 2", type: "bot", yaml: "name: Main 2" },
      "flow/voice:Main": { name: "Main", type: "voice", yaml: "name: Main\nflow: Main\nflow: bot:Main 2" },
    });
    expect(result.findings).toMatchObject([{ code: "ambiguous-rename", coordinate: "flow/Main" }]);
  });

  it("take children along with their parent, and re-sort sets but not sequences", () => {
    const objects = {
      "site/A/B": { name: "A/B" },
      "outbound-route/A~1B/Default": { name: "Default", trunks: ["trunk/z", "trunk/a"] },
      "trunk/a": { name: "a" },
      "trunk/z": { name: "z" },
      "skill/a": { name: "a" },
      "skill/z": { name: "z" },
      "queue/q": { name: "q", skills: ["skill/a", "skill/z"] },
    };
    const renames = [
      { kind: "site", from: "A/B", to: "B/A" },
      { kind: "outbound-route", from: "Default", to: "De/fault" },
      { kind: "skill", from: "a", to: "zz" },
      { kind: "trunk", from: "a", to: "zz" },
    ];
    const result = desired(objects, { renames });
    expect(result["site/B/A"]).toEqual({ name: "B/A" });
    expect(result["outbound-route/B~1A/De~1fault"]).toEqual({ name: "De/fault", trunks: ["trunk/z", "trunk/zz"] });
    expect(result["queue/q"]).toEqual({ name: "q", skills: ["skill/z", "skill/zz"] });
  });

  it("keep slashes in names as they are where the key has only one part, or a type", () => {
    const objects = { "flow/bot:a/b": { name: "a/b", type: "bot", yaml: "" }, "queue/a/b": { name: "a/b" } };
    const renames = ["flow", "queue"].map((kind) => ({ kind, from: "a/b", to: "c/d~" }));
    expect(Object.keys(desired(objects, { renames }))).toEqual(["flow/bot:c/d~", "queue/c/d~"]);
  });

  it("do not make a parent known that the source lacks", () => {
    const result = paired({ "outbound-route/Gone/r": { name: "r" } }, {});
    expect([...result.origin.keys()]).toEqual(["outbound-route/Gone/r"]);
  });

  it("reach the keys of maps, and what is only referred to", () => {
    const objects = {
      "queue/q": {
        name: "q",
        members: { "ann@example.com": {}, "bob@example.com": { ring: 2 } },
        manager: "user/ann@example.com",
      },
    };
    const renames = [{ kind: "user", pattern: "@example.com$", replace: "@dr.example.com" }];
    const target = targetWith("user/ann@dr.example.com", "user/bob@dr.example.com");
    expect(desired(objects, { renames }, target, ["user/ann@example.com", "user/bob@example.com"])).toEqual({
      "queue/q": {
        name: "q",
        members: { "ann@dr.example.com": {}, "bob@dr.example.com": { ring: 2 } },
        manager: "user/ann@dr.example.com",
      },
    });
  });

  it("follow the first rule that matches", () => {
    const renames = [
      { kind: "queue", from: "a", to: "first" },
      { kind: "queue", pattern: ".*", replace: "other $&" },
    ];
    expect(Object.keys(desired({ "queue/a": { name: "a" }, "queue/b": { name: "b" } }, { renames }))).toEqual([
      "queue/first",
      "queue/other b",
    ]);
  });

  it("give the name of the Home division in texts to the standby's, and never rename @home", () => {
    const objects = {
      "division/@home": {},
      "flow/bot:f": { name: "f", type: "bot", division: "division/@home", yaml: "division: Home" },
    };
    const target = { ...targetWith(), homeDivision: "Home of B" };
    expect(desired(objects, { renames: [{ kind: "flow", from: "f", to: "g" }] }, target)).toEqual({
      "division/@home": {},
      "flow/bot:g": { name: "g", type: "bot", division: "division/@home", yaml: "division: Home of B" },
    });
    expect(
      thrownBy(() => paired(objects, { renames: [{ kind: "division", pattern: "(.*)", replace: "x$1" }] })),
    ).toMatchObject({
      code: "rename-unmatched",
    });
  });

  it("leave free JSON alone", () => {
    const objects = { "queue/a": { name: "a", extra: { queue: "queue/a" } } };
    const renames = [{ kind: "queue", from: "a", to: "b" }];
    expect(desired(objects, { renames })).toEqual({ "queue/b": { name: "b", extra: { queue: "queue/a" } } });
  });

  it("reach the references inside free JSON that are marked as such", () => {
    const linked = { deep: ["lockstep:queue/a", "queue/a"], team: "lockstep:group/Gone" };
    const result = paired({ "queue/a": { name: "a", linked } }, { renames: [{ kind: "queue", from: "a", to: "b" }] });
    expect(result.desired.get("queue/b")).toEqual({
      name: "b",
      linked: { deep: ["lockstep:queue/b", "queue/a"], team: "lockstep:group/Gone" },
    });
    expect(result.findings).toEqual([
      {
        code: "missing-in-standby",
        coordinate: "queue/b",
        path: "/linked/team",
        message: "Refers to group/Gone, which the standby does not have",
      },
    ]);
  });

  it("fail when nothing would be left of a name", () => {
    const renames = [{ kind: "queue", pattern: "Test.*", replace: "" }];
    expect(thrownBy(() => paired({ "queue/Test 1": { name: "Test 1" } }, { renames }))).toMatchObject({
      code: "rename-empty",
      place: { coordinate: "queue/Test 1", path: "/renames/0" },
    });
  });

  it("fail when two objects would become one", () => {
    const objects = { "queue/a": { name: "a" }, "queue/b": { name: "b" } };
    const error = thrownBy(() => paired(objects, { renames: [{ kind: "queue", from: "a", to: "b" }] }));
    expect(error).toMatchObject({ code: "rename-collision", place: { coordinate: "queue/b" } });
    expect(String(error)).toContain("queue/a and queue/b");
  });

  it("fail when they match nothing, naming every rule and the nearest name", () => {
    const objects = { "queue/Billing": { name: "Billing" } };
    const renames = [
      { kind: "queue", from: "Biling", to: "x" },
      { kind: "queue", from: "Billing", to: "Billing" },
      { kind: "skill", pattern: "a+", replace: "b" },
    ];
    const error = thrownBy(() => paired(objects, { renames }));
    expect(error).toMatchObject({
      code: "rename-unmatched",
      place: { path: "/renames/0" },
      hint: 'Did you mean "Billing"?',
    });
    expect(String(error)).toContain("No skill of the source is called a+");
    expect(String(error)).not.toContain("called Billing");
  });

  it("do not judge kinds that were not read", () => {
    const source = { ...snapshotOf({ "queue/a": { name: "a" } }), counts: {} };
    const rules = { ...NO_RULES, renames: [{ kind: "skill", from: "a", to: "b" }] };
    expect([...pair(source, targetWith(), rules, { kinds: KINDS, now: NOW }).desired.keys()]).toEqual(["queue/a"]);
  });

  it("fail for objects whose key is not a name, and for unknown kinds", () => {
    const pool = { "did-pool/+1-+2": { startPhoneNumber: "+1", endPhoneNumber: "+2" } };
    expect(thrownBy(() => paired(pool, { renames: [{ kind: "did-pool", from: "+1-+2", to: "+3-+4" }] }))).toMatchObject(
      {
        code: "rename-unsupported",
        place: { coordinate: "did-pool/+1-+2", path: "/renames/0" },
      },
    );
    expect(thrownBy(() => paired({}, { renames: [{ kind: "qeue", from: "a", to: "b" }] }))).toMatchObject({
      code: "unknown-kind",
      hint: 'Did you mean "queue"?',
      place: { path: "/renames/0" },
    });
  });
});
