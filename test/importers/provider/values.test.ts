import structs from "google-protobuf/google/protobuf/struct_pb.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isObj, type Json, type Obj } from "../../../src/model/json.ts";
import { fromStruct, hasLostName, hasUnknown, toStruct, UNKNOWN } from "../../../src/importers/provider/rpc/values.ts";

const name = fc
  .oneof(fc.constantFrom("", "constructor", "toString", "hasOwnProperty", "a.b", "id"), fc.string())
  .filter((text) => text !== "__proto__");
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(null, true, false, "", UNKNOWN, 0, -1.5, 2 ** 53, [], {}),
    fc.string({ unit: "binary" }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const object = fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true });

/** A value inside as many lists and objects as there are names. */
function nested(inner: Json, names: readonly string[]): Json {
  return names.reduce<Json>((carry, at, depth) => (depth % 2 === 0 ? { [at]: carry } : [carry]), inner);
}

describe("values on their way to and from the engine", () => {
  it("come back as they were, over the wire", () => {
    fc.assert(
      fc.property(object, (given) => {
        const sent = structs.Struct.deserializeBinary(toStruct(given).serializeBinary());
        expect(fromStruct(sent)).toEqual(given);
      }),
    );
  });

  it("are read as the library of Google writes them", () => {
    const given: Obj = { text: "a", number: 1.5, list: [true, null, { deep: [] }], empty: {} };
    expect(fromStruct(structs.Struct.fromJavaScript(given))).toEqual(given);
    expect(toStruct(given).toJavaScript()).toEqual(given);
    expect(fromStruct(undefined)).toEqual({});
  });

  it("lose the envelope of a secret at any depth, and nothing else", () => {
    fc.assert(
      fc.property(value, fc.array(name, { maxLength: 4 }), (inner, names) => {
        const secret: Obj = {
          "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
          value: inner,
        };
        const opened = fromStruct(toStruct({ top: nested(secret, names) }));
        expect(opened).toEqual({ top: nested(inner, names) });
      }),
    );
  });

  it("are unknown where the sentinel is inside, at any depth", () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 5 }), (names) => {
        expect(hasUnknown(nested(UNKNOWN, names))).toBe(true);
        expect(hasUnknown(nested("known", names))).toBe(false);
      }),
    );
    expect(hasUnknown(`${UNKNOWN}.`)).toBe(false);
    expect(hasUnknown(undefined)).toBe(false);
  });

  it("are refused where a name would get lost on the way", () => {
    const hostile = JSON.parse('{"rows":[{"__proto__":{"a":1}}]}') as Json;
    expect(hasLostName(hostile)).toBe(true);
    expect(hasLostName({ rows: [{ proto: "__proto__" }] })).toBe(false);
    expect(isObj(hostile) && hostile).not.toBe(false);
    expect(() => toStruct(isObj(hostile) ? hostile : {})).toThrow(
      expect.objectContaining({ code: "unsupported-name" }),
    );
  });
});
