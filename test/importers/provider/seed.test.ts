import { beforeAll, describe, expect, it } from "vitest";
import type { FoundDrift } from "../../../src/app/find-drift.ts";
import { checkInputs } from "../../../src/importers/provider/check/check.ts";
import { naturalKey } from "../../../src/importers/provider/check/natural-key.ts";
import { diffResource } from "../../../src/importers/provider/check/diff.ts";
import { registrations, type Registration } from "../../../src/importers/provider/rpc/registration.ts";
import { KINDS } from "../../../src/kinds/index.ts";
import { splitCoordinate } from "../../../src/model/coordinate.ts";
import type { Obj } from "../../../src/model/json.ts";
import { contactCentre, demoPairing, drifted } from "../../../src/simulator/centre/index.ts";
import { fill, openOffice } from "../../conformance/office.ts";
import { readPath } from "./property-paths.ts";

const SEED = { seed: 1, size: "S" } as const;

let drift: FoundDrift;
let items: readonly Registration[];

beforeAll(async () => {
  const { environment: _, ...pairing } = demoPairing(SEED);
  const office = await openOffice(pairing);
  await fill(office, "primary", contactCentre(SEED));
  await fill(office, "standby", drifted(contactCentre({ ...SEED, side: "standby" }), { seed: 1 }).steps);
  const standby = await office.snapshot("standby");
  drift = await office.drift(await office.snapshot("primary"), standby);
  const known = new Set(standby.ids.keys());
  const { items: registered, blocked } = registrations(drift.comparison.desired, KINDS, known);
  expect(blocked).toEqual([]);
  items = registered;
}, 120_000);

/** Inputs of a resource as a program gives them. */
function inputsOf({ coordinate, object }: Registration): Obj {
  return { ...object, key: splitCoordinate(coordinate).key };
}

describe("the objects of the demo as resources", () => {
  it("pass the check as they are, under the key that their fields make", () => {
    for (const item of items) {
      const inputs = inputsOf(item);
      expect(checkInputs(item.kind, inputs)).toEqual({ inputs, failures: [] });
      const told = naturalKey(item.kind, item.object) !== undefined;
      if (told && item.coordinate !== "division/@home")
        expect(checkInputs(item.kind, item.object).inputs).toEqual(inputs);
    }
  });

  it("differ from the standby exactly where a plan says so", () => {
    const planned = new Map(
      drift.report.changes.flatMap(({ coordinate, action, edits }) =>
        action === "update" ? [[coordinate, new Set(edits.map(({ path }) => path.split("/")[1]))] as const] : [],
      ),
    );
    expect(planned.size).toBeGreaterThan(0);
    const previewed = new Map(
      items.flatMap((item) => {
        const live = drift.comparison.current.get(item.coordinate);
        if (live === undefined) return [];
        const inputs = inputsOf(item);
        const { changes, detailedDiff } = diffResource(item.kind, { ...live, key: inputs["key"] ?? "" }, {}, inputs);
        const places = Object.keys(detailedDiff).map((path) => String(readPath(path)[0]));
        return changes === "none" ? [] : [[item.coordinate, new Set(places)] as const];
      }),
    );
    expect(previewed).toEqual(planned);
  });

  it("are all registered, with a Link for what closes a cycle", () => {
    const written = [...drift.comparison.desired.keys()].filter(
      (coordinate) => KINDS.get(splitCoordinate(coordinate).kind)?.mode === "write",
    );
    expect(items.map(({ coordinate }) => coordinate).sort()).toEqual(written.sort());
    const linked = items.filter(({ link }) => link !== undefined);
    expect(linked.length).toBeGreaterThan(0);
    expect(new Set(linked.map(({ kind }) => kind.name))).toEqual(new Set(["emergency-group", "queue"]));
  });
});
