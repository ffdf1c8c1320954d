import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLink, diffResource, type ResourceDiff } from "../../../src/importers/provider/check/diff.ts";
import { deferredPointers } from "../../../src/canonical/phases.ts";
import { linkedValues } from "../../../src/importers/provider/write/link.ts";
import { UNKNOWN } from "../../../src/importers/provider/rpc/values.ts";
import { KINDS } from "../../../src/kinds/index.ts";
import { sameJson, type Json, type Obj } from "../../../src/model/json.ts";
import type { Kind } from "../../../src/model/kind.ts";
import { readPath, valueAtPath } from "./property-paths.ts";
import { FLOWS, objects, WRITTEN } from "./random-objects.ts";

function kind(name: string): Kind {
  const found = KINDS.get(name);
  if (found === undefined) throw new Error(name);
  return found;
}

/** The difference between two objects that have the same key. */
function diff(name: string, before: Obj, after: Obj): ResourceDiff {
  return diffResource(kind(name), { key: "k", coordinate: `${name}/k`, ...before }, {}, { key: "k", ...after });
}

const kindsOf = ({ detailedDiff }: ResourceDiff): { [path: string]: string } =>
  Object.fromEntries(Object.entries(detailedDiff).map(([path, { kind: verb }]) => [path, verb]));

const INVERSE: { readonly [verb: string]: string } = {
  add: "delete",
  delete: "add",
  update: "update",
  "add-replace": "delete-replace",
  "delete-replace": "add-replace",
  "update-replace": "update-replace",
};

const pairs = fc
  .constantFrom(...WRITTEN.map(({ name }) => name))
  .chain((name) => {
    const one = objects(kind(name));
    return fc.tuple(fc.constant(name), one, fc.oneof(one, fc.constant(undefined)));
  })
  .map(([name, before, after]) => [name, before, after ?? before] as const);

