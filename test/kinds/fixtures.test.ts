import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { KINDS } from "../../src/kinds/index.ts";
import { coordinateOf } from "../../src/model/coordinate.ts";
import type { Obj } from "../../src/model/json.ts";
import type { Kind } from "../../src/model/kind.ts";
import { requestBody } from "../../src/canonical/denormalise.ts";
import { normalise } from "../../src/canonical/normalise.ts";
import { nodeOf } from "../../src/canonical/schema-node.ts";
import { CONFIRM } from "../../tools/kind-new/draft.ts";
import { contractGaps } from "./contract-walk.ts";
import { definitionsOf, fixtureNames, fixtureOf, hasContract, lookupOf, type Definition } from "./fixture.ts";

const written = [...KINDS.values()].filter((kind) => kind.mode === "write");
const ajv = new Ajv2020({ allErrors: true, strict: false });

function withoutParts(kind: Kind, object: Obj): Obj {
  const isPart = (name: string): boolean => kind.schema.properties?.[name]?.["x-lockstep"]?.part === true;
  return Object.fromEntries(Object.entries(object).filter(([name]) => !isPart(name)));
}

/** The kind with nothing but its schema: reads bodies that are in plain form already. */
function plain(kind: Kind): Kind {
  const { read: _, ...rest } = kind;
  return rest;
}

it("has a fixture for every kind that is written", () => {
  expect(fixtureNames()).toEqual(expect.arrayContaining(written.map((kind) => kind.name)));
});

it("has nothing left to confirm in what kind:new started", () => {
  const files = ["schemas/kinds", "src/kinds", "src/simulator/resources"].flatMap((directory) =>
    readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [join(directory, entry.name)] : [],
    ),
  );
  expect(files.filter((file) => readFileSync(file, "utf8").includes(CONFIRM))).toEqual([]);
});

const withFixture = written.filter((kind) => fixtureNames().includes(kind.name));

describe.each(withFixture.map((kind) => [kind.name, kind] as const))("%s", (name, kind) => {
  const fixture = fixtureOf(name);
  const { coordinateOfId, resolve } = lookupOf(fixture);
  const self = coordinateOf(name, kind.key(fixture.entity, "Parent"));
  const { object, findings } = normalise(kind, self, fixture.entity, coordinateOfId);

  it("knows every field of its fixture", () => {
    expect(findings).toEqual([]);
  });

  it("gives an object that its shipped schema accepts", () => {
    const schema = JSON.parse(readFileSync(`schemas/kinds/${name}.json`, "utf8")) as Obj;
    const validate = ajv.compile(schema);
    validate(object);
    expect(validate.errors ?? []).toEqual([]);
  });

  it("gives back in a request what it took from the answer", () => {
    const body = requestBody(kind, self, object, resolve);
    expect(normalise(plain(kind), self, body, coordinateOfId).object).toEqual(withoutParts(kind, object));
    if (kind.read?.normalise === undefined || kind.read.denormalise === undefined) return;
    const answer = { ...fixture.entity, ...kind.read.denormalise(body) };
    expect(normalise(kind, self, answer, coordinateOfId).object).toEqual(object);
  });

  it.skipIf(!hasContract)("accounts for every property of the official definition (skipped without ../shared)", () => {
    const { tag, answer, writes, parts = {}, apart = {} } = fixture.contract;
    const definitions = definitionsOf(tag);
    const ref = (definition: string): Definition => ({ $ref: `#/definitions/${definition}` });
    const about = { value: fixture.entity, at: [], node: nodeOf(kind.schema), apart: Object.keys(apart) };
    const gapsIn = (definition: string, complete: boolean): string[] =>
      contractGaps(kind, definitions, { ...about, definition: ref(definition), complete });
    const partGaps = Object.entries(parts).flatMap(([at, definition]) =>
      contractGaps(kind, definitions, {
        ...about,
        definition: Array.isArray(fixture.entity[at]) ? { items: ref(definition) } : ref(definition),
        at: [at],
        node: nodeOf(kind.schema).property(at),
        value: fixture.entity[at],
        complete: false,
      }),
    );
    expect([...gapsIn(answer, false), ...writes.flatMap((write) => gapsIn(write, true)), ...partGaps]).toEqual([]);
  });
});
