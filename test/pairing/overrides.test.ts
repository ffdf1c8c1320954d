import { describe, expect, it } from "vitest";
import { LockstepError } from "../../src/model/error.ts";
import type { Content, Kind } from "../../src/model/kind.ts";
import { overridden } from "../../src/pairing/override-value.ts";
import { pair } from "../../src/pairing/pair.ts";
import { NO_RULES } from "../../src/pairing/rules.ts";
import { KINDS, snapshotOf, targetWith } from "./fake-kinds.ts";
import { NOW, desired, paired, thrownBy } from "./helpers.ts";

const OBJECTS = {
  "trunk/A-PROD": { name: "A-PROD", host: "sbc.example.com" },
  "trunk/B-PROD": { name: "B-PROD", host: "sbc.example.com" },
  "data-table/Hosts": { name: "Hosts", rows: { api: { host: "one", port: 1 }, "a/b": { host: "two" } } },
  "flow/voice:Main": { name: "Main", type: "voice", yaml: "name: Main\nhost: one" },
};

describe("overrides", () => {
  it("set values by name and by glob, in their order", () => {
    const overrides = [
      { kind: "trunk", name: "*", path: "/host", value: "dr.example.com" },
      { kind: "trunk", name: "B-*", path: "/host", value: "dr-b.example.com" },
    ];
    const result = desired(OBJECTS, { overrides });
    expect(result["trunk/A-PROD"]).toEqual({ name: "A-PROD", host: "dr.example.com" });
    expect(result["trunk/B-PROD"]).toEqual({ name: "B-PROD", host: "dr-b.example.com" });
  });

  it("know an object by its name in either organisation", () => {
    const renames = [{ kind: "trunk", pattern: "(.*)-PROD", replace: "$1-STANDBY" }];
    const overrides = [
      { kind: "trunk", name: "A-STANDBY", path: "/host", value: 1 },
      { kind: "trunk", name: "B-PROD", path: "/host", value: 2 },
    ];
    const result = desired(OBJECTS, { renames, overrides });
    expect(result["trunk/A-STANDBY"]?.["host"]).toBe(1);
    expect(result["trunk/B-STANDBY"]?.["host"]).toBe(2);
  });

  it("reach data table cells and text content", () => {
    const overrides = [
      { kind: "data-table", name: "Hosts", path: "/rows/a~1b/host", value: "dr" },
      { kind: "flow", name: "Main", path: "/yaml/host", value: "dr" },
    ];
    const result = desired(OBJECTS, { overrides });
    expect(result["data-table/Hosts"]?.["rows"]).toEqual({ api: { host: "one", port: 1 }, "a/b": { host: "dr" } });
    expect(result["flow/voice:Main"]?.["yaml"]).toBe('name: Main\nhost: "dr"');
  });

  it("may set a declared property that the source lacks, and replace a whole text", () => {
    const overrides = [
      { kind: "trunk", name: "C", path: "/host", value: "new" },
      { kind: "flow", name: "voice:Main", path: "/yaml", value: "name: other" },
    ];
    const result = desired({ ...OBJECTS, "trunk/C": { name: "C" } }, { overrides });
    expect(result["trunk/C"]).toEqual({ name: "C", host: "new" });
    expect(result["flow/voice:Main"]?.["yaml"]).toBe("name: other");
  });

  it("skip those of several objects that have no such place", () => {
    const objects = { ...OBJECTS, "data-table/Other": { name: "Other", rows: {} } };
    const overrides = [{ kind: "data-table", name: "*", path: "/rows/api/host", value: "dr" }];
    expect(desired(objects, { overrides })["data-table/Other"]).toEqual({ name: "Other", rows: {} });
  });

  it.each([
    [
      "an unknown name",
      { kind: "trunk", name: "A-PRD", path: "/host", value: 1 },
      'Did you mean "A-PROD" or "B-PROD"?',
    ],
    [
      "a glob that matches nothing",
      { kind: "trunk", name: "zzzzzz*", path: "/host", value: 1 },
      "Correct the rule or remove it.",
    ],
    ["an unknown property", { kind: "trunk", name: "A-PROD", path: "/hots", value: 1 }, 'Did you mean "host"?'],
    [
      "an unknown row",
      { kind: "data-table", name: "Hosts", path: "/rows/app/host", value: 1 },
      'Did you mean "api" or "a/b"?',
    ],
    [
      "a property below a text",
      { kind: "trunk", name: "A-PROD", path: "/host/x", value: 1 },
      "Copy the path from `lockstep diff`.",
    ],
    ["a place that the text lacks", { kind: "flow", name: "Main", path: "/yaml/hots", value: 1 }, "look again"],
    ["the object itself", { kind: "trunk", name: "A-PROD", path: "", value: 1 }, "Copy the path from `lockstep diff`."],
  ])("fail for %s", (_, override, hint) => {
    expect(thrownBy(() => paired(OBJECTS, { overrides: [override] }))).toMatchObject({
      code: "override-unmatched",
      place: { path: "/overrides/0" },
      hint,
    });
  });

  it("take a value away with null, and outside free JSON with any empty value", () => {
    const overrides = [
      { kind: "trunk", name: "A-PROD", path: "/host", value: "" },
      { kind: "data-table", name: "Hosts", path: "/rows/api/port", value: null },
      { kind: "data-table", name: "Hosts", path: "/rows/api/host", value: "" },
    ];
    const result = desired(OBJECTS, { overrides });
    expect(result["trunk/A-PROD"]).toEqual({ name: "A-PROD" });
    expect(result["data-table/Hosts"]?.["rows"]).toEqual({ api: { host: "" }, "a/b": { host: "two" } });
  });

  it.each([
    ["text", "", undefined],
    ["list", [], undefined],
    ["object", {}, undefined],
    ["number, which is no empty value", 0, 0],
    ["no, which is none either", false, false],
    ["list with something in it", ["+3"], ["+3"]],
  ])("leave nothing of a declared property for an empty %s", (_, value, wanted) => {
    const objects = { "ivr/i": { name: "i", dnis: ["+1"] } };
    const overrides = [{ kind: "ivr", name: "i", path: "/dnis", value }];
    expect(desired(objects, { overrides })["ivr/i"]).toEqual({
      name: "i",
      ...(wanted === undefined ? {} : { dnis: wanted }),
    });
  });

  it.each(["", [], {}])("keep %j inside free JSON, where it may mean something", (value) => {
    const objects = { "queue/q": { name: "q", extra: { deep: { a: 1 } } } };
    const overrides = [{ kind: "queue", name: "q", path: "/extra/deep/a", value }];
    const { desired: all, findings } = paired(objects, { overrides });
    expect(all.get("queue/q")).toEqual({ name: "q", extra: { deep: { a: value } } });
    expect(findings).toEqual([]);
  });

  it("report only what was added where nothing was", () => {
    const overrides = [
      { kind: "trunk", name: "C", path: "/host", value: "declared" },
      { kind: "data-table", name: "Hosts", path: "/rows/api/host", value: "changed" },
    ];
    expect(paired({ ...OBJECTS, "trunk/C": { name: "C" } }, { overrides }).findings).toEqual([]);
  });

  it("say what was looked for, and where", () => {
    const at = (name: string, path: string) => [{ kind: "trunk", name, path, value: 1 }];
    expect(thrownBy(() => paired(OBJECTS, { overrides: at("zzz", "/host") }))).toMatchObject({
      message: "No trunk is called zzz",
    });
    expect(thrownBy(() => paired(OBJECTS, { overrides: at("*", "/hots") }))).toMatchObject({
      message: "No trunk that is called * has anything at /hots",
    });
    expect(thrownBy(() => paired(OBJECTS, { overrides: at("*", "/zzzzzz") }))).toMatchObject({
      hint: "Copy the path from `lockstep diff`.",
    });
  });

  it("of a text fail where there is no text, and do not hide a defect", () => {
    const objects = { ...OBJECTS, "flow/voice:Empty": { name: "Empty", type: "voice" } };
    const overrides = [{ kind: "flow", name: "Empty", path: "/yaml/host", value: "x" }];
    expect(thrownBy(() => paired(objects, { overrides }))).toMatchObject({
      code: "override-unmatched",
      hint: "Copy the path from `lockstep diff`.",
    });
  });

  it("pass on that a text cannot be read at all", () => {
    const flow = KINDS.get("flow");
    const unreadable = new LockstepError("flow-yaml", "This is no text", "Write another one.");
    const content = {
      ...flow?.content,
      override: () => {
        throw unreadable;
      },
    } as unknown as Content;
    const kind = { ...flow, content } as Kind;
    const object = { name: "f", type: "voice", yaml: "?" };
    expect(thrownBy(() => overridden(kind, object, { path: "/yaml/host", value: 1 }))).toBe(unreadable);
  });

  it("about a kind that the source was not read for are not judged", () => {
    const { trunk: _, ...counts } = snapshotOf({}).counts;
    const source = { ...snapshotOf({ "queue/q": { name: "q" } }), counts };
    const rules = { ...NO_RULES, overrides: [{ kind: "trunk", name: "A", path: "/host", value: 1 }] };
    const result = pair(source, targetWith(), rules, { kinds: KINDS, now: NOW });
    expect([...result.desired.keys()]).toEqual(["queue/q"]);
    expect(result.findings).toEqual([]);
  });

  it("may add a key where any key may be, which is reported", () => {
    const overrides = [{ kind: "data-table", name: "Hosts", path: "/rows/api/hots", value: 1 }];
    const { desired: all, findings } = paired(OBJECTS, { overrides });
    expect(all.get("data-table/Hosts")?.["rows"]).toMatchObject({ api: { host: "one", port: 1, hots: 1 } });
    expect(findings).toEqual([
      {
        code: "override-added",
        coordinate: "data-table/Hosts",
        path: "/rows/api/hots",
        message:
          "/overrides/0 of lockstep.yaml sets a value that the source does not have at all: check that it is spelled right",
      },
    ]);
  });

  it("keep the canonical order of sets, whatever order they are written in", () => {
    const objects = { "ivr/i": { name: "i", dnis: ["+1"] } };
    const overrides = [{ kind: "ivr", name: "i", path: "/dnis", value: ["+3", "+2", "+3"] }];
    expect(desired(objects, { overrides })["ivr/i"]).toEqual({ name: "i", dnis: ["+2", "+3"] });
  });

  it("reach the items of a list, but no item that is not there", () => {
    const objects = { "queue/q": { name: "q", rings: [{ queue: "queue/q", waitSeconds: 1 }] } };
    const at = (path: string) => ({ overrides: [{ kind: "queue", name: "q", path, value: 9 }] });
    expect(desired(objects, at("/rings/0/waitSeconds"))["queue/q"]).toEqual({
      name: "q",
      rings: [{ queue: "queue/q", waitSeconds: 9 }],
    });
    for (const path of ["/rings/1/waitSeconds", "/rings/1", "/rings/-"]) {
      expect(thrownBy(() => paired(objects, at(path)))).toMatchObject({ code: "override-unmatched" });
    }
  });

  it("do not fail for an object that is left out of the comparison", () => {
    const overrides = [{ kind: "trunk", name: "A-PROD", path: "/host", value: 1 }];
    const include = {
      kinds: [],
      exclude: [{ kind: "trunk", name: "A-PROD" }],
      members: "emails",
      secrets: "values",
    } as const;
    expect(Object.keys(desired(OBJECTS, { overrides, include }))).not.toContain("trunk/A-PROD");
  });
});
