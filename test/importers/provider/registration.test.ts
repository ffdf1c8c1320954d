import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkName, registrations, type Registration } from "../../../src/importers/provider/rpc/registration.ts";
import { withLinked } from "../../../src/importers/provider/write/link.ts";
import { KINDS } from "../../../src/kinds/index.ts";
import { splitCoordinate } from "../../../src/model/coordinate.ts";
import { sameJson, textOf, type Json, type Obj } from "../../../src/model/json.ts";
import { withoutPlaces } from "../../../src/canonical/phases.ts";
import { references } from "../../../src/canonical/references.ts";
import { FLOWS } from "./random-objects.ts";

type Objects = ReadonlyMap<string, Obj>;

const queues = ["Billing", "Sales", "Support"];
const queue = fc.constantFrom(...queues).map((name) => `queue/${name}`);
const flow = fc.constantFrom("A", "B", "C").map((name) => `flow/inboundcall:${name}`);
const site = fc.constantFrom("S", "T", "U").map((name) => `site/${name}`);
const some = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

const objectOf: { readonly [kind: string]: fc.Arbitrary<{ [field: string]: unknown }> } = {
  queue: fc.record({
    division: fc.constant("division/@home"),
    queueFlow: some(flow),
    directRouting: some(fc.record({ backupQueueId: queue })),
    conditionalGroupRouting: some(fc.record({ rules: fc.array(fc.record({ queue }), { minLength: 1, maxLength: 2 }) })),
  }),
  flow: fc.record({ type: fc.constant("INBOUNDCALL"), yaml: fc.constantFrom(...FLOWS) }),
  site: fc.record({ primarySites: some(fc.uniqueArray(site, { minLength: 1, maxLength: 2 })) }),
  trunk: fc.record({ trunkType: fc.constant("EXTERNAL"), trunkMetabase: fc.constant("m"), site: some(site) }),
  "outbound-route": fc.record({ site: fc.constant("site/S") }),
};

const keys: { readonly [kind: string]: readonly string[] } = {
  queue: queues,
  flow: ["inboundcall:A", "inboundcall:B", "inboundcall:C"],
  site: ["S", "T", "U"],
  trunk: ["X", "Y"],
  "outbound-route": ["S/Default"],
};

/** Random objects that refer to one another; some that are referred to are missing. */
const organisations: fc.Arbitrary<Objects> = fc
  .tuple(
    ...Object.entries(keys).flatMap(([kind, names]) =>
      names.map((key) =>
        fc
          .tuple(fc.boolean(), fc.boolean(), objectOf[kind] ?? fc.constant({}))
          .map(([a, b, object]) => (a || b ? ([`${kind}/${key}`, plain(object, key)] as const) : undefined)),
      ),
    ),
  )
  .map((entries) => new Map([["division/@home", {}], ...entries.filter((entry) => entry !== undefined)]));

function plain(object: object, key: string): Obj {
  return JSON.parse(JSON.stringify({ name: key.split(/[:/]/).at(-1), ...object })) as Obj;
}

/** What an object refers to directly: fields, the parent in its key, and the queue that a text names. */
function targetsOf(coordinate: string, object: Obj): Set<string> {
  const { kind: name, key } = splitCoordinate(coordinate);
  const kind = KINDS.get(name);
  if (kind === undefined) return new Set();
  const named = queues.filter((queueName) => textOf(object["yaml"]).includes(`name: ${queueName}\n`));
  const parent = kind.parent === undefined ? [] : [`${kind.parent.kind}/${key.split("/")[0] ?? ""}`];
  const fields = references(kind, object).map((reference) => reference.coordinate);
  const targets = [...fields, ...parent, ...named.map((queueName) => `queue/${queueName}`)];
  return new Set(targets.filter((target) => target !== coordinate));
}

/** Everything that can be reached from an object, itself only by a cycle. */
function reachable(objects: Objects, from: string): Set<string> {
  const found = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const target of targetsOf(at, objects.get(at) ?? {})) {
      if (found.has(target) || !objects.has(target)) continue;
      found.add(target);
      open.push(target);
    }
  }
  return found;
}

