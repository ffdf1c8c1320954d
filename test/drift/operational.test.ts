import { describe, expect, it } from "vitest";
import type { Kind } from "../../src/model/kind.ts";
import type { Json } from "../../src/model/json.ts";
import type { OperationalState } from "../../src/model/report.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { isAlarming, operationalState } from "../../src/drift/operational.ts";
import { KINDS } from "../../src/kinds/index.ts";

/** Each operational field of each kind, with the value that means "in use". */
const FIELDS: readonly (readonly [kind: string, path: string, on: Json])[] = [...KINDS.values()].flatMap((kind: Kind) =>
  Object.entries(kind.schema["x-excluded"] ?? {}).flatMap(([path, { owner, create }]) =>
    owner === "operational" && create !== undefined ? [[kind.name, path, create] as const] : [],
  ),
);

const NOTHING = {
  org: { id: "o", name: "Acme", homeDivision: "Home" },
  region: "r",
  complete: true,
  counts: {},
  ids: new Map(),
  revisions: new Map(),
  findings: [],
};

function snapshotWith(coordinate: string, state: { readonly [path: string]: Json }): Snapshot {
  return { ...NOTHING, objects: new Map([[coordinate, {}]]), state: new Map([[coordinate, state]]) };
}

/** The state of one object of a kind, given the state of each side. */
function stateOf(
  kind: string,
  primary: { readonly [path: string]: Json },
  standby: { readonly [path: string]: Json },
  wanted: readonly { readonly path: string; readonly value: Json }[] = [],
): OperationalState[] {
  const source = snapshotWith(`${kind}/Old`, primary);
  const target = snapshotWith(`${kind}/New`, standby);
  const objects = new Map([[`${kind}/New`, {}]]);
  return operationalState(
    { source, target },
    { kinds: KINDS, desired: objects, current: objects, ignored: () => false, renamed: new Map() },
    { origin: new Map([[`${kind}/New`, `${kind}/Old`]]), settings: () => wanted },
  );
}

it("exists of trunks, outbound routes and integrations at least", () => {
  expect(FIELDS.map(([kind]) => kind)).toEqual(expect.arrayContaining(["trunk", "outbound-route", "integration"]));
});

describe.each(FIELDS)("%s%s", (kind, path, on) => {
  const off = on === true ? false : "DISABLED";

  it("is told where it was switched off by hand", () => {
    expect(stateOf(kind, { [path]: on }, { [path]: off })).toEqual([
      { coordinate: `${kind}/New`, path, primary: on, standby: off, off: true },
    ]);
  });

  it("is told where it differs the other way round, and where it is off in both", () => {
    expect(stateOf(kind, { [path]: off }, { [path]: on })).toMatchObject([{ off: false }]);
    expect(stateOf(kind, { [path]: off }, { [path]: off })).toMatchObject([{ off: true }]);
  });

  it("is told where the standby does not say that it is on", () => {
    expect(stateOf(kind, { [path]: on }, {})).toEqual([{ coordinate: `${kind}/New`, path, primary: on, off: true }]);
  });

  it("is not told where both have it on", () => {
    expect(stateOf(kind, { [path]: on }, { [path]: on })).toEqual([]);
  });

  it("is told as configured where lockstep.yaml says so", () => {
    const wanted = [{ path, value: off }];
    expect(stateOf(kind, { [path]: on }, { [path]: off }, wanted)).toMatchObject([{ off: true, configured: true }]);
  });
});

it("leaves out what the organisation owns and nobody switches", () => {
  const path = "/properties/trunk_sip_termination_uri";
  expect(stateOf("trunk", { [path]: "a" }, { [path]: "b" })).toEqual([]);
});

describe("the alarm", () => {
  const differs = { coordinate: "trunk/A", path: "/p", primary: true, standby: false, off: true } as const;
  const both = { ...differs, primary: false } as const;
  const otherWay = { ...differs, primary: false, standby: true, off: false } as const;
  const configured = { ...differs, configured: true } as const;

  it.each([
    ["switched-off", [true, false, false, false]],
    ["any", [true, true, true, false]],
    ["none", [false, false, false, false]],
  ] as const)("%s", (alarm, expected) => {
    expect([differs, both, otherWay, configured].map((state) => isAlarming(state, alarm))).toEqual(expected);
  });
});
