import { describe, expect, it } from "vitest";
import type { Content } from "../../src/model/kind.ts";
import type { Schema } from "../../src/model/schema.ts";
import { contentReferences, nameIndex, parentReference, references } from "../../src/canonical/references.ts";

const schema: Schema = {
  type: "object",
  properties: {
    name: { type: "string" },
    division: { type: "string", "x-lockstep": { ref: "division" } },
    flow: { type: "string", "x-lockstep": { ref: "flow", phase: 2 } },
    skills: { type: "array", items: { type: "string", "x-lockstep": { ref: "skill" } } },
    members: {
      type: "object",
      additionalProperties: { type: "object", properties: { ring: { type: "integer" } } },
      "x-lockstep": { array: { by: "user", ref: "user" } },
    },
    rules: { type: "array", items: { $ref: "#/$defs/rule" } },
    backup: { $ref: "#/$defs/queueRef", "x-lockstep": { ref: "queue", phase: 2 } },
    free: { type: "object", "x-lockstep": { opaque: true }, additionalProperties: { "x-lockstep": { ref: "queue" } } },
    target: { type: "string", "x-lockstep": { ref: { QUEUE: "queue", SKILL: "skill" } } },
  },
  $defs: {
    rule: { type: "object", properties: { queue: { $ref: "#/$defs/queueRef" }, then: { $ref: "#/$defs/rule" } } },
    queueRef: { type: "string", "x-lockstep": { ref: "queue" } },
  },
};

describe("references", () => {
  const kind = { schema };

  it("finds values, with their pointer and whether they can wait for a second pass", () => {
    expect(references(kind, { name: "queue/X", division: "division/@home", flow: "flow/inboundcall:Main" })).toEqual([
      { coordinate: "division/@home", path: "/division", phase2: false, at: "value", omitSelf: false },
      { coordinate: "flow/inboundcall:Main", path: "/flow", phase2: true, at: "value", omitSelf: false },
    ]);
  });

  it("finds items of arrays and keys of maps, with escaped pointers", () => {
    expect(references(kind, { skills: ["skill/A/B"], members: { "ann@example.com": { ring: 1 } } })).toEqual([
      { coordinate: "skill/A/B", path: "/skills/0", phase2: false, at: "value", omitSelf: false },
      {
        coordinate: "user/ann@example.com",
        path: "/members/ann@example.com",
        phase2: false,
        at: "key",
        omitSelf: false,
      },
    ]);
  });

  it("follows definitions, recursive ones too, and takes the notes beside a $ref", () => {
    const object = { rules: [{ queue: "queue/A", then: { queue: "queue/B" } }], backup: "queue/C" };
    expect(references(kind, object).map((found) => [found.coordinate, found.path, found.phase2])).toEqual([
      ["queue/A", "/rules/0/queue", false],
      ["queue/B", "/rules/0/then/queue", false],
      ["queue/C", "/backup", true],
    ]);
  });

  it("looks neither into free JSON nor at fields that the schema does not know", () => {
    expect(references(kind, { free: { a: "queue/A" }, other: "queue/B", constructor: "queue/C" })).toEqual([]);
  });

  it("takes the coordinate as written when the field may refer to several kinds", () => {
    expect(references(kind, { target: "skill/A" })[0]?.coordinate).toBe("skill/A");
  });

  it("passes over values that are not text, and over the sign for every object", () => {
    expect(references(kind, { division: "*", skills: "skill/A", rules: [3, null], flow: null })).toEqual([]);
  });
});

describe("names inside text", () => {
  const content = {
    at: "yaml",
    references: (text: string) => [{ kind: "queue", name: text, path: "/a/b" }],
  } as unknown as Content;

  it("prefixes their paths with the content property", () => {
    expect(contentReferences({ content }, { yaml: "Billing" })).toEqual([
      { kind: "queue", name: "Billing", path: "/yaml/a/b" },
    ]);
    expect(contentReferences({ content }, {})).toEqual([]);
    expect(contentReferences({}, { yaml: "Billing" })).toEqual([]);
  });

  it("are found by key, or by the end of the key when the text tells no more and only one object has it", () => {
    const find = nameIndex([
      "flow/inboundcall:Main",
      "flow/bot:Main",
      "flow/bot:FAQ",
      "queue/A:B",
      "data-action/rest:I/C/N",
      "flow/bot:FAQ",
    ]);
    expect(find({ kind: "flow", name: "bot:Main" })).toBe("flow/bot:Main");
    expect(find({ kind: "flow", name: "FAQ", partial: true })).toBe("flow/bot:FAQ");
    expect(find({ kind: "flow", name: "Main", partial: true })).toBeUndefined();
    expect(find({ kind: "data-action", name: "C/N", partial: true })).toBe("data-action/rest:I/C/N");
    expect(find({ kind: "queue", name: "B" })).toBeUndefined();
    expect(find({ kind: "skill", name: "B", partial: true })).toBeUndefined();
  });
});

describe("parentReference", () => {
  it("is the object named by the first part of the key", () => {
    const parent = { kind: "site", id: () => "" };
    expect(parentReference({ parent }, "North~1South/Default")).toBe("site/North/South");
    expect(parentReference({}, "North/Default")).toBeUndefined();
  });
});