/** Does an object need itself, through others or at once? */
function isInCircle(objects: Objects, coordinate: string): boolean {
  const kind = KINDS.get(splitCoordinate(coordinate).kind);
  const own = kind === undefined ? [] : references(kind, objects.get(coordinate) ?? {});
  const itself = own.some((reference) => reference.coordinate === coordinate && !reference.omitSelf);
  return itself || reachable(objects, coordinate).has(coordinate);
}

const register = (objects: Objects): { items: Registration[]; blocked: readonly { coordinate: string }[] } =>
  registrations(objects, KINDS, new Set());

describe("the registrations of an organisation", () => {
  it("hold every object once, or say why not", () => {
    fc.assert(
      fc.property(organisations, (objects) => {
        const { items, blocked } = register(objects);
        const names = items.map(({ coordinate }) => coordinate);
        expect(new Set(names).size).toBe(names.length);
        const without = blocked.map(({ coordinate }) => coordinate).filter((name) => !names.includes(name));
        expect([...names, ...without].sort()).toEqual([...objects.keys()].sort());
        for (const { coordinate, object } of items) expect(object).toBe(objects.get(coordinate));
      }),
    );
  });

  it("come in an order in which every need is met, and depend on their direct needs alone", () => {
    fc.assert(
      fc.property(organisations, (objects) => {
        const { items } = register(objects);
        const earlier = new Set<string>();
        for (const { coordinate, kind, object, linked, dependsOn } of items) {
          for (const name of dependsOn) expect(earlier).toContain(name);
          const whole = targetsOf(coordinate, object);
          for (const name of dependsOn) expect(whole).toContain(name);
          const first = targetsOf(coordinate, withoutPlaces(kind, object, linked));
          for (const target of first) if (objects.has(target)) expect(dependsOn).toContain(target);
          earlier.add(coordinate);
        }
      }),
    );
  });

  it("have a Link only where a cycle is closed, with what the object goes without", () => {
    fc.assert(
      fc.property(organisations, (objects) => {
        const { items, blocked } = register(objects);
        const names = new Set(items.map(({ coordinate }) => coordinate));
        for (const { coordinate, kind, object, linked, dependsOn, link } of items) {
          if (linked.length > 0) expect(isInCircle(objects, coordinate)).toBe(true);
          if (link === undefined) {
            const stuck = blocked.some((entry) => entry.coordinate === coordinate);
            expect(linked.length === 0 || stuck).toBe(true);
            continue;
          }
          expect(link.name).toBe(linkName(coordinate));
          expect(Object.keys(link.values)).toEqual(linked);
          expect(sameJson(withLinked(withoutPlaces(kind, object, linked), link.values), object)).toBe(true);
          expect(link.dependsOn).toContain(coordinate);
          for (const name of link.dependsOn) expect(names).toContain(name);
          const before = [...link.dependsOn, ...dependsOn];
          for (const target of targetsOf(coordinate, object)) expect(before).toContain(target);
        }
      }),
    );
  });

  it("are the same whatever exists already, so that a second run changes nothing", () => {
    fc.assert(
      fc.property(organisations, (objects) => {
        const complete = (known: ReadonlySet<string> | undefined): unknown =>
          registrations(objects, KINDS, known).items.map(({ coordinate, linked, dependsOn, link }) => [
            coordinate,
            linked,
            dependsOn,
            link,
          ]);
        const all = new Set(Object.entries(keys).flatMap(([kind, names]) => names.map((key) => `${kind}/${key}`)));
        expect(complete(all)).toEqual(complete(undefined));
        const { items, blocked } = register(objects);
        if (blocked.length === 0)
          expect(complete(new Set(items.map(({ coordinate }) => coordinate)))).toEqual(complete(undefined));
      }),
    );
  });

  it("open the cycle of a queue and the flow that transfers to it at the queue", () => {
    const [yaml = ""] = FLOWS;
    const { items, blocked } = register(
      new Map<string, Obj>([
        ["queue/Billing", { name: "Billing", queueFlow: "flow/inboundcall:Main" }],
        ["flow/inboundcall:Main", { name: "Main", type: "INBOUNDCALL", yaml }],
      ]),
    );
    expect(blocked).toEqual([]);
    expect(items.map(({ coordinate, linked, dependsOn, link }) => ({ coordinate, linked, dependsOn, link }))).toEqual([
      {
        coordinate: "queue/Billing",
        linked: ["/queueFlow"],
        dependsOn: [],
        link: {
          name: "link/queue/Billing",
          values: { "/queueFlow": "flow/inboundcall:Main" },
          dependsOn: ["flow/inboundcall:Main", "queue/Billing"],
        },
      },
      { coordinate: "flow/inboundcall:Main", linked: [], dependsOn: ["queue/Billing"], link: undefined },
    ]);
  });

  it("block what refers to nothing, unless it exists as it is", () => {
    const objects = new Map<string, Obj>([
      ["trunk/T", { name: "T", trunkType: "EXTERNAL", trunkMetabase: "m", site: "site/Gone" }],
      ["site/S", { name: "S" }],
    ]);
    const blockedOf = (known?: ReadonlySet<string>): readonly unknown[] =>
      registrations(objects, KINDS, known).blocked.map(({ coordinate, code }) => [coordinate, code]);
    expect(blockedOf(new Set())).toEqual([["trunk/T", "missing-reference"]]);
    expect(blockedOf(new Set(["site/Gone"]))).toEqual([]);
    expect(blockedOf(new Set(["trunk/T"]))).toEqual([]);
    expect(blockedOf()).toEqual([]);
  });

  it("open a cycle of integrations, whose settings may name each other", () => {
    const integration = (name: string, other: string): Obj => ({
      name,
      integrationType: "t",
      configuration: { properties: { next: `lockstep:integration/t:${other}` } },
    });
    const objects = new Map([
      ["integration/t:A", integration("A", "B")],
      ["integration/t:B", integration("B", "A")],
    ]);
    const { items, blocked } = register(objects);
    expect(blocked).toEqual([]);
    expect(items.map(({ coordinate }) => coordinate).sort()).toEqual([...objects.keys()]);
    expect(items.filter(({ link }) => link !== undefined)).toHaveLength(1);
  });

  it("block a cycle that nothing can open, unless its objects exist", () => {
    const thing = (name: string, next: string): Obj => ({ name, next: `skill/${next}` });
    const skill = KINDS.get("skill");
    if (skill === undefined) throw new Error("there is no skill");
    const next = { type: "string", "x-lockstep": { ref: "skill" } } as const;
    const schema = { ...skill.schema, properties: { ...skill.schema.properties, next } };
    const kinds = new Map([...KINDS, ["skill", { ...skill, schema }]]);
    const objects = new Map([
      ["skill/A", thing("A", "B")],
      ["skill/B", thing("B", "A")],
    ]);
    const { items, blocked } = registrations(objects, kinds, new Set());
    expect(items).toEqual([]);
    expect(blocked).toMatchObject([{ code: "reference-cycle" }, { code: "reference-cycle" }]);
    const existing = registrations(objects, kinds, new Set(objects.keys()));
    expect(existing.blocked).toEqual([]);
    expect(existing.items.map(({ coordinate }) => coordinate).sort()).toEqual([...objects.keys()]);
  });

  it("keep out kinds that are not written, and names that Pulumi loses", () => {
    const lost = { name: "T", schema: {}, rows: JSON.parse('{"__proto__":{"a":1}}') as Json };
    const { items, blocked } = register(
      new Map<string, Obj>([
        ["user/ann@example.com", {}],
        ["sip-header-mapping/X-A", {}],
        ["data-table/T", lost],
        ["skill/Dutch", { name: "Dutch" }],
      ]),
    );
    expect(items.map(({ coordinate }) => coordinate)).toEqual(["skill/Dutch"]);
    expect(blocked).toMatchObject([{ coordinate: "data-table/T", code: "unsupported-name" }]);
  });

  it("take 2,000 objects without effort", () => {
    const objects = new Map<string, Obj>([["division/@home", {}]]);
    for (let at = 0; at < 2000; at += 1) {
      const next = { queue: `queue/Q${(at * 7 + 1) % 2000}` };
      objects.set(`queue/Q${at}`, {
        name: `Q${at}`,
        division: "division/@home",
        ...(at % 50 === 0
          ? { conditionalGroupRouting: { rules: [next] } }
          : { directRouting: { backupQueueId: next.queue } }),
      });
    }
    const started = process.cpuUsage();
    const { items } = register(objects);
    const { user } = process.cpuUsage(started);
    expect(items).toHaveLength(2001);
    expect(items.filter(({ link }) => link !== undefined).length).toBeGreaterThan(0);
    expect(user / 1e6).toBeLessThan(5);
  });
});
