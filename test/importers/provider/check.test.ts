import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkInputs, checkLink } from "../../../src/importers/provider/check/check.ts";
import { naturalKey } from "../../../src/importers/provider/check/natural-key.ts";
import { canonicalInputs } from "../../../src/importers/provider/check/canonical-inputs.ts";
import { UNKNOWN } from "../../../src/importers/provider/rpc/values.ts";
import { KINDS } from "../../../src/kinds/index.ts";
import { isList, type Json, type Obj } from "../../../src/model/json.ts";
import type { Kind } from "../../../src/model/kind.ts";
import { shapeCheck } from "../../../src/snapshot/validate-shape.ts";
import { readPath } from "./property-paths.ts";
import { FLOWS, objects, WRITTEN } from "./random-objects.ts";

function kind(name: string): Kind {
  const found = KINDS.get(name);
  if (found === undefined) throw new Error(name);
  return found;
}

/** Failures as `property: reason`. */
function failures(name: string, news: Obj, olds: Obj = {}): string[] {
  return checkInputs(kind(name), news, olds).failures.map(({ property, reason }) => `${property}: ${reason}`);
}

const some = fc
  .constantFrom(...WRITTEN.map(({ name }) => name))
  .chain((name) => fc.tuple(fc.constant(name), objects(kind(name))));

/** Every place of a value, as the names and indices that lead to it. */
function placesOf(value: Json, path: readonly string[] = []): string[][] {
  const children = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [[...path], ...children.flatMap(([name, child]) => placesOf(child, [...path, name]))];
}

function withAt(value: Json, [name, ...rest]: readonly string[], next: Json): Json {
  if (name === undefined || typeof value !== "object" || value === null) return next;
  if (isList(value)) return value.map((item, at) => (String(at) === name ? withAt(item, rest, next) : item));
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, key === name ? withAt(child, rest, next) : child]),
  );
}

