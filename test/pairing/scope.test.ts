import { describe, expect, it } from "vitest";
import { comparedTarget, pairingTarget } from "../../src/pairing/target.ts";
import { KINDS, snapshotOf, targetWith } from "./fake-kinds.ts";
import { paired } from "./helpers.ts";

const OBJECTS = {
  "queue/a": { name: "a" },
  "queue/Test 1": { name: "Test 1" },
  "skill/s": { name: "s" },
  "site/S": { name: "S" },
  "outbound-route/S/r": { name: "r" },
  "trunk/t": { name: "t", host: "h" },
};
const include = { kinds: [], exclude: [], members: "emails", secrets: "values" } as const;

function comparedKeys(...input: Parameters<typeof paired>): string[] {
  const pairing = paired(...input);
  const source = [...pairing.desired.keys()].sort();
  const standby = [...comparedTarget(snapshotOf(input[0]), pairing, KINDS).keys()].sort();
  expect(standby).toEqual(source);
  return source;
}

describe("what is compared", () => {
  it("is everything that is written or derived, unless told otherwise", () => {
    const objects = { ...OBJECTS, "user/ann@example.com": {} };
    expect(comparedKeys(objects)).toEqual([...Object.keys(OBJECTS), "header/X-t"].sort());
  });

  it("are only the kinds that are named", () => {
    expect(comparedKeys(OBJECTS, { include: { ...include, kinds: ["queue", "header", "trunk"] } })).toEqual([
      "header/X-t",
      "queue/Test 1",
      "queue/a",
      "trunk/t",
    ]);
  });

  it("leaves out excluded names, their children and what derives from them", () => {
    const exclude = [
      { kind: "queue", name: "Test*" },
      { kind: "site", name: "S" },
      { kind: "trunk", name: "t" },
    ];
    expect(comparedKeys(OBJECTS, { include: { ...include, exclude } })).toEqual(["queue/a", "skill/s"]);
  });

  it("leaves an object out on both sides, whichever of its names is excluded", () => {
    const renames = [{ kind: "queue", from: "a", to: "b" }];
    const standby = snapshotOf({ "queue/b": { name: "b" }, "queue/a": { name: "a" } });
    for (const name of ["a", "b"]) {
      const exclude = [{ kind: "queue", name }];
      const pairing = paired({ "queue/a": { name: "a" } }, { renames, include: { ...include, exclude } });
      expect([...pairing.desired.keys()]).toEqual([]);
      expect(comparedTarget(standby, pairing, KINDS).has("queue/b")).toBe(false);
    }
  });

  it("keeps what only the standby has, so that it is seen as too much", () => {
    const pairing = paired(OBJECTS);
    expect([...comparedTarget(snapshotOf({ "queue/extra": { name: "extra" } }), pairing, KINDS).keys()]).toEqual([
      "queue/extra",
    ]);
  });
});

describe("independent flows", () => {
  const flows = [{ name: "Special*", mode: "independent" as const }];
  const objects = {
    "queue/a": { name: "a" },
    "flow/voice:Special": { name: "Special", type: "voice", yaml: "queue: a\nqueue: gone\nuser: ann@example.com" },
    "flow/voice:Plain": { name: "Plain", type: "voice", yaml: "name: Plain" },
    "ivr/i": { name: "i", openHoursFlow: "flow/voice:Special" },
  };

  it("are left out on both sides and reported with what the standby lacks for them", () => {
    const pairing = paired(objects, { flows }, targetWith("flow/voice:Special"));
    expect([...pairing.desired.keys()]).toEqual(["queue/a", "flow/voice:Plain", "ivr/i"]);
    expect([...comparedTarget(snapshotOf(objects), pairing, KINDS).keys()]).not.toContain("flow/voice:Special");
    expect(pairing.findings).toMatchObject([
      {
        code: "independent-flow",
        coordinate: "flow/voice:Special",
        message: expect.stringContaining(
          "its content is not compared, only what the primary's version refers to",
        ) as string,
      },
      { code: "missing-reference", coordinate: "flow/voice:Special", path: "/yaml/1" },
      { code: "missing-in-standby", coordinate: "flow/voice:Special", path: "/yaml/2" },
    ]);
  });

  it("are missed by what refers to them when the standby has none", () => {
    expect(paired(objects, { flows }).findings[0]?.message).toBe(
      "Should have a version of its own in the standby (mode independent), but the standby has none",
    );
    expect(paired(objects, { flows }).findings.map(({ code, coordinate }) => [code, coordinate])).toEqual([
      ["independent-missing", "flow/voice:Special"],
      ["missing-reference", "flow/voice:Special"],
      ["missing-in-standby", "flow/voice:Special"],
      ["missing-in-standby", "ivr/i"],
    ]);
  });

  it("go by the first rule, and by either name", () => {
    const rules = {
      flows: [{ name: "Special DR", mode: "replica" as const }, ...flows],
      renames: [{ kind: "flow", from: "Special", to: "Special DR" }],
    };
    expect(paired(objects, rules).desired.has("flow/voice:Special DR")).toBe(true);
  });
});

describe("what pairing knows of the standby", () => {
  it("are its ids, its Home division and the kinds that it could not read", () => {
    const snapshot = snapshotOf({ "queue/a": { name: "a" } }, ["user/ann@example.com"]);
    const none = { listed: 0, read: 0, kept: 0 };
    const counts = { queue: none, user: { ...none, incomplete: "403" } };
    const target = pairingTarget({ ...snapshot, counts });
    expect([...target.coordinates].sort()).toEqual(["queue/a", "user/ann@example.com"]);
    expect([...target.unread]).toEqual(["user"]);
    expect(target.homeDivision).toBe("Home");
  });
});
