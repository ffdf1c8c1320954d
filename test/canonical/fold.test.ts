import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { requestBody } from "../../src/canonical/denormalise.ts";
import { normalise, type Normalised } from "../../src/canonical/normalise.ts";
import { references } from "../../src/canonical/references.ts";
import { relinkObject } from "../../src/canonical/relink.ts";
import { arrayForm, setForm } from "../../src/canonical/set-form.ts";
import { canonicalInputs } from "../../src/importers/provider/check/canonical-inputs.ts";
import { canonicalJson, isList, isObj, type Obj } from "../../src/model/json.ts";
import type { Kind } from "../../src/model/kind.ts";
import { objectWith, valueAt } from "../../src/model/pointer.ts";
import { at, isOutside, law, refers, reversed } from "./random/law.ts";
import type { Fact } from "./random/object.ts";

const told = (path: string, coordinate: string): string => `${path} ${coordinate}`;
const same = (coordinate: string): string => coordinate;

/** An id that looks like one of the platform. */
function idOf(coordinate: string): string {
  const hex = createHash("sha256").update(coordinate).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

/** The object as the API would answer it, read again; and which references were looked up on the way there and back. */
function roundTrip(kind: Kind, object: Obj, facts: readonly Fact[]): Normalised & { sent: string[]; read: string[] } {
  const known = new Map(facts.filter(refers).map(({ coordinate = "" }) => [idOf(coordinate), coordinate]));
  const [sent, read]: [string[], string[]] = [[], []];
  const body = requestBody(kind, "one/Self", object, (coordinate) => {
    sent.push(coordinate);
    return idOf(coordinate);
  });
  const normalised = normalise(kind, "one/Self", body, (name, id) => {
    const coordinate = known.get(id);
    if (coordinate?.startsWith(`${name}/`) !== true) return undefined;
    read.push(coordinate);
    return coordinate;
  });
  return { ...normalised, sent: sent.sort(), read: read.sort() };
}

/** What a request carries of an object and an answer is compared by. */
function compared({ schema }: Kind, object: Obj, facts: readonly Fact[]): Obj {
  const plain = facts
    .filter(({ is }) => is === "excluded")
    .reduce((carry, fact) => objectWith(carry, at(fact), undefined), object);
  const isPart = (name: string): boolean => schema.properties?.[name]?.["x-lockstep"]?.part === true;
  return Object.fromEntries(Object.entries(plain).filter(([name]) => !isPart(name)));
}

describe("a reference", () => {
  it("is one for everybody", () => {
    law((kind, object, facts) => {
      const places = facts
        .filter(refers)
        .map((fact) => told(at(fact), fact.coordinate ?? ""))
        .sort();
      const found = references(kind, object).map(({ path, coordinate }) => told(path, coordinate));
      expect(found.sort()).toEqual(places);
      const seen: string[] = [];
      relinkObject(kind, object, (coordinate, path) => {
        seen.push(told(path(), coordinate));
        return coordinate;
      });
      expect(seen.sort()).toEqual(places);
      const inBody = facts.flatMap((fact) => (refers(fact) && !fact.inPart ? [fact.coordinate ?? ""] : [])).sort();
      const { sent, read } = roundTrip(kind, object, facts);
      expect({ sent, read }).toEqual({ sent: inBody, read: inBody });
    });
  });

  it("is all that changes when it leads elsewhere; the rest is shared", () => {
    law((kind, object, facts) => {
      expect(relinkObject(kind, object, same)).toBe(object);
      const there = relinkObject(kind, object, (coordinate) => coordinate.replace(/^alpha\/.*/, "$&, moved"));
      const back = relinkObject(kind, there, (coordinate) => coordinate.replace(/, moved$/, ""));
      expect(canonicalJson(back)).toBe(canonicalJson(object));
      const moved = new Set(
        facts.flatMap((one) => (refers(one) && one.coordinate?.startsWith("alpha/") === true ? [one.path[0]] : [])),
      );
      for (const [name, value] of Object.entries(object)) expect(there[name] === value).toBe(!moved.has(name));
    });
  });
});

describe("an answer of the API", () => {
  it("gives back what a request carried, but for what is not compared", () => {
    law((kind, object, facts) => {
      const { object: back, findings } = roundTrip(kind, object, facts);
      expect(canonicalJson(back)).toBe(canonicalJson(compared(kind, object, facts)));
      expect(findings).toEqual([]);
    });
  });

  it("has its operational state set apart, and nothing else", () => {
    law((kind, object, facts) => {
      const kept = facts.filter(({ owner, inPart }) => (owner === "operational" || owner === "org") && !inPart);
      const { state } = roundTrip(kind, object, facts);
      expect(state).toEqual(Object.fromEntries(kept.map((fact) => [at(fact), valueAt(object, at(fact))])));
    });
  });
});

describe("a set", () => {
  it("has one order for everybody", () => {
    law((kind, object, facts) => {
      const other = reversed(object, facts, "set");
      const bytes = canonicalJson(object);
      expect(canonicalJson(canonicalInputs(kind, other))).toBe(bytes);
      expect(canonicalJson(relinkObject(kind, other, same))).toBe(bytes);
      expect(canonicalJson(arrayForm(kind, setForm(kind, other)))).toBe(bytes);
      expect(canonicalJson(roundTrip(kind, other, facts).object)).toBe(canonicalJson(compared(kind, object, facts)));
      const members = setForm(kind, object);
      for (const fact of facts.filter(isOutside))
        if (fact.is === "set") expect(isObj(valueAt(members, at(fact)))).toBe(true);
    });
  });
});

describe("a sequence", () => {
  it("keeps its order for everybody", () => {
    law((kind, object, facts) => {
      const other = reversed(object, facts, "sequence");
      const bytes = canonicalJson(other);
      expect(canonicalJson(canonicalInputs(kind, other))).toBe(bytes);
      expect(relinkObject(kind, other, same)).toBe(other);
      expect(canonicalJson(arrayForm(kind, setForm(kind, other)))).toBe(bytes);
      const answered = reversed(compared(kind, object, facts), facts, "sequence");
      expect(canonicalJson(roundTrip(kind, other, facts).object)).toBe(canonicalJson(answered));
      const members = setForm(kind, object);
      for (const fact of facts.filter(isOutside))
        if (fact.is === "sequence") expect(isList(valueAt(members, at(fact)))).toBe(true);
    });
  });
});