describe("the difference of a resource", () => {
  it("is none exactly where the objects are equal", () => {
    fc.assert(
      fc.property(pairs, ([name, before, after]) => {
        const { changes, detailedDiff } = diff(name, before, after);
        expect(changes === "none").toBe(sameJson(before, after));
        expect(changes === "none").toBe(Object.keys(detailedDiff).length === 0);
      }),
    );
  });

  it("is the inverse with the sides swapped, as a refresh asks for it", () => {
    fc.assert(
      fc.property(pairs, ([name, before, after]) => {
        const there = kindsOf(diff(name, before, after));
        const back = kindsOf(diff(name, after, before));
        expect(back).toEqual(Object.fromEntries(Object.entries(there).map(([path, verb]) => [path, INVERSE[verb]])));
      }),
    );
  });

  it("has paths that the engine understands and that lead to the values", () => {
    fc.assert(
      fc.property(pairs, ([name, before, after]) => {
        for (const [path, { kind: verb }] of Object.entries(diff(name, before, after).detailedDiff)) {
          expect(readPath(path)).not.toEqual([]);
          if (!verb.startsWith("add")) expect(valueAtPath(before, path)).toBeDefined();
          if (!verb.startsWith("delete")) expect(valueAtPath(after, path)).toBeDefined();
        }
      }),
    );
  });

  it("leaves nothing out: with these places put right the objects are equal", () => {
    fc.assert(
      fc.property(pairs, ([name, before, after]) => {
        const { diffs, detailedDiff } = diff(name, before, after);
        const places = Object.keys(detailedDiff).map((path) => String(readPath(path)[0]));
        expect([...new Set(places)].sort()).toEqual(diffs);
        const same = (object: Obj): Obj =>
          Object.fromEntries(Object.entries(object).filter(([property]) => !diffs.includes(property)));
        expect(sameJson(same(before), same(after))).toBe(true);
      }),
    );
  });

  it("names fields, members of sets by their place, and entries of maps by their name", () => {
    const before = {
      name: "Billing",
      acwSettings: { timeoutMs: 10 },
      wrapUpCodes: ["wrap-up-code/A", "wrap-up-code/C"],
      members: { "ann@example.com": { ringNumber: 1 }, "a.b@example.com": {} },
    };
    const after = {
      name: "Billing",
      acwSettings: { timeoutMs: 20, wrapupPrompt: "OPTIONAL" },
      wrapUpCodes: ["wrap-up-code/A", "wrap-up-code/B", "wrap-up-code/C"],
      members: { "ann@example.com": { ringNumber: 2 } },
    };
    expect(kindsOf(diff("queue", before, after))).toEqual({
      "acwSettings.timeoutMs": "update",
      "acwSettings.wrapupPrompt": "add",
      "wrapUpCodes[1]": "add",
      'members["ann@example.com"].ringNumber': "update",
      'members["a.b@example.com"]': "delete",
    });
  });

  it("tells one change where a member goes and another takes its place", () => {
    expect(kindsOf(diff("ivr", { name: "I", dnis: ["+1", "+2"] }, { name: "I", dnis: ["+1", "+3"] }))).toEqual({
      "dnis[1]": "update",
    });
  });

  it("compares a text by its meaning and tells it as one property", () => {
    const [first = "", second = ""] = FLOWS;
    const flow = (yaml: string): Obj => ({ name: "Main", type: "INBOUNDCALL", yaml });
    expect(diff("flow", flow(first), flow(`# a comment\n${first}`)).changes).toBe("none");
    expect(kindsOf(diff("flow", flow(first), flow(second)))).toEqual({ yaml: "update" });
  });

  it("needs a new object where a field is fixed, and the old one to go first", () => {
    const before = { name: "T", trunkType: "EXTERNAL", trunkMetabase: "a", description: "x" };
    const found = diff("trunk", before, { ...before, trunkMetabase: "b", description: "y" });
    expect(kindsOf(found)).toEqual({ trunkMetabase: "update-replace", description: "update" });
    expect(found).toMatchObject({ diffs: ["description", "trunkMetabase"], replaces: ["trunkMetabase"] });
    expect(found.deleteBeforeReplace).toBe(true);
    expect(diff("trunk", before, { ...before, description: "y" }).deleteBeforeReplace).toBe(false);
  });

  it("changes a key in place only where the kind can be renamed", () => {
    const [old, next] = [
      { key: "A", name: "A" },
      { key: "B", name: "B" },
    ];
    expect(kindsOf(diffResource(kind("queue"), old, {}, next))).toEqual({ key: "update", name: "update" });
    expect(kindsOf(diffResource(kind("skill"), old, {}, next))).toEqual({
      key: "update-replace",
      name: "update-replace",
    });
  });

  it("is none for what is ignored, linked or retained", () => {
    const before = { name: "Q", description: "x", queueFlow: "flow/inqueuecall:A", acwSettings: { timeoutMs: 1 } };
    const after = { name: "Q", description: "y", directRouting: { backupQueueId: "queue/B" } };
    const treated = (lockstep: Obj): { [path: string]: string } =>
      kindsOf(diff("queue", before, { ...after, lockstep }));
    const all = { acwSettings: "delete", description: "update", directRouting: "add", queueFlow: "delete" };
    expect(treated({})).toEqual(all);
    expect(treated({ ignored: ["/description", "/*/timeoutMs"] })).toEqual({
      acwSettings: "delete",
      directRouting: "add",
      queueFlow: "delete",
    });
    expect(treated({ linked: ["/directRouting/backupQueueId", "/queueFlow"] })).toEqual({
      acwSettings: "delete",
      description: "update",
    });
    expect(treated({ retained: true })).toEqual({});
  });

  it("compares operational state where the program speaks of it, also after an import", () => {
    const base = { name: "R", site: "site/S" };
    const on = { ...base, enabled: true };
    expect(diff("outbound-route", { ...base, state: { "/enabled": true } }, on).changes).toBe("none");
    expect(kindsOf(diff("outbound-route", { ...base, state: { "/enabled": false } }, on))).toEqual({
      enabled: "update",
    });
    expect(diff("outbound-route", on, base).changes).toBe("none");
    expect(kindsOf(diff("outbound-route", { ...base, enabled: false }, on))).toEqual({ enabled: "update" });
  });

  it("is none for references to an object that is about to get another name", () => {
    const before = { name: "Q", wrapUpCodes: ["wrap-up-code/A", "wrap-up-code/Old"], queueFlow: "flow/x" };
    const after = { name: "Q", wrapUpCodes: ["wrap-up-code/A", "wrap-up-code/New"], queueFlow: "flow/x" };
    const lockstep = { moved: { "wrap-up-code/Old": "wrap-up-code/New" } };
    expect(diff("queue", before, after).changes).toBe("some");
    expect(diff("queue", before, { ...after, lockstep }).changes).toBe("none");
    expect(kindsOf(diff("queue", before, { name: "Q", wrapUpCodes: ["wrap-up-code/A"], lockstep }))).toEqual({
      "wrapUpCodes[1]": "delete",
      queueFlow: "delete",
    });
    const link = (backup: string): Obj => ({ target: "queue/Q", values: { "/directRouting/backupQueueId": backup } });
    const moved = { moved: { "queue/Old": "queue/New" } };
    expect(diffLink(kind("queue"), link("queue/Old"), { ...link("queue/New"), lockstep: moved }).changes).toBe("none");
  });

  it("is a difference at a place that is not known yet", () => {
    const flow = (yaml: string): Obj => ({ name: "Main", type: "INBOUNDCALL", yaml, description: "d" });
    expect(kindsOf(diff("flow", flow(FLOWS[0] ?? ""), flow(UNKNOWN)))).toEqual({ yaml: "update" });
    expect(diff("flow", flow(FLOWS[0] ?? ""), { ...flow(UNKNOWN), lockstep: { ignored: ["/yaml"] } }).changes).toBe(
      "none",
    );
    const codes = (...wrapUpCodes: string[]): Obj => ({ name: "Q", wrapUpCodes });
    expect(kindsOf(diff("queue", codes("wrap-up-code/A"), codes("wrap-up-code/A", UNKNOWN)))).toEqual({
      "wrapUpCodes[1]": "add",
    });
  });
});

