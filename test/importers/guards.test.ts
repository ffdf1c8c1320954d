import { assertGuardsAllowed } from "../../src/importers/guards.ts";
import { guardHint, GUARD_CODES } from "../../src/model/guard.ts";
import type { GuardHit } from "../../src/model/obstacles.ts";
import { describe, expect, it } from "vitest";
import type { Obj } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import type { Guards } from "../../src/model/config.ts";
import { NOW, OPEN_GUARDS } from "./job.ts";
import { planFor, snapshotOf, type Objects } from "./planning.ts";

function items(count: number, description: string, from = 0): Objects {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`item/${from + at}`, { name: String(from + at), description }]),
  );
}

function hits(
  desired: Objects,
  current: Objects,
  guards: Partial<Guards> = {},
  more: Parameters<typeof planFor>[2] = {},
): string[] {
  const plan = planFor(desired, current, { guards: { ...OPEN_GUARDS, ...guards }, ...more });
  return plan.guards.map(({ guard, message }) => `${guard}: ${message}`);
}

const HALF = { percent: 50, minimum: 4 };
const hoursAgo = (hours: number): string => new Date(NOW.getTime() - hours * 3_600_000).toISOString();

describe("guards", () => {
  it.each<[string, number, number, readonly string[]]>([
    ["exactly the share", 2, 4, []],
    ["more than the share", 3, 4, ["max-updates: Changes 3 of 4 objects of kind item, more than 50 %"]],
    ["too few to judge by share", 3, 3, []],
  ])("judge updates by share: %s", (_, changed, total, expected) => {
    const current = items(total, "old");
    const desired = { ...current, ...items(changed, "new") };
    expect(hits(desired, current, { maxUpdates: HALF })).toEqual(expected);
  });

  it("judge deletes apart from updates", () => {
    const current = items(5, "old");
    const deletes = "max-deletes: Deletes 3 of 5 objects of kind item, more than 50 %";
    const left = items(2, "old");
    expect(hits(left, current, { maxDeletes: HALF, maxUpdates: HALF }, { prune: true })).toContain(deletes);
    expect(hits(left, current, { maxDeletes: HALF, maxUpdates: HALF })).toEqual([]);
  });

  it("count a second pass no second time", () => {
    const current = items(4, "old");
    const cycle = {
      ...current,
      "item/0": { name: "0", description: "old", next: "item/new" },
      "item/1": { name: "1", description: "new" },
      "item/new": { name: "new", needs: ["item/0"], next: "item/1" },
    };
    expect(hits(cycle, current, { maxUpdates: HALF })).toEqual([]);
  });

  it("stop at objects that the configuration names, unless they are new", () => {
    const guards = { protected: [{ kind: "item", name: "a*" }] };
    const [old, wanted] = [{ description: "old" }, { description: "new" }];
    expect(hits({ "item/ab": wanted, "item/b": wanted }, { "item/ab": old, "item/b": old }, guards)).toEqual([
      "protected: item/ab is protected in lockstep.yaml; the plan would update it",
    ]);
    expect(hits({ "item/ab": wanted }, {}, guards)).toEqual([]);
    expect(hits({ "slot/ab": { number: "1" } }, { "slot/ab": { number: "2" } }, guards)).toEqual([]);
  });

  it.each([
    ["*", "leaf/a/b"],
    ["b", "leaf/a/b"],
    ["a/b", "leaf/a/b"],
    ["Main*", "item/voice:Main (old)"],
    ["voice:Main (old)", "item/voice:Main (old)"],
  ])("find what %s means as the other rules do: %s", (name, coordinate) => {
    const guards = { protected: [{ kind: coordinate.split("/")[0] ?? "", name }] };
    expect(
      hits({ [coordinate]: { size: 1 } }, { [coordinate]: { size: 2 } }, guards, { known: ["item/a"] }),
    ).toHaveLength(1);
  });

  it("stop at the deletion of what carries callers", () => {
    const prune = { prune: true };
    const [old, other] = [{ "leaf/a/b": { name: "b" } }, { "item/a": {}, "leaf/a/c": { name: "c" } }];
    expect(hits(other, { ...other, ...old }, {}, prune)).toEqual([
      "protected: leaf/a/b carries entry points; the plan would delete it",
    ]);
    expect(
      hits({ "item/a": {}, "leaf/a/b": { size: 1 } }, { "item/a": {}, "leaf/a/b": { size: 2 } }, {}, prune),
    ).toEqual([]);
  });

  it.each<[string, number, number, boolean, number]>([
    ["half is left", 2, 4, true, 0],
    ["less than half is left", 1, 4, true, 1],
    ["nothing is left", 0, 4, true, 1],
    ["the only one is lost", 0, 1, true, 1],
    ["one of two is lost", 1, 2, true, 0],
    ["nothing would be deleted", 0, 4, false, 0],
  ])("doubt a source that shrank, when deleting: %s", (_, left, total, prune, count) => {
    const found = hits(items(left, "old"), items(total, "old"), {}, { prune });
    expect(found.filter((hit) => hit.startsWith("shrunken-kind"))).toHaveLength(count);
    if (count > 0)
      expect(found).toEqual([`shrunken-kind: The source has ${left} objects of kind item, the standby ${total}`]);
  });

  it("doubt a source that shrank where objects would lose their references to what it lost, without deleting too", () => {
    const was = { "team/a": { name: "a", lead: "person/ann" }, "item/x": { name: "x", home: "place/here" } };
    const now = { "team/a": { name: "a" }, "item/x": { name: "x", home: "place/here" } };
    const target = snapshotOf("standby", was, ["person/ann", "place/here"]);
    const source = (...known: string[]): Snapshot => snapshotOf("primary", now, ["place/here", ...known]);
    const lost =
      "shrunken-kind: The source has 0 objects of kind person, the standby 1, and team/a would no longer refer to person/ann";
    expect(hits(now, was, {}, { source: source(), target })).toEqual([lost]);
    // Somebody else is there: it is a decision.
    expect(hits(now, was, {}, { source: source("person/bob"), target })).toEqual([]);
  });

  it("doubt a source that does not list what its own objects refer to, when that would be deleted", () => {
    const user = { "item/a": { name: "a", needs: ["item/gone"] }, "item/b": { name: "b" } };
    const current = { ...user, "item/gone": { name: "gone" } };
    expect(hits(user, current, {}, { prune: true })).toEqual([
      "shrunken-kind: The source does not list item/gone, which would be deleted, and its item/a still refers to it",
    ]);
    expect(hits(user, current)).toEqual([]);
    const unused = { "item/a": { name: "a" }, "item/b": { name: "b" } };
    expect(hits(unused, { ...unused, "item/gone": { name: "gone" } }, {}, { prune: true })).toEqual([]);
  });

  it.each<[string, Obj, Obj, readonly string[]]>([
    ["members", { members: ["person/a", "person/b"] }, {}, ["/members: 2 before, 0 after"]],
    ["the last one", { tags: ["x"] }, { tags: [] }, ["/tags: 1 before, 0 after"]],
    ["all but one", { tags: ["x", "y"] }, { tags: ["z"] }, []],
    ["a list that was empty", { tags: [] }, { description: "new" }, []],
  ])("stop at an object that would lose %s", (_, before, after, lists) => {
    const kind = "members" in before ? "team" : "item";
    const [was, now] = [
      { name: "a", ...before },
      { name: "a", ...after },
    ];
    expect(hits({ [`${kind}/a`]: now }, { [`${kind}/a`]: was }, {}, { known: ["person/a", "person/b"] })).toEqual(
      lists.map((list) => `loses-all-members: ${kind}/a would lose everything in ${list}`),
    );
  });

  it.each<[number, readonly string[]]>([
    [23, []],
    [24, []],
    [30, ["stale-snapshot: The source was read 30 hours ago; guards.staleSnapshotHours permits at most 24 hours"]],
  ])("doubt a source that was read %i hours ago", (hours, expected) => {
    expect(hits({}, {}, {}, { sourceTakenAt: hoursAgo(hours) })).toEqual(expected);
  });

  it.each([
    ["", "The source does not say when it was read"],
    ["yesterday", 'The source says "yesterday" instead of when it was read'],
    [hoursAgo(-2), `The source says that it was read at ${hoursAgo(-2)}, which is in the future`],
  ])("doubt a source whose age cannot be told: %j", (sourceTakenAt, reason) => {
    const message = `stale-snapshot: ${reason}; guards.staleSnapshotHours permits at most 24 hours`;
    expect(hits({}, {}, {}, { sourceTakenAt })).toEqual([message]);
  });

  it("bear with a clock that is a few minutes behind", () => {
    expect(hits({}, {}, {}, { sourceTakenAt: hoursAgo(-0.1) })).toEqual([]);
  });
});

describe("guards that nobody allowed", () => {
  const stopped: GuardHit[] = [
    { guard: "max-updates", message: "Too many" },
    { guard: "protected", message: "Not this one" },
    { guard: "protected", message: "Nor that one" },
  ];

  it("stop with all that they found, and tell how to look into each instead of how to get past it", () => {
    const message = "max-updates: Too many\nprotected: Not this one\nprotected: Nor that one";
    const hint = `max-updates: ${guardHint("max-updates")}\nprotected: ${guardHint("protected")}`;
    expect(() => assertGuardsAllowed(stopped, new Set())).toThrow(
      expect.objectContaining({ code: "max-updates", message, hint, exit: 3 }),
    );
    for (const guard of GUARD_CODES) expect(guardHint(guard)).not.toMatch(/--allow|lockstep:allow/);
  });

  it("are passed one by one", () => {
    expect(() => assertGuardsAllowed(stopped, new Set(["max-updates"] as const))).toThrow(
      expect.objectContaining({ code: "protected", message: "Not this one\nNor that one" }),
    );
    expect(() => assertGuardsAllowed(stopped, new Set(["max-updates", "protected"] as const))).not.toThrow();
  });
});
