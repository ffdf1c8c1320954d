import { describe, expect, it } from "vitest";
import { secretRefsOf } from "../../src/pairing/secret-refs.ts";
import { pair } from "../../src/pairing/pair.ts";
import { NO_RULES } from "../../src/pairing/rules.ts";
import { comparedTarget } from "../../src/pairing/target.ts";
import { KINDS, snapshotOf, targetWith } from "./fake-kinds.ts";
import { NOW, paired, thrownBy } from "./helpers.ts";

const OBJECTS = { "trunk/A": { name: "A", host: "h" }, "trunk/B": { name: "B", host: "h" } };

function standbyState(...state: { kind: string; name: string; path: string; value: boolean }[]) {
  return { orgs: { primary: { state: [] }, standby: { state } } };
}

describe("operational settings", () => {
  it("of the standby are compared where the configuration speaks of them, and nowhere else", () => {
    const standby = {
      ...snapshotOf(OBJECTS),
      state: new Map([
        ["trunk/A", { "/enabled": false, "/other": 1 }],
        ["trunk/B", { "/enabled": false }],
      ]),
    };
    const rules = standbyState({ kind: "trunk", name: "A", path: "/enabled", value: true });
    const pairing = paired(OBJECTS, rules);
    expect(pairing.desired.get("trunk/A")).toEqual({ name: "A", host: "h", enabled: true });
    expect(pairing.desired.get("trunk/B")).toEqual({ name: "B", host: "h" });
    const current = comparedTarget(standby, pairing, KINDS);
    expect(current.get("trunk/A")).toEqual({ name: "A", host: "h", enabled: false });
    expect(current.get("trunk/B")).toEqual({ name: "B", host: "h" });
  });

  it("that the standby does not tell stay absent, so that the difference is seen", () => {
    const pairing = paired(OBJECTS, standbyState({ kind: "trunk", name: "*", path: "/enabled", value: true }));
    expect(pairing.desired.get("trunk/A")).toMatchObject({ enabled: true });
    expect(comparedTarget(snapshotOf(OBJECTS), pairing, KINDS).get("trunk/A")).toEqual(OBJECTS["trunk/A"]);
  });

  it("may also be given as an override, which then goes for what each organisation owns", () => {
    const overrides = [{ kind: "trunk", name: "A", path: "/uri", value: "dr" }];
    const standby = { ...snapshotOf(OBJECTS), state: new Map([["trunk/A", { "/uri": "old" }]]) };
    const pairing = paired(OBJECTS, { overrides });
    expect(pairing.desired.get("trunk/A")).toMatchObject({ uri: "dr" });
    expect(pairing.findings).toEqual([]);
    expect(comparedTarget(standby, pairing, KINDS).get("trunk/A")).toMatchObject({ uri: "old" });
    expect(
      thrownBy(() => paired(OBJECTS, { overrides: overrides.map((rule) => ({ ...rule, name: "AB" })) })),
    ).toMatchObject({
      code: "override-unmatched",
      place: { path: "/overrides/0" },
    });
  });

  it.each([
    ["/password", "Give the secret under `secrets`, by reference."],
    ["/id", "The platform fills this field; it cannot be set."],
  ])("are not %s", (path, hint) => {
    const overrides = [{ kind: "trunk", name: "A", path, value: "x" }];
    expect(thrownBy(() => paired(OBJECTS, { overrides }))).toMatchObject({ code: "override-unmatched", hint });
  });

  it("follow the last rule about an object", () => {
    const rules = standbyState(
      { kind: "trunk", name: "*", path: "/enabled", value: true },
      { kind: "trunk", name: "B", path: "/enabled", value: false },
    );
    expect(paired(OBJECTS, rules).desired.get("trunk/B")).toMatchObject({ enabled: false });
  });

  it.each([
    ["no object", { kind: "trunk", name: "AB", path: "/enabled", value: true }, 'Did you mean "A" or "B"?'],
    ["configuration", { kind: "trunk", name: "A", path: "/host", value: true }, "Use one of /enabled."],
    ["a kind without any", { kind: "queue", name: "*", path: "/enabled", value: true }, "Use `overrides`."],
  ])("about %s are refused", (_, rule, hint) => {
    expect(thrownBy(() => paired(OBJECTS, standbyState(rule)))).toMatchObject({
      code: "state-unmatched",
      hint,
      place: { path: "/orgs/standby/state/0" },
    });
  });

  it("say what is wrong, and are not judged for kinds that the source was not read for", () => {
    const wrong = standbyState({ kind: "trunk", name: "A", path: "/host", value: true });
    expect(thrownBy(() => paired(OBJECTS, wrong))).toMatchObject({
      message: "/host is not an operational setting of the kind trunk",
    });
    const other = standbyState({ kind: "trunk", name: "Q", path: "/enabled", value: true });
    const objects = { ...OBJECTS, "queue/Q": { name: "Q" } };
    expect(thrownBy(() => paired(objects, other))).toMatchObject({
      message: "No trunk is called Q",
    });
    const { trunk: _, ...counts } = snapshotOf({}).counts;
    const source = { ...snapshotOf({ "queue/Q": { name: "Q" } }), counts };
    expect(pair(source, targetWith(), { ...NO_RULES, ...other }, { kinds: KINDS, now: NOW }).findings).toEqual([]);
  });

  it("concern the kind that they name, and no namesake of another", () => {
    const pairing = paired(
      { ...OBJECTS, "queue/A": { name: "A" } },
      standbyState({ kind: "trunk", name: "A", path: "/enabled", value: true }),
    );
    expect(pairing.desired.get("queue/A")).toEqual({ name: "A" });
  });

  it("of the primary are only reported", () => {
    const source = {
      ...snapshotOf(OBJECTS),
      state: new Map([
        ["trunk/A", { "/enabled": true }],
        ["trunk/B", { "/enabled": false }],
      ]),
    };
    const state = [{ kind: "trunk", name: "*", path: "/enabled", value: true }];
    const rules = { ...NO_RULES, orgs: { primary: { state }, standby: { state: [] } } };
    const { desired, findings } = pair(source, targetWith(), rules, { kinds: KINDS, now: NOW });
    expect(desired.get("trunk/B")).toEqual({ name: "B", host: "h" });
    expect(findings).toEqual([
      {
        code: "state-differs",
        coordinate: "trunk/B",
        path: "/enabled",
        message: "Is false in the primary, true according to lockstep.yaml",
      },
    ]);
  });
});

describe("secrets of an object", () => {
  it("are found by kind and name in the standby, the last rule winning", () => {
    const rules = [
      { kind: "credential", name: "API*", path: "/password", value: "env:A" },
      { kind: "credential", name: "API 2", path: "/password", value: "env:B" },
      { kind: "credential", name: "API 2", path: "/user", value: "file:u" },
      { kind: "trunk", name: "*", path: "/password", value: "env:T" },
    ];
    expect([...secretRefsOf(rules, "credential/basic:API 2")]).toEqual([
      ["/password", "env:B"],
      ["/user", "file:u"],
    ]);
    expect(secretRefsOf(rules, "queue/API").size).toBe(0);
  });
});