describe("the difference of a Link", () => {
  const link = (values: { readonly [pointer: string]: Json }, target = "queue/Q"): Obj => ({ target, values });

  it("looks only at what the program wants", () => {
    const found = link({ "/queueFlow": "flow/a", "/messageInQueueFlow": "flow/b" });
    expect(diffLink(kind("queue"), found, link({ "/queueFlow": "flow/a" })).changes).toBe("none");
    expect(kindsOf(diffLink(kind("queue"), found, link({ "/queueFlow": "flow/c" })))).toEqual({
      'values["/queueFlow"]': "update",
    });
    expect(kindsOf(diffLink(kind("queue"), found, link({ "/emailInQueueFlow": "flow/c" })))).toEqual({
      'values["/emailInQueueFlow"]': "add",
    });
  });

  it("names places inside a value, and a text as one", () => {
    const rules = (waitSeconds: number): Json => ({ rules: [{ waitSeconds }] });
    expect(
      kindsOf(
        diffLink(
          kind("queue"),
          link({ "/conditionalGroupRouting": rules(1) }),
          link({ "/conditionalGroupRouting": rules(2) }),
        ),
      ),
    ).toEqual({ 'values["/conditionalGroupRouting"].rules[0].waitSeconds': "update" });
    const sites = (...primarySites: string[]): Obj => link({ "/primarySites": primarySites }, "site/S");
    expect(kindsOf(diffLink(kind("site"), sites("site/A", "site/C"), sites("site/A", "site/B", "site/C")))).toEqual({
      'values["/primarySites"][1]': "add",
    });
    const text = (at: number): Obj => link({ "/yaml": FLOWS[at] ?? "" }, "flow/inboundcall:Main");
    expect(kindsOf(diffLink(kind("flow"), text(0), text(1)))).toEqual({ 'values["/yaml"]': "update" });
  });

  it("is replaced when it completes another object, and keeps to what is ignored", () => {
    const found = diffLink(kind("queue"), link({}), link({}, "queue/R"));
    expect(found).toMatchObject({ replaces: ["target"], detailedDiff: { target: { kind: "update-replace" } } });
    const wanted = { ...link({ "/queueFlow": "flow/c" }), lockstep: { ignored: ["/queueFlow"] } };
    expect(diffLink(kind("queue"), link({ "/queueFlow": "flow/a" }), wanted).changes).toBe("none");
  });

  it("and that of its object are together the difference of the whole", () => {
    fc.assert(
      fc.property(pairs, ([name, before, after]) => {
        const one = kind(name);
        const linked = deferredPointers(one, after);
        const main = diff(name, before, { ...after, lockstep: { linked } });
        const rest = diffLink(
          one,
          { target: "x/y", values: linkedValues(before, linked) },
          { target: "x/y", values: linkedValues(after, linked) },
        );
        expect(main.changes === "none" && rest.changes === "none").toBe(sameJson(before, after));
      }),
    );
  });
});
