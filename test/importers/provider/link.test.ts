import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  firstPassObject,
  linkedValues,
  unresolvedPointers,
  withLinked,
  withLinkedOf,
} from "../../../src/importers/provider/write/link.ts";
import { canonicalInputs } from "../../../src/importers/provider/check/canonical-inputs.ts";
import { KINDS } from "../../../src/kinds/index.ts";
import { sameJson, type Obj } from "../../../src/model/json.ts";
import type { Kind } from "../../../src/model/kind.ts";
import { references } from "../../../src/canonical/references.ts";
import { deferredPointers, firstPass, withoutPlaces } from "../../../src/canonical/phases.ts";
import { FLOWS, objects, WRITTEN } from "./random-objects.ts";

function kind(name: string): Kind {
  const found = KINDS.get(name);
  if (found === undefined) throw new Error(name);
  return found;
}

const some = fc
  .constantFrom(...WRITTEN.map(({ name }) => name))
  .chain((name) => fc.tuple(fc.constant(name), objects(kind(name)), objects(kind(name))));

describe("what a Link writes", () => {
  it("is what the first pass of an apply leaves out", () => {
    fc.assert(
      fc.property(some, ([name, object]) => {
        const without = withoutPlaces(kind(name), object, deferredPointers(kind(name), object));
        expect(sameJson(without, canonicalInputs(kind(name), firstPass(kind(name), object)))).toBe(true);
        expect(references(kind(name), without).filter(({ phase2 }) => phase2)).toEqual([]);
      }),
    );
  });

  it("makes the object whole again", () => {
    fc.assert(
      fc.property(some, ([name, object]) => {
        const pointers = deferredPointers(kind(name), object);
        const whole = withLinked(withoutPlaces(kind(name), object, pointers), linkedValues(object, pointers));
        expect(sameJson(whole, object)).toBe(true);
      }),
    );
  });

  it("can stay as another object has it", () => {
    fc.assert(
      fc.property(some, ([name, wanted, live]) => {
        const pointers = deferredPointers(kind(name), wanted);
        const kept = withLinkedOf(kind(name), wanted, live, pointers);
        expect(linkedValues(kept, pointers)).toEqual(linkedValues(live, pointers));
        expect(sameJson(withoutPlaces(kind(name), kept, pointers), withoutPlaces(kind(name), wanted, pointers))).toBe(
          true,
        );
      }),
    );
  });

  it("names every field of a queue and a site that may close a cycle", () => {
    const queue: Obj = {
      name: "Q",
      queueFlow: "flow/a",
      directRouting: { backupQueueId: "queue/b", waitForAgent: true },
      mediaSettings: { callback: { liveVoiceFlow: "flow/c" }, call: {} },
      acwSettings: { timeoutMs: 1 },
    };
    const pointers = ["/directRouting/backupQueueId", "/mediaSettings/callback/liveVoiceFlow", "/queueFlow"];
    expect(deferredPointers(kind("queue"), queue)).toEqual(pointers);
    expect(withoutPlaces(kind("queue"), queue, pointers)).toEqual({
      name: "Q",
      directRouting: { waitForAgent: true },
      mediaSettings: { call: {} },
      acwSettings: { timeoutMs: 1 },
    });
    expect(deferredPointers(kind("site"), { name: "S", primarySites: ["site/A"], location: "location/L" })).toEqual([
      "/primarySites",
    ]);
  });
});

describe("what a create writes of an object with a Link", () => {
  const flow = { name: "Main", type: "INBOUNDCALL", yaml: FLOWS[0] ?? "" };

  it("is the text without what names objects that are not there", () => {
    const first = firstPassObject(kind("flow"), flow, ["/yaml"], ({ name }) => name !== "Billing");
    expect(first["yaml"]).not.toContain("Billing");
    expect(first["yaml"]).toContain("Main menu");
    expect(firstPassObject(kind("flow"), flow, ["/yaml"], () => true)).toEqual(flow);
    expect(firstPassObject(kind("flow"), flow, [], () => false)).toEqual(flow);
  });

  it("waits where a linked value refers to what does not exist", () => {
    const queue = {
      name: "Q",
      division: "division/gone",
      queueFlow: "flow/there",
      conditionalGroupRouting: { rules: [{ queue: "queue/gone" }] },
    };
    const existing = { coordinate: (name: string) => !name.endsWith("gone"), named: () => false };
    expect(unresolvedPointers(kind("queue"), queue, deferredPointers(kind("queue"), queue), existing)).toEqual([
      "/conditionalGroupRouting/rules",
    ]);
    expect(unresolvedPointers(kind("flow"), flow, ["/yaml"], existing)).toEqual(["/yaml"]);
    expect(unresolvedPointers(kind("flow"), flow, ["/yaml"], { ...existing, named: () => true })).toEqual([]);
    expect(unresolvedPointers(kind("flow"), flow, [], existing)).toEqual([]);
  });
});
