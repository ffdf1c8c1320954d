import { beforeAll, describe, expect, it } from "vitest";
import { withEmptied } from "../../src/canonical/emptied.ts";
import { KINDS } from "../../src/kinds/index.ts";
import { splitCoordinate, type Coordinate } from "../../src/model/coordinate.ts";
import { isList, isObj, type Obj } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { furnish } from "./companions.ts";
import { openOffice, type Office } from "./office.ts";
import { SECRETS } from "./settings.ts";

const MINUTES = 180_000;

/** Kinds that the simulator calls by another name. */
const SIMULATED: { readonly [kind: string]: string } = { trunk: "trunk-base", "wrap-up-code": "wrapup-code" };

/** What an object of the seed cannot be without: other objects use its number plans, and a messenger needs languages. */
const NEEDED: ReadonlySet<string> = new Set(["site/numberPlans", "web-configuration/languages"]);

/** An object and a property of it that can be set to nothing. */
interface Clearing {
  readonly kind: string;
  readonly property: string;
  readonly coordinate: Coordinate;
}

/** Every property of every kind for which a write has an empty value, at the first object that has it. */
function clearings({ objects }: Snapshot): Clearing[] {
  const found = new Map<string, Clearing>();
  for (const [coordinate, object] of objects) {
    const { kind: name } = splitCoordinate(coordinate);
    const kind = KINDS.get(name);
    if (kind?.mode !== "write" || kind.write?.update === undefined) continue;
    const required = kind.schema.required ?? [];
    for (const [property, value] of Object.entries(withEmptied(kind, {}, object))) {
      const isEmpty = value === "" || (isList(value) && value.length === 0) || (isObj(value) && isNone(value));
      const at = `${name}/${property}`;
      if (NEEDED.has(at)) continue;
      if (isEmpty && !required.includes(property) && !found.has(at))
        found.set(at, { kind: name, property, coordinate });
    }
  }
  return [...found.values()];
}

function isNone(object: Obj): boolean {
  return Object.keys(object).length === 0;
}

function without(snapshot: Snapshot, cleared: readonly Clearing[]): Snapshot {
  const objects = new Map(snapshot.objects);
  for (const { coordinate, property } of cleared) {
    const { [property]: _, ...rest } = objects.get(coordinate) ?? {};
    objects.set(coordinate, rest);
  }
  return { ...snapshot, objects };
}

let office: Office;
let primary: Snapshot;
let cases: readonly Clearing[];

beforeAll(async () => {
  office = await openOffice(SECRETS);
  await furnish(office);
  primary = await office.snapshot("primary");
  await office.apply(office.plan(await office.drift(primary, await office.snapshot("standby"))));
  cases = clearings(primary);
}, MINUTES);

describe("a value that is set to nothing", () => {
  it("is one of many, in most kinds", () => {
    expect(cases.length).toBeGreaterThan(25);
    expect(new Set(cases.map(({ kind }) => kind)).size).toBeGreaterThan(15);
  });

  it("arrives in the standby, though the platform keeps what an update leaves out", { timeout: MINUTES }, async () => {
    const keeps = cases.map(({ kind, property }) => ({ kind: SIMULATED[kind] ?? kind, property, when: "omitted" }));
    office.simulator.configure({ keeps });
    const wanted = without(primary, cases);
    const drift = await office.drift(wanted, await office.snapshot("standby"));
    const applied = await office.apply(office.plan(drift));
    expect({ failures: applied.failures, unequal: applied.unequal }).toEqual({ failures: [], unequal: [] });
    const again = await office.drift(wanted, await office.snapshot("standby"));
    expect(again.report.changes).toEqual([]);
  });
});