describe("inputs of a resource", () => {
  it("in canonical form stay as they are and pass, and get their key from the fields", () => {
    fc.assert(
      fc.property(some, ([name, object]) => {
        expect(shapeCheck(kind(name).schema)("", object)).toEqual([]);
        const { inputs, failures: found } = checkInputs(kind(name), object);
        const { key, ...rest } = inputs;
        expect(rest).toEqual(object);
        // Home has no name, and no field of an e-mail route tells its domain: a program gives their keys.
        if (naturalKey(kind(name), object) === undefined) expect(key).toBeUndefined();
        else expect(found).toEqual([]);
        expect(checkInputs(kind(name), inputs).inputs).toEqual(inputs);
      }),
      { numRuns: 40 },
    );
  });

  it("pass wherever something is not known yet", () => {
    fc.assert(
      fc.property(some, fc.nat(), ([name, object], at) => {
        const places = placesOf(object).slice(1);
        const place = places[at % Math.max(1, places.length)];
        if (place === undefined) return;
        const unknown = withAt(object, place, UNKNOWN) as Obj;
        const { failures: found } = checkInputs(kind(name), { ...unknown, key: UNKNOWN });
        expect(found).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("are told about at a path that the engine understands", () => {
    fc.assert(
      fc.property(some, fc.nat(), ([name, object], at) => {
        const places = placesOf(object).slice(1);
        const place = places[at % Math.max(1, places.length)];
        if (place === undefined) return;
        const wrong = withAt(object, place, { "no such field": [1] }) as Obj;
        for (const { property, reason } of checkInputs(kind(name), wrong).failures) {
          expect(readPath(property)).not.toEqual([]);
          expect(reason).not.toBe("");
        }
      }),
      { numRuns: 60 },
    );
  });

  it("come back in canonical form: sets sorted, nothing empty", () => {
    const given = {
      name: "I",
      key: "I",
      description: "",
      dnis: ["+2", "+1", "+2", ""],
      scheduleGroup: null,
      lockstep: { ignored: ["/description"] },
    };
    expect(checkInputs(kind("ivr"), given)).toEqual({
      inputs: { key: "I", name: "I", dnis: ["+1", "+2"], lockstep: { ignored: ["/description"] } },
      failures: [],
    });
    expect(canonicalInputs(kind("data-table"), { name: "T", schema: {}, rows: { a: {}, b: { c: "" } } })).toEqual({
      name: "T",
      rows: { a: {}, b: { c: "" } },
    });
  });

  it("of the wrong type, missing or unknown are refused with what was meant", () => {
    expect(failures("queue", { key: "Q", acwSettings: { timeoutMs: "soon", wrapupPromt: "OPTIONAL" } })).toEqual([
      "name: Is missing",
      'acwSettings.wrapupPromt: Is not known. Did you mean "wrapupPrompt"?',
      'acwSettings.timeoutMs: Is "soon"; expected a value of type "integer"',
    ]);
    expect(failures("queue", { name: "Q", zzzzzzzz: 1 })).toEqual(["zzzzzzzz: Is no field of a queue"]);
    expect(failures("site", { name: "S", numberPlans: [{ name: "P", matchTyp: "regex" }] })).toEqual([
      'numberPlans[0].matchTyp: Is not known. Did you mean "matchType" or "match"?',
    ]);
    expect(failures("queue", { name: "Q", coordinate: "queue/Q" })).toEqual(["coordinate: Is no field of a queue"]);
  });

  it("that the organisation knows and the schema does not pass where they are named", () => {
    const queue = { name: "Q", acwSettings: { newSetting: true } };
    expect(failures("queue", queue)).toHaveLength(1);
    expect(failures("queue", { ...queue, lockstep: { extra: ["/acwSettings/newSetting"] } })).toEqual([]);
  });

  it("that are operational state pass, those of the platform do not, secrets are sent elsewhere", () => {
    expect(failures("outbound-route", { name: "R", site: "site/S", enabled: false })).toEqual([]);
    expect(failures("queue", { name: "Q", id: "x" })).toEqual(["id: Belongs to Genesys Cloud and cannot be given"]);
    const password = "trunk_sip_authentication_credentials_password";
    const trunk = { name: "T", trunkType: "EXTERNAL", trunkMetabase: "m", properties: { [password]: "canary" } };
    const found = failures("trunk", trunk);
    expect(found).toEqual([
      `properties.${password}: Is a secret, which would end up in the state: give it with \`secrets\` in lockstep.yaml`,
    ]);
    expect(found.join()).not.toContain("canary");
    expect(
      failures("credential", { name: "C", type: "t", credentialFields: { token: "canary" } }).join(),
    ).not.toContain("canary");
  });

  it("refer to objects by coordinate", () => {
    const id = "0f2e9c1a-5b7d-4e3f-8a6b-9c0d1e2f3a4b";
    expect(failures("queue", { name: "Q", division: id, queueFlow: "Hold", wrapUpCodes: [UNKNOWN] })).toEqual([
      'division: Is an id; refer to an object by kind and name, such as "division/Sales"',
      'queueFlow: Is no coordinate; refer to an object by kind and name, such as "division/Sales"',
    ]);
  });

  it("have the key that their fields make", () => {
    expect(failures("queue", { name: "Q", key: "R" })).toEqual([
      'key: Is "R", but the fields of the object make it "Q"',
    ]);
    expect(failures("queue", { name: "Q", key: "" })).toHaveLength(2);
    expect(checkInputs(kind("outbound-route"), { name: "A/B", site: "site/S/1" }).inputs["key"]).toBe("S~11/A~1B");
    expect(failures("division", { key: "@home", description: "d" })).toEqual([]);
    expect(failures("division", { description: "d" })).toEqual([
      "key: Is missing: the name by which the object is known in both organisations",
    ]);
    expect(checkInputs(kind("queue"), { name: UNKNOWN }).inputs["key"]).toBe(UNKNOWN);
    const auth = { name: "login", category: "c", integrationId: "integration/x:y", key: "x:y/@auth" };
    expect(failures("data-action", auth)).toEqual([]);
  });

  it("say in a known way how lockstep treats them", () => {
    expect(failures("queue", { name: "Q", lockstep: { ignord: [], linked: ["queueFlow"], retained: "yes" } })).toEqual([
      'lockstep.ignord: Is no setting of lockstep. Did you mean "ignored"?',
      'lockstep.linked: Must be a list of pointers such as "/acwSettings/timeoutMs"',
      "lockstep.retained: Must be true or false",
    ]);
    expect(failures("queue", { name: "Q", lockstep: 1 })).toHaveLength(1);
    expect(failures("queue", { key: "Q", lockstep: { retained: true } })).toEqual([]);
    expect(failures("queue", { lockstep: { retained: true } })).toHaveLength(1);
  });

  it("have a readable text, which is read once", () => {
    const flow = (yaml: string): Obj => ({ name: "Main", type: "INBOUNDCALL", yaml });
    const broken = flow("inboundCall: [");
    expect(failures("flow", flow(FLOWS[0] ?? ""))).toEqual([]);
    expect(failures("flow", broken)[0]).toMatch(/^yaml: /);
    expect(failures("flow", broken, broken)).toEqual([]);
    expect(failures("flow", flow(UNKNOWN))).toEqual([]);
  });
});

describe("inputs of a Link", () => {
  const check = (news: Obj): string[] =>
    checkLink(KINDS, news).failures.map(({ property, reason }) => `${property}: ${reason}`);

  it("name an object and values that may close a cycle", () => {
    expect(check({ target: "queue/Q", values: { "/queueFlow": "flow/inqueuecall:Hold" } })).toEqual([]);
    expect(check({ target: "flow/inboundcall:Main", values: { "/yaml": FLOWS[0] ?? "" } })).toEqual([]);
    expect(check({ target: UNKNOWN, values: {} })).toEqual([]);
    expect(check({ target: "queue/Q", values: UNKNOWN })).toEqual([]);
    expect(checkLink(KINDS, { target: "site/S", values: { "/primarySites": ["site/B", "site/A"] } })).toEqual({
      inputs: { target: "site/S", values: { "/primarySites": ["site/A", "site/B"] } },
      failures: [],
    });
  });

  it("are refused otherwise", () => {
    expect(check({ target: "queue/Q", values: { "/description": "x" } })).toEqual([
      'values["/description"]: A queue has nothing at /description that may close a cycle of references',
    ]);
    for (const target of ["user/ann", "Billing", "queue/", 1]) {
      expect(check({ target, values: {} })[0]).toMatch(/^target: /);
    }
    expect(check({ target: "queue/Q" })[0]).toMatch(/^values: /);
    expect(check({ target: "queue/Q", values: {}, more: 1 })).toEqual(["more: A Link has no input more"]);
  });
});
