import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Obj } from "../../src/model/json.ts";
import { sameJson } from "../../src/model/json.ts";
import { joinKey } from "../../src/model/coordinate.ts";
import { relinkObject } from "../../src/canonical/relink.ts";
import { KINDS, targetWith } from "./fake-kinds.ts";
import { paired } from "./helpers.ts";

const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }),
  fc.constantFrom("__proto__", "constructor", "a/b", "a~1b", "..", "😀", "Ü:x", "-", "name\nline", "x".repeat(300)),
);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 6 });
const pick = (from: readonly string[]) => fc.constantFrom(...from);

/** Queues, skills, users, sites with routes and flows that refer to one another in every way the fake kinds have. */
const organisation = fc
  .record({ queues: names, skills: names, users: names, sites: names })
  .chain(({ queues, skills, users, sites }) =>
    fc.record({
      skills: fc.constant(skills.map((skill): [string, Obj] => [`skill/${skill}`, { name: skill }])),
      sites: fc.constant(sites.map((site): [string, Obj] => [`site/${site}`, { name: site }])),
      routes: fc.constant(sites.map((site): [string, Obj] => [`outbound-route/${joinKey(site, "r")}`, { name: "r" }])),
      queues: fc.tuple(...queues.map((queue) => queueOf(queue, queues, skills, users))),
      flow: pick(queues).map((queue): [string, Obj] => [
        "flow/voice:f",
        { name: "f", type: "voice", yaml: `queue: ${queue.replaceAll(/\s/g, " ")}` },
      ]),
      users: fc.constant(users),
    }),
  )
  .map(({ skills, sites, routes, queues, flow, users }) => ({
    objects: Object.fromEntries([...skills, ...sites, ...routes, ...queues, flow]),
    users: users.map((user) => `user/${user}`),
  }));

function queueOf(queue: string, queues: readonly string[], skills: readonly string[], users: readonly string[]) {
  return fc
    .record({
      skills: fc.subarray([...skills], { minLength: 1 }),
      members: fc.subarray([...users], { minLength: 1 }),
      next: pick(queues),
      manager: pick(users),
    })
    .map(({ skills: some, members, next, manager }): [string, Obj] => [
      `queue/${queue}`,
      {
        name: queue,
        skills: some.map((skill) => `skill/${skill}`).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
        members: Object.fromEntries(members.map((user) => [user, { ring: 1 }])),
        rings: [{ queue: `queue/${next}` }],
        manager: `user/${manager}`,
      },
    ]);
}

describe("pairing, whatever the organisation", () => {
  it("is the identity without rules, for a standby that knows the same people", () => {
    fc.assert(
      fc.property(organisation, ({ objects, users }) => {
        const { desired, origin, findings } = paired(objects, {}, targetWith(...users), users);
        expect(Object.fromEntries(desired)).toEqual(objects);
        expect([...origin].every(([to, from]) => to === from)).toBe(true);
        expect(findings.filter(({ path }) => path?.startsWith("/yaml") !== true)).toEqual([]);
      }),
    );
  });

  it("undoes a rename by the opposite rename", () => {
    fc.assert(
      fc.property(organisation, ({ objects, users }) => {
        const kinds = ["queue", "skill", "site", "user", "flow"];
        const there = kinds.map((kind) => ({ kind, pattern: "^", replace: "DR: " }));
        const back = kinds.map((kind) => ({ kind, pattern: "^DR: ", replace: "" }));
        const away = paired(objects, { renames: there }, targetWith(...users.map(moved)), users);
        expect([...away.desired.keys()].some((coordinate) => coordinate.startsWith("queue/DR: "))).toBe(true);
        const home = paired(
          Object.fromEntries(away.desired),
          { renames: back },
          targetWith(...users),
          users.map(moved),
        );
        expect(sameJson(Object.fromEntries(home.desired), objects)).toBe(true);
      }),
    );
  });

  it("changes nothing that it is given", () => {
    fc.assert(
      fc.property(organisation, ({ objects, users }) => {
        const before = JSON.stringify(objects);
        const renames = [{ kind: "queue", pattern: "(.*)", replace: "x$1" }];
        const overrides = [{ kind: "queue", name: "*", path: "/description", value: "other" }];
        paired(objects, { renames, overrides }, targetWith(), users);
        expect(JSON.stringify(objects)).toBe(before);
      }),
    );
  });

  it("shares what does not change", () => {
    const queue = KINDS.get("queue");
    fc.assert(
      fc.property(organisation, ({ objects }) => {
        for (const object of Object.values(objects)) {
          if (queue !== undefined) expect(relinkObject(queue, object, (coordinate) => coordinate)).toBe(object);
        }
      }),
    );
  });
});

function moved(user: string): string {
  return user.replace("user/", "user/DR: ");
}
